#include "bridge/run/engine.h"

#include "bridge/core/decide.h"
#include "bridge/core/standing.h"
#include "bridge/records/answer_record.h"
#include "bridge/records/link_record.h"
#include "bridge/records/phrase_record.h"
#include "bridge/records/timer_record.h"
#include "bridge/run/engine_work.h"
#include "bridge/run/failpoint.h"
#include "bridge/run/links.h"
#include "bridge/run/log.h"

namespace saksbro::run {
namespace {

// A delivery that was being handled when the process died this often is put aside (FAULTS row 20).
constexpr int kCrashesMost = 3;
constexpr int kFailuresMost = 5;

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

Result<void> put_aside(store::Transaction& tx, const store::InboxRow& row, const std::string& why) {
  if (auto parked = tx.parked(row.seq, why, row.delivery.received_at); !parked) return parked;
  return tx.commit();
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
  Work work{tx, row, parts_.links, {}, false};
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
    auto marked = tx.handled(row.seq, records::write(work.because), row.delivery.received_at);
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
  if (auto aside = put_aside(**tx, row, text); !aside) return tl::unexpected(aside.error());
  log::error("delivery.parked", {{"delivery", row.delivery.id.text()}, {"why", text}});
  return true;
}

Result<bool> Engine::quarantine(store::Transaction& tx, const store::InboxRow& row) {
  const std::string why = "the process died " + std::to_string(kCrashesMost) +
                          " times while it handled this; put aside so that all else goes on";
  if (auto aside = put_aside(tx, row, why); !aside) return tl::unexpected(aside.error());
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
    work.note({"Nothing to do: it speaks of no ticket that is our business.", {}});
  const auto allowed = may_be_heard(work, *system->second, *observations);
  if (!allowed) return tl::unexpected(allowed.error());
  if (!*allowed) return {};
  for (const Observation& observation : *observations) {
    if (auto observed = observe(work, delivery.system, observation); !observed) return observed;
  }
  return {};
}

Result<void> Engine::handle_answer(Work& work) {
  const auto answer = records::read_answer(work.row.delivery.body);
  if (!answer) return work.park(answer.error().text());
  if (!answer->case_number.empty()) work.asked_by = answer->case_number;
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
  if (const auto lost = core::stands_nowhere(parts_.mapping, **state))
    return work.parked ? Result<void>{} : work.park(in_english(*lost));
  core::Settled settled = answer->settled;
  if (const auto system = parts_.systems.find(work.row.delivery.system);
      system != parts_.systems.end()) {
    const Abilities abilities = system->second->abilities();
    settled.can_be_seen = abilities.has_tickets && abilities.can_be_read;
  }
  const core::Decision decision = core::decide(parts_.mapping, **state, work.row.delivery.system,
                                               settled, work.around(parts_.store.epoch()));
  return carry_out(work, *state, decision, CaseNumber{});
}

Result<void> Engine::handle_timer(Work& work) {
  const auto timer = records::read_timer(work.row.delivery.body);
  if (!timer) return work.park(timer.error().text());
  auto state = work.tx.find_case(timer->case_number);
  if (!state) return tl::unexpected(state.error());
  if (!*state) {
    work.note({"Nothing to do: no such case.", {}});
    return {};
  }
  if (const auto lost = core::stands_nowhere(parts_.mapping, **state))
    return work.park(in_english(*lost));
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
  work.note({waiting.size() == 1 ? Sentence("Version {version} is out: {count} case waits for it.")
                                 : Sentence("Version {version} is out: {count} cases wait for it."),
             {{"version", version}, {"count", std::to_string(waiting.size())}}});
  for (const auto& [number, release] : waiting) {
    auto state = work.tx.find_case(number);
    if (!state) return tl::unexpected(state.error());
    if (!*state || core::stands_nowhere(parts_.mapping, **state)) continue;
    const core::Said said{release->signal,
                          core::Role{"saksbro"},
                          {},
                          "",
                          version,
                          {"Version {version}", {{"version", version}}}};
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
  if (const auto lost = core::stands_nowhere(parts_.mapping, **state))
    return work.park(in_english(*lost));
  const core::Said said =
      said_by({link->case_number, link->signal, link->role, link->organisation}, link->text);
  return carry_out(work, *state,
                   core::decide(parts_.mapping, **state, said, work.around(parts_.store.epoch())),
                   CaseNumber{});
}

}  // namespace saksbro::run
