#include "bridge/run/observe/repeats.h"

namespace saksbro::run {
namespace {

constexpr std::chrono::minutes kApart{1};

RepeatedLine with_times(RepeatedLine line, std::uint64_t times) {
  line.fields.emplace_back("times", times);
  return line;
}

}  // namespace

bool Repeats::is_news(const RepeatedLine& line, Time now) {
  if (held_back_.empty() && others_.empty()) since_ = now;
  const auto known = held_back_.find(line);
  if (known != held_back_.end()) {
    ++known->second;
    return false;
  }
  if (held_back_.size() >= kKindsMost) {
    ++others_[line.event];
    return false;
  }
  held_back_.emplace(line, 0);
  return true;
}

std::vector<RepeatedLine> Repeats::due(Time now) {
  if (now < since_ + kApart) return {};
  std::vector<RepeatedLine> lines;
  for (const auto& [line, times] : held_back_) {
    if (times > 0) lines.push_back(with_times(line, times));
  }
  for (const auto& [event, times] : others_) {
    RepeatedLine line{event, {}};
    line.fields.emplace_back("peer", "others");
    lines.push_back(with_times(std::move(line), times));
  }
  held_back_.clear();
  others_.clear();
  return lines;
}

}  // namespace saksbro::run
