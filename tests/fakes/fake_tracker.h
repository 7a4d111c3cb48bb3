// A tracker for faults: real sockets on 127.0.0.1, a state of its own, a dialect, a script of what
// goes wrong. All that a test needs of one system.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "tests/fakes/dialect.h"
#include "tests/fakes/faults.h"
#include "tests/fakes/hooks.h"
#include "tests/fakes/tracker.h"
#include "tests/fakes/wire.h"

namespace saksbro::fakes {

class FakeTracker {
 public:
  FakeTracker(const TrackerSettings& settings, const Speak& speak, std::uint64_t seed = 1,
              Now now = real_now);

  [[nodiscard]] std::string url() const;
  void close() { server_.close(); }  // connections are refused
  void open() { server_.open(); }
  // As the dialect would send it.
  [[nodiscard]] std::optional<Hook> hook_for(const Ticket& ticket,
                                             const std::vector<Event>& events) {
    return dialect_->hook(ticket, events);
  }
  [[nodiscard]] int requests(const std::string& method) const;  // that came whole

  Tracker state;
  FaultScript faults;
  Hooks hooks;

 private:
  void serve(Connection& connection);
  bool serve_one(Connection& connection);
  Answer apply(const Request& request);
  bool wrong(Connection& connection, const Request& request, const Rule& rule);
  void count(const Request& request);

  std::unique_ptr<Dialect> dialect_;
  mutable std::mutex mutex_;
  std::map<std::string, int> requests_;
  SocketServer server_;  // last: it calls the others
};

}  // namespace saksbro::fakes
