// What is seen of a ticket: whose case it is, what the core decides, and what is kept of that.
#include <algorithm>

#include "bridge/core/decide/decide.h"
#include "bridge/core/model/standing.h"
#include "bridge/core/sync/adoption.h"
#include "bridge/core/sync/recovery.h"
#include "bridge/records/phrase_record.h"
#include "bridge/run/engine/engine.h"
#include "bridge/run/engine/engine_work.h"
#include "bridge/run/maintain/recovery.h"
#include "bridge/run/poll/epoch.h"

namespace saksbro::run {
namespace {

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

// The case whose own create made the ticket, though it does not show the marker (decide.cpp). Only
// what has been read counts: a hint may tell that the marker has been put right.
Result<std::optional<CaseNumber>> made_before(store::Transaction& tx, const SystemName& at,
                                              const Observation& observation) {
  if (!std::holds_alternative<TicketState>(observation)) return std::optional<CaseNumber>{};
  return tx.cases().of_marker(at, core::origin_of(at, ticket_in(observation)));
}

// What a decision says of a ticket that nobody had told us.
bool tells_something(const core::Decision& decision) {
  if (!decision.redrive.empty()) return true;
  return std::any_of(decision.facts.begin(), decision.facts.end(), [](const core::Fact& fact) {
    return std::holds_alternative<core::TicketLost>(fact) ||
           std::holds_alternative<core::TicketRenumbered>(fact);
  });
}

// What waits for a ticket's number is let go by the fact that tells it.
void touch_linked(std::set<SystemName>& touched, std::span<const core::Fact> facts) {
  for (const core::Fact& fact : facts) {
    if (const auto* linked = std::get_if<core::TicketLinked>(&fact)) touched.insert(linked->at);
    if (const auto* moved = std::get_if<core::TicketRenumbered>(&fact)) touched.insert(moved->at);
  }
}

}  // namespace

Result<std::optional<core::Case>> Engine::case_for(Work& work, const SystemName& at,
                                                   const Observation& observation) {
  const auto* state = std::get_if<TicketState>(&observation);
  const std::string marker =
      state == nullptr ? "" : core::borne_marker(parts_.mapping, at, state->ticket);
  auto number = work.tx.cases().of_ticket(at, ticket_in(observation));
  if (number && !*number && !marker.empty()) number = work.tx.cases().of_marker(at, marker);
  if (!number) return tl::unexpected(number.error());
  if (!*number) return adopted_by(work, at);
  if (!marker.empty()) {
    // A create of that marker whose answer is missing need not look for it.
    auto told = work.tx.outbox().found(**number, at, marker, state->ticket.key);
    if (!told) return tl::unexpected(told.error());
    work.touched.insert(at);
  }
  return work.tx.cases().find(**number);
}

// A case may have asked for a ticket that is none's: people have written its number (adoption.h).
Result<std::optional<core::Case>> Engine::adopted_by(Work& work, const SystemName& at) {
  if (!work.asked_by) return std::optional<core::Case>{};
  auto state = work.tx.cases().find(*work.asked_by);
  if (state && *state && !core::is_adopting(**state, at)) return std::optional<core::Case>{};
  return state;
}

// What a case's own create has answered with begins no other case, whatever it shows: "unseen"
// says that the case waits for it.
bool Engine::is_made_by_us(const Work& work) {
  return work.asked_by && work.understood.answer->settled.verb == "create";
}

// After a restore the ticket may bear the number that the case had before.
Result<std::optional<CaseNumber>> Engine::number_borne(Work& work, const SystemName& at,
                                                       const Observation& observation) {
  if (!work.recovering) return std::optional<CaseNumber>{};
  return work.tx.recovery().number_of(core::origin_of(at, ticket_in(observation)));
}

// Only a case that is really born takes a number.
Result<core::Decision> Engine::decide_birth(Work& work, const SystemName& at,
                                            const Observation& observation,
                                            const core::Decision& first,
                                            core::Surroundings around) {
  const auto borne = number_borne(work, at, observation);
  if (!borne) return tl::unexpected(borne.error());
  const auto number = *borne ? Result<CaseNumber>(**borne)
                             : work.tx.cases().next_number(parts_.mapping.case_prefix,
                                                           year_of(work.row.delivery.received_at));
  if (!number) return tl::unexpected(number.error());
  around.next_number = *number;
  auto similar = similar_to_born(work, first.facts);
  if (!similar) return tl::unexpected(similar.error());
  around.similar = std::move(*similar);
  core::Decision decision =
      core::decide(parts_.mapping, std::optional<core::Case>{}, at, observation, around);
  if (*borne)
    decision.because.push_back(
        {"The case takes the number on its ticket, because a backup was restored.", {}});
  return decision;
}

Result<Engine::Observed> Engine::observe(Work& work, const SystemName& at,
                                         const Observation& observation) {
  Observed observed;
  if (const auto* version = std::get_if<VersionReleased>(&observation)) {
    auto announced = announce(work, version->name);
    return announced ? Result<Observed>{observed} : tl::unexpected(announced.error());
  }
  auto state = case_for(work, at, observation);
  if (!state) return tl::unexpected(state.error());
  if (const auto lost =
          *state ? core::activity_missing_from_mapping(parts_.mapping, **state) : std::nullopt) {
    auto parked = work.park(*lost);
    return parked ? Result<Observed>{observed} : tl::unexpected(parked.error());
  }
  if (const auto* seen = std::get_if<TicketState>(&observation);
      seen != nullptr && work.recovering) {
    const auto waits =
        defer_if_recovering(work.tx, parts_.mapping, at, seen->ticket, state->has_value());
    if (!waits) return tl::unexpected(waits.error());
    if (*waits) {
      work.note(**waits);
      return observed;
    }
  }
  auto made_for = is_made_by_us(work) ? work.asked_by : std::optional<CaseNumber>{};
  if (!*state && !made_for) {
    const auto before = made_before(work.tx, at, observation);
    if (!before) return tl::unexpected(before.error());
    made_for = *before;
  }
  if (!*state && made_for) {
    work.note(
        {"Ignored: ticket {ticket} was created for case {case}, but does not carry its marker.",
         {{"ticket", ticket_in(observation).text()}, {"case", *made_for}}});
    observed.about = made_for;
    return observed;
  }
  const auto epoch = epoch_of(work.tx, parts_.store, at);
  if (!epoch) return tl::unexpected(epoch.error());
  core::Surroundings around = work.around(*epoch);
  if (work.recovering && !*state) {
    const auto copied = work.tx.recovery().copied_by(core::origin_of(at, ticket_in(observation)));
    if (!copied) return tl::unexpected(copied.error());
    if (*copied) around.copied = (*copied)->text();
  }
  core::Decision decision = core::decide(parts_.mapping, *state, at, observation, around);
  const bool born = decision.needs_number;
  if (born) {
    auto birth = decide_birth(work, at, observation, decision, std::move(around));
    if (!birth) return tl::unexpected(birth.error());
    decision = std::move(*birth);
  }
  observed.told_something = born || tells_something(decision);
  if (*state) observed.about = (*state)->number;
  if (born && decision.after) observed.about = decision.after->number;
  if (const auto* seen = std::get_if<TicketState>(&observation))
    observed.stale = seen->ticket.read_at - seen->ticket.updated;
  auto done = carry_out(work, *state, decision);
  return done ? Result<Observed>{observed} : tl::unexpected(done.error());
}

Result<void> Engine::carry_out(Work& work, const std::optional<core::Case>& before,
                               const core::Decision& decision) {
  std::optional<CaseNumber> number;
  ++work.turns;
  count_loops(decision);
  if (before) number = before->number;
  if (decision.after) {
    number = decision.after->number;
    if (auto kept = work.tx.cases().append(*decision.after, work.row.seq,
                                           work.row.delivery.received_at, decision.facts);
        !kept)
      return kept;
    touch_linked(work.touched, decision.facts);
  }
  if (auto asked = ask_senders(work, number, decision); !asked) return asked;
  work.note_all(decision.because);
  return work.tx.cases().decided(number, work.row.seq, records::write(decision.because));
}

// What the decision withdraws, issues, and has tried again.
Result<void> Engine::ask_senders(Work& work, const std::optional<CaseNumber>& number,
                                 const core::Decision& decision) {
  const Instant now = work.row.delivery.received_at;
  for (const core::Withdrawal& withdrawal : decision.withdrawals) {
    if (!number) break;
    auto gone = work.tx.outbox().withdraw(*number, withdrawal.from, withdrawal.slot, now);
    if (!gone) return tl::unexpected(gone.error());
    work.touched.insert(withdrawal.from);
  }
  for (const core::Issued& issued : decision.commands) {
    if (auto queued = work.tx.outbox().append(number, work.row.seq, now, issued); !queued)
      return queued;
    work.touched.insert(issued.command.to);
  }
  for (const SystemName& system : number ? decision.redrive : std::set<SystemName>{}) {
    auto redriven = work.tx.outbox().redrive(
        {.number = number, .system = system, .which = store::Again::except_comments}, now);
    if (!redriven) return tl::unexpected(redriven.error());
    work.touched.insert(system);
    if (*redriven > 0) work.note({"Dead letters for {system} are retried.", {{"system", system}}});
  }
  return {};
}

}  // namespace saksbro::run
