// Whether a system is asked at all: after several failures in a row that are its own nothing goes
// there, but for one conversation a minute that finds out whether it is back.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>

#include "bridge/contract/outcome_class.h"
#include "bridge/core/model/limits.h"

namespace saksbro::run {

enum class Permit {
  none,
  normal,
  probe  // the only one: nothing else goes there until it has ended, or was given back
};

// How a conversation that was permitted went.
struct Told {
  SystemHealth health = SystemHealth::unclear;
  bool at_once = false;  // one such failure is enough: credentials, or a wish for quiet
  std::optional<std::chrono::milliseconds> quiet;  // how long nothing may be asked
};

enum class Turned { no, opened, failed_again, closed };

// Thread-safe. Times are by a clock that only goes forward.
class Breaker {
 public:
  [[nodiscard]] Permit ask(core::Ticks now);
  // Nothing was asked after all.
  void give_back(Permit permit);
  [[nodiscard]] Turned ended(Permit permit, const Told& told, core::Ticks now);

  // It was open when the process ended: the first conversation is a probe.
  void reopen(core::Ticks now);
  // Until the next probe; none: it is closed.
  [[nodiscard]] std::optional<std::chrono::milliseconds> closed_for(core::Ticks now) const;

 private:
  [[nodiscard]] Turned failed(const Told& told, core::Ticks now);

  mutable std::mutex mutex_;
  int failures_ = 0;                     // in a row
  std::optional<core::Ticks> probe_at_;  // open
  bool probing_ = false;
};

}  // namespace saksbro::run
