// Lets one thread wake others, without losing a call that comes between two waits.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace saksbro::run {

class Wake {
 public:
  void notify() {
    {
      const std::lock_guard lock(mutex_);
      ++calls_;
    }
    changed_.notify_all();
  }

  // Ends all waits, now and for ever.
  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
  }

  [[nodiscard]] bool stopped() const {
    const std::lock_guard lock(mutex_);
    return stopped_;
  }

  // Waits for a notify() newer than `seen`, at most `time`; returns what is to be given next time.
  [[nodiscard]] std::uint64_t wait(std::uint64_t seen, std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, time, [&] { return stopped_ || calls_ != seen; });
    return calls_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t calls_ = 0;
  bool stopped_ = false;
};

}  // namespace saksbro::run
