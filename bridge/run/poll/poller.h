// Asks one system what changed, and puts each change it names into the inbox.
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "bridge/contract/connector.h"
#include "bridge/net/client.h"
#include "bridge/run/calls/guarded_system.h"
#include "bridge/run/calls/traffic.h"
#include "bridge/run/observe/clock.h"
#include "bridge/run/observe/metrics.h"
#include "bridge/run/observe/wake.h"
#include "bridge/store/store.h"

namespace saksbro::run {

// All must outlive the poller.
struct PollerParts {
  SystemName name;
  const RemoteSystem& system;
  store::Store& store;
  net::Client& client;
  const Clock& clock;
  Metrics& metrics;
  Wake& engine;
  Traffic& traffic;  // shared with the system's dispatcher
  // The first poll of all begins here; none: when the system began to be served.
  std::optional<Instant> first{};
};

class Poller {
 public:
  explicit Poller(PollerParts parts)
      : parts_(std::move(parts)), system_(parts_.name, parts_.system, parts_.store.in_hand()) {}
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;

  // One page; true when there is another. An error: nothing was stored, the cursor stays. False
  // without a call while the system asked for quiet, or is known to let nothing through. An error
  // without a call when the process has died of it three times, until a person redrives the system.
  // Not for several threads.
  [[nodiscard]] Result<bool> poll_page();

  // Since the start, all that had changed has been told once. Thread-safe.
  [[nodiscard]] bool caught_up() const { return caught_up_; }

 private:
  struct Start {
    Cursor from;
    store::PollRow row;
  };
  [[nodiscard]] Result<Start> start();
  [[nodiscard]] Result<Cursor> cursor(store::Transaction& tx);
  struct Answered {
    PollStep step;
    codec::Judgement judged;
  };
  [[nodiscard]] Answered converse(const Start& start);
  [[nodiscard]] Result<bool> keep(const Page& page);
  [[nodiscard]] tl::unexpected<Error> failed(const Phrase& why);
  void show_skew(const Exchange& exchange);

  PollerParts parts_;
  GuardedSystem system_;
  bool failing_ = false;
  std::atomic<bool> caught_up_ = false;
};

}  // namespace saksbro::run
