// A mutex that is given to whoever has waited longest. A plain one is not fair: an engine that
// works through a full inbox takes it again at once, and the receivers starve.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>

namespace saksbro::store {

class FairMutex {  // Lockable enough for std::unique_lock
 public:
  void lock() {
    std::unique_lock guard{mutex_};
    if (!held_) {
      held_ = true;
      return;
    }
    Waiter me;
    queue_.push_back(&me);
    me.called.wait(guard, [&] { return me.owns; });
  }

  // Hands it over to the first in the queue and wakes no other: woken all at once, each but one
  // would go back to sleep.
  void unlock() {
    const std::lock_guard guard{mutex_};
    if (queue_.empty()) {
      held_ = false;
      return;
    }
    Waiter* const next = queue_.front();
    queue_.pop_front();
    next->owns = true;
    next->called.notify_one();  // under the mutex: it lives on the stack of the one who waits
  }

  // How many wait. Another moment later it may be another number.
  [[nodiscard]] std::size_t waiting() {
    const std::lock_guard guard{mutex_};
    return queue_.size();
  }

 private:
  struct Waiter {
    std::condition_variable called;
    bool owns = false;
  };

  std::mutex mutex_;
  std::deque<Waiter*> queue_;
  bool held_ = false;
};

}  // namespace saksbro::store
