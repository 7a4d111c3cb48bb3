// The outbox: commands that are not done yet, and for some months those that are.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bridge/contract/error.h"
#include "bridge/contract/ids.h"
#include "bridge/contract/phrase.h"
#include "bridge/contract/time.h"
#include "bridge/core/model/decision.h"

namespace saksbro::store {

// Which dead letters a redrive takes. A comment that was refused is for a person to try again:
// trying it at each change of the ticket could write it, or leak it, again and again.
enum class Again { everything, except_comments };

// What goes to a system as one command where it waits in a row for one ticket: fields only, or all
// of an UpdateTicket that one cause made. An internal comment always goes by itself: where it
// cannot be kept internal, nothing else may be tried again with it.
enum class Together { fields, updates };

// Which rows a claim takes: any, or only those without files (a fetch, or a comment that brings or
// names some): a large file must not hold all who send.
enum class Load { any, light };

enum class OutboxState { waiting, sending, done, dead, superseded };

struct OutboxRow {
  std::int64_t id = 0;
  CaseNumber case_number;  // empty: a read for a ticket that belongs to no case yet
  core::Issued issued;     // attempt counted
  OutboxState state = OutboxState::waiting;
  std::int64_t cause = 0;  // inbox seq
  Instant created_at{};
  Instant next_at{};  // zero: at once
  Phrase last_why;    // why the last attempt did not end it
  std::int64_t fence = 0;
  // Something of it may be there since then: the next attempt begins with a look. None: surely not.
  std::optional<Instant> in_doubt_at;
  RemoteKey found;  // of a create in doubt: the ticket that was seen with its marker
  int crashes = 0;  // the process died, or the connector threw, while it was worked on
  // What waited behind this one for the same ticket, and is done with it: its action has all of
  // their parts. Each is a row of its own, that ends as this one does. Refused together they are
  // tried again one by one.
  std::vector<OutboxRow> merged;
  bool recovered = false;  // the lost store may have done it already: see recovery.h
};

// It has to do with files: see Load.
[[nodiscard]] bool is_heavy(const OutboxRow& row);

// Which dead letters a redrive takes: what is empty does not limit it.
struct DeadLetterFilter {
  std::optional<CaseNumber> number{};
  SystemName system{};
  std::optional<std::int64_t> id{};
  Again which = Again::everything;
  std::string verb{};
  std::string reason{};  // stands in the reason that the dead letter has, whatever the case
  std::optional<Instant> issued_before{};
};

struct AttemptRow {
  int number = 0;
  Instant at{};
  std::string outcome;  // "delivered", "later", "rejected"
  Phrase why;
};

// Part of a Transaction.
//
// A lane keeps its order: the writes for a case's ticket in one system, or the looks at one ticket.
// Looks do not queue behind writes: one that waits for hours would make us deaf.
class Outbox {
 public:
  Outbox() = default;
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;
  virtual ~Outbox() = default;

  // The same command twice is one row, due at once whatever the host's clock does; another command
  // under the same key is an error. A newer command of the same lane and slot supersedes a waiting
  // or dead one, and one under way as soon as that turns out not to be done. Slots are the core's,
  // but for "read/compare": the look of a comparison of everything.
  [[nodiscard]] virtual Result<void> append(const std::optional<CaseNumber>& number,
                                            std::int64_t cause, Instant at,
                                            const core::Issued& issued) = 0;
  // Takes the first due row of each free lane of the system, at most `most`; each gets a new fence,
  // a lease, its attempt counted, and its ticket filled in where the case has got one meanwhile.
  // What may go together with it is taken with it (OutboxRow::merged).
  // What one cause made in masses comes after all else.
  [[nodiscard]] virtual Result<std::vector<OutboxRow>> claim(const SystemName& system, Instant now,
                                                             int most, Together together,
                                                             Load load = Load::any) = 0;
  // The work on it goes on: the lease begins anew. False: the fence is old.
  [[nodiscard]] virtual Result<bool> renew(const OutboxRow& row, Instant now) = 0;
  // Claims whose lease ran out are waiting again, as after a crash; gives what they were.
  [[nodiscard]] virtual Result<std::vector<OutboxRow>> reclaim_expired_leases(Instant now) = 0;
  // A ticket was seen that bears the marker of a create that is not done: the next claim gives it
  // as OutboxRow::found. Says how many.
  [[nodiscard]] virtual Result<int> found(const CaseNumber& number, const SystemName& system,
                                          const std::string& marker, const RemoteKey& ticket) = 0;
  // How it ended. The row's attempt, in_doubt_at and crashes are kept as they are given.
  // False: the fence is old, somebody else has the row now; nothing was written.
  [[nodiscard]] virtual Result<bool> done(const OutboxRow& row, Instant at) = 0;
  // `not_before`: a settle time, or what the system asked for; expedite() does not undercut it.
  [[nodiscard]] virtual Result<bool> later(const OutboxRow& row, const Phrase& why, Instant at,
                                           Instant next_at, std::optional<Instant> not_before) = 0;
  [[nodiscard]] virtual Result<bool> dead(const OutboxRow& row, const Phrase& why, Instant at) = 0;
  // Dead rows back to waiting, due at once; says how many. Their attempts go on counting, and what
  // was in doubt still is; the week of trying starts anew (created_at = at).
  [[nodiscard]] virtual Result<int> redrive(const DeadLetterFilter& wanted, Instant at) = 0;
  // Waiting rows of a system become due now (its credentials were renewed, a person asked), but
  // none before its not_before.
  [[nodiscard]] virtual Result<int> expedite(const SystemName& system, Instant at) = 0;
  // What a case no longer wants: waiting and dead rows of its lane in that system, with exactly
  // this slot, are superseded; says how many. One under way is so if it turns out not to be done.
  [[nodiscard]] virtual Result<int> withdraw(const CaseNumber& number, const SystemName& system,
                                             const std::string& slot, Instant at) = 0;
};

// Part of a Reader. Open: waiting, sending or dead. `attempt` is 0 for a row that was never
// claimed.
class OutboxReader {
 public:
  OutboxReader() = default;
  OutboxReader(const OutboxReader&) = delete;
  OutboxReader& operator=(const OutboxReader&) = delete;
  virtual ~OutboxReader() = default;

  [[nodiscard]] virtual Result<std::vector<OutboxRow>> list(const std::optional<CaseNumber>& number,
                                                            bool only_open) = 0;
  // A page of the open ones, by id: `most` of those behind `after`.
  [[nodiscard]] virtual Result<std::vector<OutboxRow>> list_open(std::int64_t after, int most) = 0;
  // How many are open, by the system that they are for.
  [[nodiscard]] virtual Result<std::map<SystemName, std::int64_t>> open_by_system() = 0;
  // Whether Outbox::claim() would take, postpone or bury anything: asked before the store is
  // locked.
  [[nodiscard]] virtual Result<bool> has_due(const SystemName& system, Instant now,
                                             Load load = Load::any) = 0;
  // The files that open comments are to bring (BlobRef::sha256).
  [[nodiscard]] virtual Result<std::set<std::string>> files_needed() = 0;
  [[nodiscard]] virtual Result<std::vector<AttemptRow>> attempts(std::int64_t outbox_id) = 0;
  // How many looks of a comparison (slot "read/compare") are still to be made in that system.
  [[nodiscard]] virtual Result<int> compares_waiting(const SystemName& system) = 0;
};

}  // namespace saksbro::store
