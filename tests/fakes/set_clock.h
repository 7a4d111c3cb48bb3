// One time for the bridge and the fakes, which only the test moves. Thread-safe.
#pragma once

#include <atomic>

#include "bridge/run/observe/clock.h"

namespace saksbro::fakes {

class SetClock final : public run::Clock {
 public:
  [[nodiscard]] Instant now() const override { return Instant{Instant::duration{now_.load()}}; }
  void pass(std::chrono::milliseconds time) { now_ += time.count(); }
  void pause(std::chrono::milliseconds time, run::Wake&) override { pass(time); }

 private:
  std::atomic<Instant::rep> now_{
      Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{12}}
          .time_since_epoch()
          .count()};
};

}  // namespace saksbro::fakes
