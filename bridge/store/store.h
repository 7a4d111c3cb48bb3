// The store's contract: inbox, cases, outbox, cursors and timers on disk. SQLite implements it now;
// one conformance suite (tests/store) says what every implementation must do.
//
// Ownership: a Store outlives its Transactions. Threads: Store may be called from any thread; a
// Transaction belongs to the thread that began it, and writers wait for each other.
// Errors: where = "store", what = the library's reason and what to do.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "bridge/contract/command.h"
#include "bridge/contract/delivery.h"
#include "bridge/contract/error.h"
#include "bridge/contract/outcome.h"
#include "bridge/core/decide/decide.h"
#include "bridge/core/model/case.h"
#include "bridge/store/files/crash_journal.h"
#include "bridge/store/maintenance.h"
#include "bridge/store/recovery.h"

namespace saksbro::store {

enum class Received { now, before };  // before: this system's delivery id is in the inbox already

struct InboxRow {
  std::int64_t seq = 0;  // the order in which deliveries are handled
  Delivery delivery;
  int crashes = 0;       // the process died while it had it in hand
  bool emptied = false;  // its body has had its time (Keep::bodies): a replay cannot decide it
};

// Which dead letters a redrive takes. A comment that was refused is for a person to try again:
// trying it at each change of the ticket could write it, or leak it, again and again.
enum class Again { everything, except_comments };

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
  // Fields that waited behind this one for the same ticket, and are set with it; each is a row of
  // its own that ends as this one does. Refused together they are tried again one by one.
  std::vector<OutboxRow> merged;
  bool recovered = false;  // the lost store may have done it already: see recovery.h
};

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

// A system that lets nothing through, kept so that a restart does not forget it.
struct Outage {
  SystemName system;
  Instant since{};
  Phrase why;
  std::optional<Instant> parked_at;  // nothing is sent there until a person says so

  friend bool operator==(const Outage&, const Outage&) = default;
};

// Of one system: what the next start blames when a poll kills the process.
struct PollRow {
  std::int64_t id = 0;
  int crashes = 0;  // the process died while it had the poll in hand, since a page was kept
};

struct AttemptRow {
  int number = 0;
  Instant at{};
  std::string outcome;  // "delivered", "later", "rejected"
  Phrase why;
};

struct CaseRef {
  CaseNumber case_number;
  SystemName system;
  RemoteKey key;
  std::string number;
  std::string url;
};

struct FactRow {
  std::int64_t seq = 0;
  std::int64_t cause = 0;  // inbox seq
  Instant at{};
  core::Fact fact;
};

// A ticket of a case that is open. `seq`: the place of the case among all cases.
struct OpenTicket {
  std::int64_t seq = 0;
  CaseNumber case_number;
  RemoteKey key;
};

// One observation's decision, kept for `explain`.
struct DecisionRow {
  std::int64_t cause = 0;
  DeliveryId delivery;
  SystemName system;
  DeliveryKind kind{};
  Instant at{};
  std::string because;
};

struct Counts {
  std::int64_t inbox_waiting = 0;
  std::int64_t inbox_parked = 0;
  std::int64_t outbox_waiting = 0;  // or being sent
  std::int64_t outbox_dead = 0;
  std::int64_t cases_open = 0;
  std::int64_t cases_closed = 0;
  std::int64_t unseen = 0;  // writes that were done, and that no look has shown within minutes
  std::optional<Instant> delivery_since{};  // when the oldest delivery that waits was received
  // When the oldest command that waits or is being sent was issued, by the system it is for.
  std::map<SystemName, Instant> commands_since{};
};

// A write that was done, and that no look at its ticket has shown: the case may stand still.
struct UnseenWrite {
  CaseNumber case_number;
  SystemName system;
  std::string verb;
  Instant since{};  // when people were told of it
  friend bool operator==(const UnseenWrite&, const UnseenWrite&) = default;
};

// Where the solution of a case stands, in the mapping's own names.
struct SolutionSource {
  std::string solution;             // a case value; empty: no solutions are kept
  std::string organisation;         // a case value; empty: all cases are one organisation's
  std::set<core::Status> statuses;  // in these the solution stands, and in closed cases
  friend bool operator==(const SolutionSource&, const SolutionSource&) = default;
};

// The permission to write: begun as BEGIN IMMEDIATE, rolled back by the destructor unless
// committed. After an error it can only be rolled back: everything else, commit() too, gives that
// error again.
class Transaction {
 public:
  Transaction() = default;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  virtual ~Transaction() = default;

  // inbox. Once the disk has been full, what comes from outside is refused (Upkeep::full()).
  [[nodiscard]] virtual Result<Received> receive(const Delivery& delivery) = 0;
  // Whether Reader::next_delivery() would still give this one.
  [[nodiscard]] virtual Result<bool> is_next(std::int64_t seq) = 0;
  [[nodiscard]] virtual Result<void> handled(std::int64_t seq, const std::string& because,
                                             Instant at) = 0;
  [[nodiscard]] virtual Result<void> parked(std::int64_t seq, const Phrase& why, Instant at) = 0;
  [[nodiscard]] virtual Result<void> unpark(std::int64_t seq) = 0;

  // cases
  [[nodiscard]] virtual Result<std::optional<core::Case>> find_case(const CaseNumber& number) = 0;
  [[nodiscard]] virtual Result<std::optional<CaseNumber>> case_of(const SystemName& at,
                                                                  const RemoteKey& ticket) = 0;
  [[nodiscard]] virtual Result<std::optional<CaseNumber>> case_of_marker(
      const SystemName& at, const std::string& marker) = 0;
  // The cases whose value `name` is `text`, oldest first; open ones and closed ones.
  [[nodiscard]] virtual Result<std::vector<CaseNumber>> cases_where(const std::string& name,
                                                                    const std::string& text) = 0;
  // The same number until a case has been appended with it: a ticket that starts no case wastes
  // none.
  [[nodiscard]] virtual Result<CaseNumber> next_case_number(const std::string& prefix,
                                                            int year) = 0;
  // A second CaseOpened for a number is an error.
  // A case with a solution is a known solution as long as that stands (SolutionSource).
  // Adds the facts, writes the state that they lead to, keeps cross-references (TicketLinked),
  // markers (TicketOpening) and timers up to date, and records the reason under the delivery.
  [[nodiscard]] virtual Result<void> append(const core::Case& after, std::int64_t cause, Instant at,
                                            std::span<const core::Fact> facts) = 0;
  [[nodiscard]] virtual Result<void> decided(const std::optional<CaseNumber>& number,
                                             std::int64_t cause, const std::string& because) = 0;

  // outbox. A lane keeps its order: the writes for a case's ticket in one system, or the looks at
  // one ticket. Looks do not queue behind writes: one that waits for hours would make us deaf.
  // The same command twice is one row, due at once whatever the host's clock does; another command
  // under the same key is an error. A newer command of
  // the same lane and slot supersedes a waiting or dead one, and one under way as soon as that
  // turns out not to be done.
  [[nodiscard]] virtual Result<void> append(const std::optional<CaseNumber>& number,
                                            std::int64_t cause, Instant at,
                                            const core::Issued& issued) = 0;
  // Takes the first due row of each free lane of the system, at most `most`; each gets a new fence,
  // a lease, its attempt counted, and its ticket filled in where the case has got one meanwhile.
  // What one cause made in masses comes after all else.
  [[nodiscard]] virtual Result<std::vector<OutboxRow>> claim(const SystemName& system, Instant now,
                                                             int most) = 0;
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
  // `not_before`: a settle time, or what the system asked for; hasten() does not undercut it.
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

  // outages
  [[nodiscard]] virtual Result<std::optional<Outage>> outage(const SystemName& system) = 0;
  // The first one stays: `since` is when it began. `parked_at` is set once.
  [[nodiscard]] virtual Result<void> set_outage(const Outage& outage) = 0;
  // It is over: what waits there is due (as hasten() says), and its week of trying starts anew.
  [[nodiscard]] virtual Result<void> resume(const SystemName& system, Instant at) = 0;

  // Remembers the fingerprint; whether another one was known before.
  [[nodiscard]] virtual Result<bool> settings_changed(const SystemName& system,
                                                      std::int64_t fingerprint) = 0;

  // cursors, polls and timers
  [[nodiscard]] virtual Result<std::optional<Cursor>> cursor(const SystemName& system) = 0;
  [[nodiscard]] virtual Result<void> set_cursor(const SystemName& system, const Cursor& cursor) = 0;
  // The same row each time; made when it is asked for first.
  [[nodiscard]] virtual Result<PollRow> poll_of(const SystemName& system) = 0;
  // It is polled again as if none had died of it: a page was kept, or a person asked for it.
  [[nodiscard]] virtual Result<void> forgive_poll(const SystemName& system) = 0;
  struct Timer {
    CaseNumber case_number;
    std::string name;
    Instant due{};
  };
  [[nodiscard]] virtual Result<std::vector<Timer>> due_timers(Instant now) = 0;
  // The timer has been put into the inbox; it does not fire again unless it is set again.
  [[nodiscard]] virtual Result<void> timer_fired(const Timer& timer) = 0;

  [[nodiscard]] virtual Recovery& recovery() = 0;

  [[nodiscard]] virtual Result<void> commit() = 0;
};

// Looks, without locking writers out. For people, metrics, tests, and all that takes long.
class Reader {
 public:
  Reader() = default;
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  virtual ~Reader() = default;

  // The unhandled, unparked delivery with the lowest seq.
  [[nodiscard]] virtual Result<std::optional<InboxRow>> next_delivery() = 0;
  [[nodiscard]] virtual Result<std::optional<CaseNumber>> case_of(const SystemName& at,
                                                                  const RemoteKey& ticket) = 0;
  [[nodiscard]] virtual Result<std::optional<CaseNumber>> case_of_marker(
      const SystemName& at, const std::string& marker) = 0;
  [[nodiscard]] virtual Result<std::vector<core::Case>> cases() = 0;  // newest first
  [[nodiscard]] virtual Result<std::optional<core::Case>> find_case(const CaseNumber& number) = 0;
  // By our number, a ticket's key or its number ("17", "#17"), in any system. Several may share
  // one.
  [[nodiscard]] virtual Result<std::vector<CaseNumber>> cases_named(const std::string& number) = 0;
  [[nodiscard]] virtual Result<std::vector<CaseRef>> references(const CaseNumber& number) = 0;
  [[nodiscard]] virtual Result<std::vector<FactRow>> facts(const CaseNumber& number) = 0;
  [[nodiscard]] virtual Result<std::vector<DecisionRow>> decisions(const CaseNumber& number) = 0;
  // What was decided of a ticket that belongs to no case, by its number ("17", "#17"), in any
  // system: the newest few, newest first. As long as the inbox has them.
  [[nodiscard]] virtual Result<std::vector<DecisionRow>> decisions_about(
      const std::string& ticket) = 0;
  // What a person asks for in plain words, best first; no organisation: in all of them. No query is
  // an error: one that says nothing finds nothing.
  [[nodiscard]] virtual Result<std::vector<core::SimilarCase>> solutions(
      const std::string& query, const std::optional<std::string>& organisation, int most) = 0;
  // Known solutions that are like what `text` says (its first line, a title, counts most), the most
  // like first; none rather than a poor one. Only the organisation's own unless `across`: then its
  // own come before all others. A case whose organisation is not known has no others of its own.
  [[nodiscard]] virtual Result<std::vector<core::SimilarCase>> similar_solutions(
      const std::string& text, const std::string& organisation, bool across, int most) = 0;
  // Open: waiting, sending or dead. `attempt` is 0 for a row that was never claimed.
  [[nodiscard]] virtual Result<std::vector<OutboxRow>> outbox(
      const std::optional<CaseNumber>& number, bool only_open) = 0;
  // A page of the open ones, by id: `most` of those behind `after`.
  [[nodiscard]] virtual Result<std::vector<OutboxRow>> open_commands(std::int64_t after,
                                                                     int most) = 0;
  // Whether claim() would take, postpone or bury anything: asked before the store is locked.
  [[nodiscard]] virtual Result<bool> has_due(const SystemName& system, Instant now) = 0;
  // How many are open, by the system that they are for.
  [[nodiscard]] virtual Result<std::map<SystemName, std::int64_t>> open_by_system() = 0;
  [[nodiscard]] virtual Result<std::vector<AttemptRow>> attempts(std::int64_t outbox_id) = 0;
  // Every delivery in order: what a replay reads.
  [[nodiscard]] virtual Result<std::vector<InboxRow>> inbox(std::int64_t after, int most) = 0;
  struct Parked {
    InboxRow row;
    Phrase why;
  };
  [[nodiscard]] virtual Result<std::vector<Parked>> parked() = 0;
  // For a comparison of everything: the open cases' tickets in that system behind `after`, oldest
  // case first; and how many looks there that such a comparison has asked for are still to be made.
  [[nodiscard]] virtual Result<std::vector<OpenTicket>> open_tickets(const SystemName& system,
                                                                     std::int64_t after,
                                                                     int most) = 0;
  [[nodiscard]] virtual Result<int> compares_waiting(const SystemName& system) = 0;
  [[nodiscard]] virtual Result<std::vector<Outage>> outages() = 0;
  [[nodiscard]] virtual Result<std::vector<UnseenWrite>> unseen() = 0;  // oldest first
  [[nodiscard]] virtual Result<Counts> counts() = 0;
  [[nodiscard]] virtual Result<RecoveryState> recovery() = 0;
};

class Store {
 public:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;

  [[nodiscard]] virtual Result<std::unique_ptr<Transaction>> begin() = 0;
  [[nodiscard]] virtual Result<std::unique_ptr<Reader>> reader() = 0;
  // Rows that a process which died had claimed are waiting again, a write for its settle time from
  // now on: the last of it may have left just before. What was in hand then gets its crash counted.
  // Called once at start.
  [[nodiscard]] virtual Result<int> release_claims(Instant now) = 0;
  // From now on known solutions come from here; those of the cases at hand are gathered anew where
  // this has changed. Called at start, before any append(): until then no solutions are kept.
  [[nodiscard]] virtual Result<void> keep_solutions(const SolutionSource& source) = 0;
  // When this store was made: tickets older than this start no case.
  [[nodiscard]] virtual Instant epoch() const = 0;
  [[nodiscard]] virtual Maintenance& upkeep() = 0;
  // Of the process that serves: marks nothing beside it.
  [[nodiscard]] virtual CrashJournal& in_hand() = 0;
};

}  // namespace saksbro::store
