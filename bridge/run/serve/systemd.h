// Tells systemd how far the service has come (Type=notify), and that it is alive (WatchdogSec=).
// Started by anybody else it tells nobody.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "bridge/net/notify_socket.h"

namespace saksbro::run {

// As systemd sets them; empty: it does not ask.
struct SystemdVariables {
  std::string notify_socket;
  std::string watchdog_usec;
  std::string watchdog_pid;  // whose watchdog that is
};
[[nodiscard]] SystemdVariables systemd_variables();

class Systemd {
 public:
  explicit Systemd(const SystemdVariables& variables);

  void ready() const;      // the listeners are open; also after a reload
  void reloading() const;  // until ready()
  void stopping() const;
  void alive() const;

  // How often alive() is to be said: twice as often as systemd looks. None: the unit asks for no
  // watchdog.
  [[nodiscard]] std::optional<std::chrono::milliseconds> alive_every() const {
    return alive_every_;
  }

 private:
  net::NotifySocket socket_;
  std::optional<std::chrono::milliseconds> alive_every_;
};

}  // namespace saksbro::run
