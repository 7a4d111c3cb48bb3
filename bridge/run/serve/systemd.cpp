#include "bridge/run/serve/systemd.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>

namespace saksbro::run {
namespace {

std::string variable(const char* name) {
  const char* set = std::getenv(name);
  return set == nullptr ? "" : set;
}

std::optional<std::chrono::milliseconds> half_of(const std::string& microseconds) {
  std::int64_t number = 0;
  const char* const end = microseconds.data() + microseconds.size();
  const auto read = std::from_chars(microseconds.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end || number <= 0) return std::nullopt;
  const auto half = std::chrono::microseconds{number / 2};
  return std::max(std::chrono::milliseconds{1},
                  std::chrono::duration_cast<std::chrono::milliseconds>(half));
}

}  // namespace

SystemdVariables systemd_variables() {
  return {variable("NOTIFY_SOCKET"), variable("WATCHDOG_USEC"), variable("WATCHDOG_PID")};
}

Systemd::Systemd(const SystemdVariables& variables) : socket_(variables.notify_socket) {
  const std::string& whose = variables.watchdog_pid;
  if (whose.empty() || whose == std::to_string(getpid()))
    alive_every_ = half_of(variables.watchdog_usec);
}

void Systemd::ready() const { socket_.send("READY=1"); }

// The time is for Type=notify-reload, which newer versions have.
void Systemd::reloading() const {
  const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now().time_since_epoch());
  socket_.send("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(now.count()));
}

void Systemd::stopping() const { socket_.send("STOPPING=1"); }

void Systemd::alive() const { socket_.send("WATCHDOG=1"); }

}  // namespace saksbro::run
