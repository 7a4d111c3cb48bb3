// Lines of the log that anybody may cause, as often as he likes: the first of a kind is written at
// once, the others of that minute are one line with their number. 16,000 refusals a second were
// 273 GB a day.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bridge/run/observe/log.h"

namespace saksbro::run {

struct RepeatedLine {
  std::string event;
  std::vector<std::pair<std::string, log::Value>> fields;

  friend auto operator<=>(const RepeatedLine&, const RepeatedLine&) = default;
};

class Repeats {  // not thread-safe
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::size_t kKindsMost = 1'000;  // further ones are told by their number only

  // Whether the line is to be written now. Lines are of one kind when all their fields are equal.
  [[nodiscard]] bool is_news(const RepeatedLine& line, Time now);
  // Once a minute what was held back, each with "times"; then all is forgotten.
  [[nodiscard]] std::vector<RepeatedLine> due(Time now);

 private:
  Time since_{};
  std::map<RepeatedLine, std::uint64_t> held_back_;
  std::map<std::string, std::uint64_t> others_;  // by event
};

}  // namespace saksbro::run
