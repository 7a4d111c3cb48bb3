// systemd's end of NOTIFY_SOCKET: a datagram socket at a path, or at an abstract name ("@...").
#pragma once

#include <chrono>
#include <string>

namespace saksbro::rig {

class NotifyListener {
 public:
  explicit NotifyListener(const std::string& address);  // throws
  NotifyListener(const NotifyListener&) = delete;
  NotifyListener& operator=(const NotifyListener&) = delete;
  ~NotifyListener();

  // The next message; "" when none comes within that time.
  [[nodiscard]] std::string next(std::chrono::milliseconds within) const;

 private:
  int socket_;
};

}  // namespace saksbro::rig
