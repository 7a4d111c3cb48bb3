#include "bridge/run/engine.h"

#include <algorithm>

#include "bridge/core/decide.h"
#include "bridge/core/recovery.h"
#include "bridge/records/answer_record.h"
#include "bridge/records/link_record.h"
#include "bridge/records/timer_record.h"
#include "bridge/run/engine_work.h"
#include "bridge/run/failpoint.h"
#include "bridge/run/links.h"
#include "bridge/run/log.h"
#include "bridge/run/recovery.h"
#include "bridge/run/redrive.h"
#include "bridge/run/standing.h"

namespace saksbro::run {
namespace {

// A delivery that was being handled when the process died this often is put aside (FAULTS row 20).
constexpr int kCrashesMost = 3;
constexpr int kFailuresMost = 5;

int year_of(Instant instant) {
  return static_cast<int>(
      std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(instant)).year());
}

RemoteKey ticket_in(const Observation& observation) {
  if (const auto* hint = std::get_if<TicketHint>(&observation)) return hint->ticket;
  if (const auto* gone = std::get_if<TicketGone>(&observation)) return gone->ticket;
  if (std::holds_alternative<VersionReleased>(observation)) return {};
  return std::get<TicketState>(observation).ticket.key;
}

const char* name_of(DeliveryKind kind) {
  switch (kind) {
    case DeliveryKind::webhook:
      return "webhook";
    case DeliveryKind::poll:
      return "poll";
    case DeliveryKind::answer:
      return "answer";
    case DeliveryKind::timer:
      return "timer";
    case DeliveryKind::order:
      return "order";
    case DeliveryKind::link:
      return "link";
  }
  return "unknown";
}

// What a case that begins with this ticket has for its origin.
std::string origin_of(const SystemName& at, const Observation& observation) {
  return at.text() + "." + ticket_in(observation).text();
}

// What a decision says of a ticket that nobody had told us.
bool tells_something(const core::Decision& decision) {
  if (!decision.redrive.empty()) return true;
  return std::any_of(decision.facts.begin(), decision.facts.end(), [](const core::Fact& fact) {
    return std::holds_alternative<core::TicketLost>(fact) ||
           std::holds_alternative<core::TicketRenumbered>(fact);
  });
}

}  // namespace

Result<bool> Engine::handle_next() {
  auto tx = parts_.store.begin();
  if (!tx) return tl::unexpected(tx.error());
  auto row = (*tx)->next_delivery();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return false;
  if ((*row)->crashes >= kCrashesMost) return quarantine(**tx, **row);
  if (auto decided = decide_and_commit(**tx, **row); !decided) {
    tx->reset();  // rolled back
    return put_aside_if_hopeless(**row, decided.error());
  }
  failpoint("eng.committed");
  failing_ = {};
  const Delivery& delivery = (*row)->delivery;
  parts_.metrics.count("saksbro_decisions_total", label("kind", name_of(delivery.kind)));
  log::info("delivery.decided", {{"delivery", delivery.id.text()},
                                 {"system", delivery.system.text()},
                                 {"seq", std::to_string((*row)->seq)}});
  return true;
}

Result<void> Engine::decide_and_commit(store::Transaction& tx, const store::InboxRow& row) {
  Work work{tx, row, parts_.links, "", false};
  const auto recovery = tx.recovery().state();
  if (!recovery) return tl::unexpected(recovery.error());
  work.recovering = recovery->stage != store::RecoveryStage::none;
  // Only what is ours: a death while the disk is written to says nothing about the delivery.
  const auto handled = parts_.store.in_hand().during({store::Work::delivery, row.seq}, [&] {
    failpoint("eng.loaded", row.delivery.id.text());
    return handle(work);
  });
  if (!handled) return handled;
  if (!work.parked) {
    auto marked = tx.handled(row.seq, work.because, row.delivery.received_at);
    if (!marked) return marked;
  }
  failpoint("eng.applied");
  return tx.commit();
}

// A delivery that fails again and again must not hold up all others (FAULTS row 19). When the store
// itself is in trouble, putting aside fails as well, and nothing is put aside.
Result<bool> Engine::put_aside_if_hopeless(const store::InboxRow& row, const Error& why) {
  failing_.failures = failing_.seq == row.seq ? failing_.failures + 1 : 1;
  failing_.seq = row.seq;
  if (failing_.failures < kFailuresMost) return tl::unexpected(why);
  auto tx = parts_.store.begin();
  if (!tx) return tl::unexpected(tx.error());
  const std::string text = "it failed " + std::to_string(kFailuresMost) + " times: " + why.text();
  if (auto parked = (*tx)->parked(row.seq, text, row.delivery.received_at); !parked) {
    return tl::unexpected(parked.error());
  }
  if (auto committed = (*tx)->commit(); !committed) return tl::unexpected(committed.error());
  log::error("delivery.parked", {{"delivery", row.delivery.id.text()}, {"why", text}});
  return true;
}

Result<bool> Engine::quarantine(store::Transaction& tx, const store::InboxRow& row) {
  const std::string why = "the process died " + std::to_string(kCrashesMost) +
                          " times while it handled this; put aside so that all else goes on";
  if (auto parked = tx.parked(row.seq, why, row.delivery.received_at); !parked)
    return tl::unexpected(parked.error());
  if (auto committed = tx.commit(); !committed) return tl::unexpected(committed.error());
  log::error("delivery.quarantined",
             {{"delivery", row.delivery.id.text()}, {"seq", std::to_string(row.seq)}});
  return true;
}

Result<void> Engine::handle(Work& work) {
  switch (work.row.delivery.kind) {
    case DeliveryKind::webhook:
    case DeliveryKind::poll:
      return handle_seen(work, work.row.delivery);
    case DeliveryKind::answer:
      return handle_answer(work);
    case DeliveryKind::timer:
      return handle_timer(work);
    case DeliveryKind::order:
      return handle_order(work);
    case DeliveryKind::link:
      return handle_link(work);
  }
  return {};
}

Result<void> Engine::handle_seen(Work& work, const Delivery& delivery) {
  const auto system = parts_.systems.find(delivery.system);
  if (system == parts_.systems.end()) {
    return work.park("no system \"" + delivery.system.text() + "\" is configured any more");
  }
  const auto observations = system->second->normalise(delivery);
  if (!observations) {
    return work.park(observations.error().text());
  }
  if (observations->empty())
    work.note("Nothing to do: it speaks of no ticket that is our business.");
  const auto allowed = may_be_heard(work, *system->second, *observations);
  if (!allowed) return tl::unexpected(allowed.error());
  if (!*allowed) return {};
  for (const Observation& observation : *observations) {
    if (auto observed = observe(work, delivery.system, observation); !observed) return observed;
  }
  return {};
}

Result<std::optional<core::Case>> Engine::case_for(Work& work, const SystemName& at,
                                                   const Observation& observation) {
  const auto* state = std::get_if<TicketState>(&observation);
  const std::string marker =
      state == nullptr ? "" : core::borne_marker(parts_.mapping, at, state->ticket);
  auto number = work.tx.case_of(at, ticket_in(observation));
  if (number && !*number && !marker.empty()) number = work.tx.case_of_marker(at, marker);
  if (!number) return tl::unexpected(number.error());
  if (!*number) return std::optional<core::Case>{};
  if (!marker.empty()) {
    // A create of that marker whose answer is missing need not look for it.
    auto told = work.tx.found(**number, at, marker, state->ticket.key);
    if (!told) return tl::unexpected(told.error());
  }
  return work.tx.find_case(**number);
}

// After a restore the ticket may bear the number that the case had before.
Result<CaseNumber> Engine::number_for(Work& work, const SystemName& at,
                                      const Observation& observation, std::string& because) {
  if (work.recovering) {
    const auto borne = work.tx.recovery().number_of(origin_of(at, observation));
    if (!borne) return tl::unexpected(borne.error());
    if (*borne) {
      because = "\nIt takes the number that its ticket bears: a backup was restored.";
      return **borne;
    }
  }
  return work.tx.next_case_number(parts_.mapping.case_prefix,
                                  year_of(work.row.delivery.received_at));
}

Result<void> Engine::observe(Work& work, const SystemName& at, const Observation& observation) {
  if (const auto* version = std::get_if<VersionReleased>(&observation))
    return announce(work, version->name);
  auto state = case_for(work, at, observation);
  if (!state) return tl::unexpected(state.error());
  if (const auto lost = *state ? stands_nowhere(parts_.mapping, **state) : std::nullopt)
    return work.park(*lost);
  if (const auto* seen = std::get_if<TicketState>(&observation);
      seen != nullptr && work.recovering) {
    std::string because;
    const auto held =
        held_back(work.tx, parts_.mapping, at, seen->ticket, state->has_value(), because);
    if (!held) return tl::unexpected(held.error());
    if (*held) {
      work.note(because);
      return {};
    }
  }
  core::Surroundings around = work.around(parts_.store.epoch());
  if (work.recovering && !*state) {
    const auto copied = work.tx.recovery().copied_by(origin_of(at, observation));
    if (!copied) return tl::unexpected(copied.error());
    if (*copied) around.copied = (*copied)->text();
  }
  core::Decision decision = core::decide(parts_.mapping, *state, at, observation, around);
  const bool born = !*state && !decision.facts.empty();
  if (born) {
    // Only a case that is really born takes a number.
    std::string because;
    auto number = number_for(work, at, observation, because);
    if (!number) return tl::unexpected(number.error());
    around.next_number = *number;
    auto similar = similar_to(work.tx, solutions_, decision.facts);
    if (!similar) return tl::unexpected(similar.error());
    around.similar = std::move(*similar);
    decision = core::decide(parts_.mapping, *state, at, observation, around);
    decision.because += because;
  }
  work.told_something = work.told_something || born || tells_something(decision);
  if (const auto* seen = std::get_if<TicketState>(&observation))
    work.stale = seen->ticket.read_at - seen->ticket.updated;
  return carry_out(work, *state, decision, around.next_number);
}

Result<void> Engine::carry_out(Work& work, const std::optional<core::Case>& before,
                               const core::Decision& decision, const CaseNumber& born) {
  const Instant now = work.row.delivery.received_at;
  std::optional<CaseNumber> number;
  count_loops(decision);
  if (before || !decision.facts.empty()) {
    core::Case after = before.value_or(core::Case{});
    if (!before) after.number = born;
    for (const core::Fact& fact : decision.facts) after = core::evolve(std::move(after), fact, now);
    number = after.number;
    if (auto kept = work.tx.append(after, work.row.seq, now, decision.facts); !kept) return kept;
  }
  for (const core::Withdrawal& withdrawal : decision.withdrawals) {
    if (!number) break;
    auto gone = work.tx.withdraw(*number, withdrawal.from, withdrawal.slot, now);
    if (!gone) return tl::unexpected(gone.error());
  }
  for (const core::Issued& issued : decision.commands) {
    if (auto queued = work.tx.append(number, work.row.seq, now, issued); !queued) return queued;
  }
  for (const SystemName& system : number ? decision.redrive : std::set<SystemName>{}) {
    auto redriven = work.tx.redrive(
        {.number = number, .system = system, .which = store::Again::not_comments}, now);
    if (!redriven) return tl::unexpected(redriven.error());
    if (*redriven > 0) work.note("Dead letters for " + system.text() + " are tried again.");
  }
  work.note(decision.because);
  if (number) work.about = number;
  return work.tx.decided(number, work.row.seq, decision.because);
}

Result<void> Engine::handle_answer(Work& work) {
  const auto answer = records::read_answer(work.row.delivery.body);
  if (!answer) return work.park(answer.error().text());
  if (!answer->snapshot.empty()) {
    Delivery snapshot = work.row.delivery;
    snapshot.body = answer->snapshot;
    if (auto seen = handle_seen(work, snapshot); !seen) return seen;
  }
  if (auto noted = note_repair(work, answer->settled.command); !noted) return noted;
  if (answer->case_number.empty()) return {};
  auto state = work.tx.find_case(answer->case_number);
  if (!state) return tl::unexpected(state.error());
  if (!*state) return {};
  if (const auto lost = stands_nowhere(parts_.mapping, **state))
    return work.parked ? Result<void>{} : work.park(*lost);
  const core::Decision decision = core::decide(parts_.mapping, **state, work.row.delivery.system,
                                               answer->settled, work.around(parts_.store.epoch()));
  return carry_out(work, *state, decision, CaseNumber{});
}

Result<void> Engine::handle_timer(Work& work) {
  const auto timer = records::read_timer(work.row.delivery.body);
  if (!timer) return work.park(timer.error().text());
  auto state = work.tx.find_case(timer->case_number);
  if (!state) return tl::unexpected(state.error());
  if (!*state) {
    work.note("Nothing to do: no such case.");
    return {};
  }
  if (const auto lost = stands_nowhere(parts_.mapping, **state)) return work.park(*lost);
  const core::Decision decision = core::decide(
      parts_.mapping, **state, core::TimerCame{timer->name}, work.around(parts_.store.epoch()));
  return carry_out(work, *state, decision, CaseNumber{});
}

// Wakes every case that waits for the version, closed ones too: their process says what becomes of
// it.
Result<void> Engine::announce(Work& work, const std::string& version) {
  std::map<CaseNumber, const core::Release*> waiting;
  for (const core::Process& process : parts_.mapping.processes) {
    if (!process.release) continue;
    const auto numbers = work.tx.cases_where(process.release->value, version);
    if (!numbers) return tl::unexpected(numbers.error());
    for (const CaseNumber& number : *numbers) waiting[number] = &*process.release;
  }
  work.note("Version " + version + " is out: " + std::to_string(waiting.size()) +
            (waiting.size() == 1 ? " case waits for it." : " cases wait for it."));
  for (const auto& [number, release] : waiting) {
    auto state = work.tx.find_case(number);
    if (!state) return tl::unexpected(state.error());
    if (!*state || stands_nowhere(parts_.mapping, **state)) continue;
    const core::Said said{release->signal, core::Role{"saksbro"}, {}, "",
                          version,         "Version " + version};
    const core::Decision decision =
        core::decide(parts_.mapping, **state, said, work.around(parts_.store.epoch()));
    if (auto done = carry_out(work, *state, decision, CaseNumber{}); !done) return done;
  }
  return {};
}

Result<void> Engine::handle_link(Work& work) {
  const auto link = records::read_link(work.row.delivery.body);
  if (!link) return work.park(link.error().text());
  auto state = work.tx.find_case(link->case_number);
  if (!state) return tl::unexpected(state.error());
  // It was signed by us: not a stranger's guess, but a person whose answer must not get lost.
  if (!*state)
    return work.park("a link speaks of case " + link->case_number.text() +
                     ", which is not in this store. Was a backup restored?");
  if (const auto lost = stands_nowhere(parts_.mapping, **state)) return work.park(*lost);
  const core::Said said =
      said_by({link->case_number, link->signal, link->role, link->organisation}, link->text);
  return carry_out(work, *state,
                   core::decide(parts_.mapping, **state, said, work.around(parts_.store.epoch())),
                   CaseNumber{});
}

}  // namespace saksbro::run
