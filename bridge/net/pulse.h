// What a call under way looks at about once a second: whether it must end, and whom it tells that
// it is not stuck.
#pragma once

#include <atomic>
#include <functional>

namespace saksbro::net {

class Pulse {
 public:
  // Both must outlive it. `alive` may be empty; it is called on the thread of the call.
  Pulse(const std::atomic<bool>& cancelled, const std::function<void()>& alive)
      : cancelled_(cancelled), alive_(alive) {}

  [[nodiscard]] bool cancelled() const { return cancelled_.load(); }

  // For libcurl's progress function: not zero ends the call.
  [[nodiscard]] int beat() const {
    if (alive_) alive_();
    return cancelled() ? 1 : 0;
  }

 private:
  const std::atomic<bool>& cancelled_;
  const std::function<void()>& alive_;
};

}  // namespace saksbro::net
