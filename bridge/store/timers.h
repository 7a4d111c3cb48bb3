// Timers: the deadlines that cases wait for. Facts set and stop them (Cases::append()).
#pragma once

#include <string>
#include <vector>

#include "bridge/contract/error.h"
#include "bridge/contract/ids.h"
#include "bridge/contract/time.h"

namespace saksbro::store {

struct Timer {
  CaseNumber case_number;
  std::string name;
  Instant due{};
};

// Part of a Transaction.
class Timers {
 public:
  Timers() = default;
  Timers(const Timers&) = delete;
  Timers& operator=(const Timers&) = delete;
  virtual ~Timers() = default;

  [[nodiscard]] virtual Result<std::vector<Timer>> due(Instant now) = 0;
  // The timer has been put into the inbox; it does not fire again unless it is set again.
  [[nodiscard]] virtual Result<void> fired(const Timer& timer) = 0;
};

}  // namespace saksbro::store
