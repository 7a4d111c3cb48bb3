// A store that was restored from a backup knows less than the trackers do. It looks before it
// creates: docs/adr/0010-recovery.md tells the whole of it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "bridge/contract/error.h"
#include "bridge/contract/ids.h"
#include "bridge/contract/time.h"

namespace saksbro::store {

enum class RecoveryStage {
  none,
  looking,  // only looks go out; a ticket of no case starts none yet
  opening   // and creates, each after a look for its marker; all other writes still wait
};

struct RecoveryState {
  RecoveryStage stage = RecoveryStage::none;
  Instant backup_at{};  // when the backup was made
  Instant began_at{};

  friend bool operator==(const RecoveryState&, const RecoveryState&) = default;
};

struct TicketPlace {
  SystemName system;
  RemoteKey key;

  friend auto operator<=>(const TicketPlace&, const TicketPlace&) = default;
};

// Part of a Transaction, and as durable as its commit.
class Recovery {
 public:
  Recovery() = default;
  Recovery(const Recovery&) = delete;
  Recovery& operator=(const Recovery&) = delete;
  virtual ~Recovery() = default;

  [[nodiscard]] virtual Result<RecoveryState> state() = 0;
  // The store is a copy of an older one, made at that time: begin() is for it. A backup has this
  // mark in itself.
  [[nodiscard]] virtual Result<void> mark(Instant backup_at) = 0;
  // In a marked store: goes back to looking. Polls begin `overlap` before where they had come to,
  // and each command that is not settled may have been done: its next attempt begins with a look.
  // In any other store nothing happens. Called at start, before all else.
  [[nodiscard]] virtual Result<RecoveryState> begin(Instant now, std::chrono::minutes overlap) = 0;
  // From looking to opening, or to none. What is queued while a store recovers stays `recovered`.
  [[nodiscard]] virtual Result<void> go_on(RecoveryStage to, Instant at) = 0;

  // A ticket of `origin` ("desk.17"), made at that time, bears a number of ours: the series goes on
  // beyond it, and a case that begins there takes it.
  [[nodiscard]] virtual Result<void> bears(const std::string& origin, const CaseNumber& number,
                                           Instant created) = 0;
  // None: nothing is known, or another case has it, or will have it: that of an older ticket.
  [[nodiscard]] virtual Result<std::optional<CaseNumber>> number_of(const std::string& origin) = 0;
  // That other case: a ticket of `origin` is a copy of one of its tickets.
  [[nodiscard]] virtual Result<std::optional<CaseNumber>> copied_by(const std::string& origin) = 0;

  // A ticket of no case, to be read again when all have been looked at.
  [[nodiscard]] virtual Result<void> put_off(const TicketPlace& ticket) = 0;
  [[nodiscard]] virtual Result<std::vector<TicketPlace>> put_off() = 0;
  // Tickets of cases that are open, in that system.
  [[nodiscard]] virtual Result<std::vector<TicketPlace>> tickets_in(const SystemName& system) = 0;
  // Looks (and creates, when opening) of that system that are due or on their way: how many. One
  // that failed and waits for its next try does not count.
  [[nodiscard]] virtual Result<int> untried(const SystemName& system, Instant now) = 0;
};

}  // namespace saksbro::store
