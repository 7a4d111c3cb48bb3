// Carries the outbox out to one system: claims a command, holds the conversation that the connector
// leads, records how it ended. A slow system has its own dispatcher and slows no other.
#pragma once

#include <atomic>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bridge/contract/connector.h"
#include "bridge/core/model/retry.h"
#include "bridge/net/client.h"
#include "bridge/run/calls/conversation.h"
#include "bridge/run/calls/guarded_system.h"
#include "bridge/run/calls/traffic.h"
#include "bridge/run/observe/clock.h"
#include "bridge/run/observe/metrics.h"
#include "bridge/run/observe/wake.h"
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
  Traffic& traffic;  // shared with the system's poller
  std::vector<std::chrono::milliseconds> doubt = core::DeliveryPolicy{}.doubt;  // see there
  const FileSpool* spool = nullptr;        // none: no files come or go
  const FileCheck* check = nullptr;        // none: what comes is not looked at
  const core::Mapping* mapping = nullptr;  // see ConversationParts
  int files_at_once = 1;  // transfers: the others who send are for what is done in a moment
};

class Dispatcher {
 public:
  explicit Dispatcher(DispatcherParts parts)
      : parts_(std::move(parts)),
        system_(parts_.name, parts_.system, parts_.store.in_hand()),
        together_(parts_.system.abilities().updates_at_once ? store::Together::updates
                                                            : store::Together::fields) {}
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  // Does one command that is due; false when there is none, or the system is paused. Thread-safe.
  // An outcome that could not be recorded (a full disk) is kept and recorded first of all next
  // time: until then it is an error each time, and nothing is sent.
  [[nodiscard]] Result<bool> send_next();

 private:
  struct Ended {
    store::OutboxRow row;  // as it is to be kept
    Outcome outcome;
    std::optional<Instant> next_at{};  // instead of the schedule's; then the attempt is not counted
    bool held_back = false;            // see Conversed
    core::Throttled throttled = core::Throttled::no;
  };
  [[nodiscard]] Conversed hold(const store::OutboxRow& row);
  [[nodiscard]] Conversed comment_unless_said(const store::OutboxRow& row,
                                              const AddComment& comment);
  [[nodiscard]] Conversed converse(const store::OutboxRow& row);
  [[nodiscard]] std::optional<Ticket> ticket_in(const store::OutboxRow& row,
                                                const Delivered& read) const;
  // A place among those who may carry files, as long as it is held.
  class Place {
   public:
    Place(std::atomic<int>& taken, int most) : taken_(taken) {
      ours_ = taken_.fetch_add(1) < most;
      if (!ours_) --taken_;
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() { give_back(); }
    [[nodiscard]] bool is_ours() const { return ours_; }
    void give_back() {
      if (std::exchange(ours_, false)) --taken_;
    }

   private:
    std::atomic<int>& taken_;
    bool ours_ = false;
  };
  [[nodiscard]] Result<bool> send_one(Place& place);
  [[nodiscard]] Result<bool> has_due(Instant now, store::Load load);
  [[nodiscard]] Result<std::optional<store::OutboxRow>> claim(Instant now, store::Load load);
  // What can be said without asking the system; none: it must be asked.
  [[nodiscard]] std::optional<Ended> settled_already(const store::OutboxRow& row);
  [[nodiscard]] Result<void> carry_out(store::OutboxRow row, Permit permit);
  [[nodiscard]] Ended judged(store::OutboxRow row, Conversed conversed);
  static void not_counted(Ended& one, Instant next_at);
  void tell(const Ended& one, OutcomeClass outcome);
  void keep(Ended one);
  [[nodiscard]] Result<void> record_ended();
  [[nodiscard]] Result<void> record(const Ended& one);
  [[nodiscard]] Result<void> record_done(store::Transaction& tx, const store::OutboxRow& row,
                                         const Delivered& done);
  [[nodiscard]] Result<void> answer(store::Transaction& tx, const store::OutboxRow& row,
                                    const Delivered& done);
  [[nodiscard]] Result<void> record_later(store::Transaction& tx, const Ended& one);
  [[nodiscard]] Result<void> record_held_back(store::Transaction& tx, const Ended& one);
  void let_files_go(const Ended& one) const;
  void came_late(const store::OutboxRow& row);
  [[nodiscard]] Result<void> record_dead(store::Transaction& tx, const store::OutboxRow& row,
                                         const Phrase& why);

  DispatcherParts parts_;
  GuardedSystem system_;
  const store::Together together_;
  std::atomic<int> files_under_way_ = 0;
  std::mutex ended_mutex_;
  std::deque<Ended> ended_;  // and not on disk yet
};

}  // namespace saksbro::run
