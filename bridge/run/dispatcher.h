// Carries the outbox out to one system: claims a command, holds the conversation that the connector
// leads, records how it ended. A slow system has its own dispatcher and slows no other.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <random>
#include <string>

#include "bridge/contract/connector.h"
#include "bridge/core/retry.h"
#include "bridge/net/client.h"
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
  net::Client& client;
  const Clock& clock;
  Metrics& metrics;
  Wake& engine;
  core::RetryPolicy retry;
};

class Dispatcher {
 public:
  explicit Dispatcher(DispatcherParts parts);

  // Does one command that is due; false when there is none, or the system is paused. Thread-safe.
  // An outcome that could not be recorded (a full disk) is kept and recorded first of all next
  // time: until then it is an error each time, and nothing is sent.
  [[nodiscard]] Result<bool> send_next();

  // Calls for the command until the connector says how it ended. Public for tests.
  [[nodiscard]] Outcome converse(const Command& command);

 private:
  struct Ended {
    store::OutboxRow row;
    Outcome outcome;
  };
  [[nodiscard]] Outcome carry_out(const store::OutboxRow& row);
  [[nodiscard]] Outcome comment_unless_said(const Command& command, const AddComment& comment);
  [[nodiscard]] std::optional<Ticket> ticket_in(const Command& command,
                                                const Delivered& read) const;
  [[nodiscard]] Result<std::optional<store::OutboxRow>> claim(Instant now);
  void ended(Ended one);
  [[nodiscard]] Result<void> record_ended();
  [[nodiscard]] Result<void> record(const Ended& one);
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
  std::mutex ended_mutex_;
  std::deque<Ended> ended_;  // and not on disk yet
};

}  // namespace saksbro::run
