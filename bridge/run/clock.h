// The one source of time for the service; tests set their own.
#pragma once

#include <chrono>
#include <thread>

#include "bridge/contract/time.h"

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
  // Lets that time pass.
  virtual void pause(std::chrono::milliseconds time) { std::this_thread::sleep_for(time); }
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
