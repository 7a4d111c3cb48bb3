#include "tests/fakes/faults.h"

namespace saksbro::fakes {

const char* name(Fault fault) {
  switch (fault) {
    case Fault::apply_then_500:
      return "apply_then_500";
    case Fault::apply_then_502:
      return "apply_then_502";
    case Fault::apply_then_504:
      return "apply_then_504";
    case Fault::apply_then_reset:
      return "apply_then_reset";
    case Fault::apply_then_hang:
      return "apply_then_hang";
    case Fault::webhook_before_response:
      return "webhook_before_response";
    case Fault::cut_body_after:
      return "cut_body_after";
    case Fault::drip:
      return "drip";
    case Fault::huge_body:
      return "huge_body";
    case Fault::gzip_bomb:
      return "gzip_bomb";
    case Fault::reset_before_read:
      return "reset_before_read";
    case Fault::reset_in_request:
      return "reset_in_request";
    case Fault::too_many:
      return "too_many";
    case Fault::unavailable:
      return "unavailable";
    case Fault::unauthorized:
      return "unauthorized";
    case Fault::html_200:
      return "html_200";
  }
  return "";
}

bool applies(Fault fault) { return fault <= Fault::gzip_bomb; }

void FaultScript::add(const Rule& rule) {
  const std::lock_guard lock(mutex_);
  rules_.push_back(rule);
}

void FaultScript::clear() {
  const std::lock_guard lock(mutex_);
  rules_.clear();
}

std::optional<Rule> FaultScript::draw(const Request& request) {
  const std::lock_guard lock(mutex_);
  for (Rule& rule : rules_) {
    const bool fits = (rule.method.empty() || rule.method == request.method) &&
                      request.path.find(rule.path) != std::string::npos;
    if (!fits || rule.times == 0) continue;
    if (rule.after > 0) {
      --rule.after;
      continue;
    }
    if (std::uniform_real_distribution<double>{0.0, 1.0}(numbers_) >= rule.chance) continue;
    if (rule.times > 0) --rule.times;
    ++drawn_[rule.fault];
    return rule;
  }
  return std::nullopt;
}

int FaultScript::drawn(Fault fault) const {
  const std::lock_guard lock(mutex_);
  const auto found = drawn_.find(fault);
  return found == drawn_.end() ? 0 : found->second;
}

}  // namespace saksbro::fakes
