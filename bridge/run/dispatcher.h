// Carries the outbox out to one system: claims a command, holds the conversation that the connector
// leads, records how it ended. A slow system has its own dispatcher and slows no other.
#pragma once

#include <atomic>
#include <cstdint>
#include <random>

#include "bridge/contract/connector.h"
#include "bridge/core/retry.h"
#include "bridge/net/http_client.h"
#include "bridge/run/clock.h"
#include "bridge/run/metrics.h"
#include "bridge/run/wake.h"
#include "bridge/store/store.h"

namespace saksbro::run {

// All must outlive the dispatcher.
struct DispatcherParts {
  SystemName name;
  const RemoteSystem& system;
  store::Store& store;
  net::HttpClient& client;
  const Clock& clock;
  Metrics& metrics;
  Wake& engine;
  core::RetryPolicy retry;
};

class Dispatcher {
 public:
  explicit Dispatcher(DispatcherParts parts);

  // Does one command that is due; false when there is none, or the system is paused. Thread-safe.
  [[nodiscard]] Result<bool> send_next();

  // Calls for the command until the connector says how it ended. Public for tests.
  [[nodiscard]] Outcome converse(const Command& command);

 private:
  [[nodiscard]] Result<void> record(const store::OutboxRow& row, const Outcome& outcome);
  [[nodiscard]] Result<void> record_done(store::Transaction& tx, const store::OutboxRow& row,
                                         const Delivered& done);
  [[nodiscard]] Result<void> record_later(store::Transaction& tx, const store::OutboxRow& row,
                                          const RetryLater& later);
  [[nodiscard]] Result<void> record_dead(store::Transaction& tx, const store::OutboxRow& row,
                                         const std::string& why);
  void pause(const std::string& why);
  void unpause();

  DispatcherParts parts_;
  std::atomic<Instant::rep> paused_until_{0};
};

}  // namespace saksbro::run
