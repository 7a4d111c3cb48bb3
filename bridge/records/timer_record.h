// The body of a "timer" delivery: which deadline of which case came.
#pragma once

#include <string>

#include "bridge/contract/error.h"
#include "bridge/contract/ids.h"
#include "bridge/contract/time.h"

namespace saksbro::records {

struct TimerRecord {
  CaseNumber case_number;
  std::string name;
  Instant due{};

  friend bool operator==(const TimerRecord&, const TimerRecord&) = default;
};

[[nodiscard]] std::string write(const TimerRecord& timer);
[[nodiscard]] Result<TimerRecord> read_timer(const std::string& text);

}  // namespace saksbro::records
