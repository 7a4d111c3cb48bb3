// Writers take turns, first come, first served. A plain mutex is not fair: an engine that works
// through a full inbox takes it again at once, and the receivers starve.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace saksbro::store {

class Turns {  // Lockable enough for std::unique_lock
 public:
  void lock() {
    std::unique_lock guard{mutex_};
    const std::uint64_t mine = next_++;
    changed_.wait(guard, [&] { return mine == serving_; });
  }
  void unlock() {
    const std::lock_guard guard{mutex_};
    ++serving_;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t next_ = 0;
  std::uint64_t serving_ = 0;
};

}  // namespace saksbro::store
