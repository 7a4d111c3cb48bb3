// The one source of time for the service; tests set their own.
#pragma once

#include <chrono>

#include "bridge/contract/time.h"
#include "bridge/run/observe/wake.h"

namespace saksbro::run {

class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;  // thread-safe
  // For waits and budgets: it only goes forward, whatever is done to the host's clock. Thread-safe.
  [[nodiscard]] virtual std::chrono::milliseconds ticks() const { return now().time_since_epoch(); }
  // Lets that time pass, or less when `stopping` is stopped meanwhile. Nobody notifies it.
  virtual void pause(std::chrono::milliseconds time, Wake& stopping) {
    (void)stopping.wait(0, time);
  }
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now());
  }
  [[nodiscard]] std::chrono::milliseconds ticks() const override {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
  }
};

}  // namespace saksbro::run
