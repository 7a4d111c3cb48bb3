#include "bridge/run/engine/engine.h"

#include "bridge/core/decide/decide.h"
#include "bridge/core/model/standing.h"
#include "bridge/records/answer_record.h"
#include "bridge/records/link_record.h"
#include "bridge/records/phrase_record.h"
#include "bridge/records/timer_record.h"
#include "bridge/run/calls/guarded_system.h"
#include "bridge/run/engine/engine_work.h"
#include "bridge/run/observe/failpoint.h"
#include "bridge/run/observe/log.h"
#include "bridge/run/observe/memory.h"
#include "bridge/run/web/links.h"

namespace saksbro::run {
namespace {

constexpr int kDeliveryFailuresMost = 5;

const char* kind_name(DeliveryKind kind) {
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

Result<void> put_aside(store::Transaction& tx, const store::InboxRow& row, const Phrase& why) {
  if (auto parked = tx.inbox().parked(row.seq, why, row.delivery.received_at); !parked)
    return parked;
  return tx.commit();
}

}  // namespace

Result<bool> Engine::handle_next() {
  const auto row = next_delivery();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return false;
  if ((*row)->crashes >= kCrashesMost) return quarantine(**row);
  const auto handled = handle(**row);
  if (!handled) return put_aside_if_hopeless(**row, handled.error());
  if (!*handled) return true;
  failpoint("eng.committed");
  if ((*row)->delivery.body.size() >= kLargeBody) give_memory_back();
  failing_ = {};
  const Delivery& delivery = (*row)->delivery;
  parts_.metrics.count("saksbro_decisions_total", label("kind", kind_name(delivery.kind)));
  log::info(
      "delivery.decided",
      {{"delivery", delivery.id.text()}, {"system", delivery.system.text()}, {"seq", (*row)->seq}});
  return true;
}

Result<std::optional<store::InboxRow>> Engine::next_delivery() {
  auto reader = parts_.store.reader();
  if (!reader) return tl::unexpected(reader.error());
  return (*reader)->inbox().next();
}

Result<bool> Engine::handle(const store::InboxRow& row) {
  const auto understood = parts_.store.in_hand().during({store::Work::delivery, row.seq}, [&] {
    failpoint("eng.taken", row.delivery.id.text());
    return understand(row);
  });
  if (!understood) return tl::unexpected(understood.error());
  auto tx = parts_.store.begin();
  if (!tx) return tl::unexpected(tx.error());
  const auto ours = (*tx)->inbox().is_next(row.seq);
  if (!ours || !*ours) return ours;
  if (auto decided = decide_and_commit(**tx, *understood); !decided)
    return tl::unexpected(decided.error());
  return true;
}

Result<void> Engine::decide_and_commit(store::Transaction& tx, const Understood& understood) {
  Work work{tx, understood};
  const store::InboxRow& row = understood.row;
  const auto recovery = tx.recovery().state();
  if (!recovery) return tl::unexpected(recovery.error());
  work.recovering = recovery->stage != store::RecoveryStage::none;
  // Only what is ours: a death while the disk is written to says nothing about the delivery.
  const auto decided = parts_.store.in_hand().during({store::Work::delivery, row.seq}, [&] {
    failpoint("eng.loaded", row.delivery.id.text());
    return decide(work);
  });
  if (!decided) return decided;
  if (!work.parked) {
    auto marked =
        tx.inbox().handled(row.seq, records::write(work.because), row.delivery.received_at);
    if (!marked) return marked;
  }
  failpoint("eng.applied");
  if (auto committed = tx.commit(); !committed) return committed;
  tell_senders(work);
  return {};
}

void Engine::tell_senders(const Work& work) const {
  for (const SystemName& system : work.touched) parts_.work_for(system);
}

// For what may make anything due anywhere.
void Engine::wake_all(Work& work) const {
  for (const auto& [name, system] : parts_.systems) work.touched.insert(name);
}

// A delivery that fails again and again must not hold up all others (docs/promises.md row 19). When
// the store itself is in trouble, putting aside fails as well, and nothing is put aside.
Result<bool> Engine::put_aside_if_hopeless(const store::InboxRow& row, const Error& why) {
  failing_.failures = failing_.seq == row.seq ? failing_.failures + 1 : 1;
  failing_.seq = row.seq;
  if (failing_.failures < kDeliveryFailuresMost) return tl::unexpected(why);
  auto tx = parts_.store.begin();
  if (!tx) return tl::unexpected(tx.error());
  const Phrase text("it failed {count} times: {why}",
                    {{"count", std::to_string(kDeliveryFailuresMost)}, {"why", why.told()}});
  if (auto aside = put_aside(**tx, row, text); !aside) return tl::unexpected(aside.error());
  log::error("delivery.parked", {{"delivery", row.delivery.id.text()}, {"why", in_english(text)}});
  return true;
}

Result<bool> Engine::quarantine(const store::InboxRow& row) {
  auto tx = parts_.store.begin();
  if (!tx) return tl::unexpected(tx.error());
  const Phrase why(
      "the process died {count} times while it handled this; put aside so that other work "
      "continues",
      {{"count", std::to_string(kCrashesMost)}});
  if (auto aside = put_aside(**tx, row, why); !aside) return tl::unexpected(aside.error());
  log::error("delivery.quarantined", {{"delivery", row.delivery.id.text()}, {"seq", row.seq}});
  return true;
}

Result<void> Engine::decide(Work& work) {
  switch (work.row.delivery.kind) {
    case DeliveryKind::webhook:
    case DeliveryKind::poll: {
      const auto observed = handle_seen(work);
      return observed ? Result<void>{} : tl::unexpected(observed.error());
    }
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

Result<Engine::Observed> Engine::handle_seen(Work& work) {
  Observed all;
  if (work.understood.unclear) {
    if (auto parked = work.park(*work.understood.unclear); !parked)
      return tl::unexpected(parked.error());
    return all;
  }
  if (work.understood.observations.empty())
    work.note({"Nothing to do: the delivery concerns no ticket that Saksbro handles.", {}});
  const auto allowed = may_be_heard(work);
  if (!allowed) return tl::unexpected(allowed.error());
  if (!*allowed) return all;
  for (const Observation& observation : work.understood.observations) {
    const auto observed = observe(work, work.row.delivery.system, observation);
    if (!observed) return observed;
    all.add(*observed);
  }
  return all;
}

Result<void> Engine::handle_answer(Work& work) {
  const auto& answer = work.understood.answer;
  if (!answer) return work.park(work.understood.unclear.value_or(Phrase()));
  if (!answer->case_number.empty()) work.asked_by = answer->case_number;
  Observed observed;
  if (work.understood.looked_at) {
    const auto seen = handle_seen(work);
    if (!seen) return tl::unexpected(seen.error());
    observed = *seen;
  }
  if (auto noted = note_repair(work, answer->settled.command, observed); !noted) return noted;
  if (answer->case_number.empty()) return {};
  auto state = work.tx.cases().find(answer->case_number);
  if (!state) return tl::unexpected(state.error());
  if (!*state) return {};
  if (const auto lost = core::activity_missing_from_mapping(parts_.mapping, **state))
    return work.parked ? Result<void>{} : work.park(*lost);
  core::CommandResult settled = answer->settled;
  if (const auto system = parts_.systems.find(work.row.delivery.system);
      system != parts_.systems.end()) {
    const Abilities abilities = system->second->abilities();
    settled.can_be_seen = abilities.has_tickets && abilities.can_be_read;
  }
  const core::Decision decision = core::decide(parts_.mapping, **state, work.row.delivery.system,
                                               settled, work.around(parts_.store.epoch()));
  return carry_out(work, *state, decision);
}

Result<void> Engine::handle_timer(Work& work) {
  const auto timer = records::read_timer(work.row.delivery.body);
  if (!timer) return work.park(timer.error().told());
  auto state = work.tx.cases().find(timer->case_number);
  if (!state) return tl::unexpected(state.error());
  if (!*state) {
    work.note({"Nothing to do: no such case.", {}});
    return {};
  }
  if (const auto lost = core::activity_missing_from_mapping(parts_.mapping, **state))
    return work.park(*lost);
  const core::Decision decision = core::decide(
      parts_.mapping, **state, core::TimerFired{timer->name}, work.around(parts_.store.epoch()));
  return carry_out(work, *state, decision);
}

// Wakes every case that waits for the version, closed ones too: their process says what becomes of
// it.
Result<void> Engine::announce(Work& work, const std::string& version) {
  std::map<CaseNumber, const core::Release*> waiting;
  for (const core::Process& process : parts_.mapping.processes) {
    if (!process.release) continue;
    const auto numbers = work.tx.cases().where(process.release->value, version);
    if (!numbers) return tl::unexpected(numbers.error());
    for (const CaseNumber& number : *numbers) waiting[number] = &*process.release;
  }
  work.note({waiting.size() == 1
                 ? Sentence("Version {version} is released: {count} case waits for it.")
                 : Sentence("Version {version} is released: {count} cases wait for it."),
             {{"version", version}, {"count", std::to_string(waiting.size())}}});
  for (const auto& [number, release] : waiting) {
    auto state = work.tx.cases().find(number);
    if (!state) return tl::unexpected(state.error());
    if (!*state || core::activity_missing_from_mapping(parts_.mapping, **state)) continue;
    const core::ExternalSignal said{release->signal,
                                    core::Role{"saksbro"},
                                    {},
                                    "",
                                    version,
                                    {"Version {version}", {{"version", version}}}};
    const core::Decision decision =
        core::decide(parts_.mapping, **state, said, work.around(parts_.store.epoch()));
    if (auto done = carry_out(work, *state, decision); !done) return done;
  }
  return {};
}

Result<void> Engine::handle_link(Work& work) {
  const auto link = records::read_link(work.row.delivery.body);
  if (!link) return work.park(link.error().told());
  auto state = work.tx.cases().find(link->case_number);
  if (!state) return tl::unexpected(state.error());
  // It was signed by us: not a stranger's guess, but a person whose answer must not get lost.
  if (!*state)
    return work.park(
        {"a link refers to case {case}, which is not in this store. Was a backup restored?",
         {{"case", link->case_number}}});
  if (const auto lost = core::activity_missing_from_mapping(parts_.mapping, **state))
    return work.park(*lost);
  const core::ExternalSignal said =
      said_by({link->case_number, link->signal, link->role, link->organisation}, link->text);
  return carry_out(work, *state,
                   core::decide(parts_.mapping, **state, said, work.around(parts_.store.epoch())));
}

}  // namespace saksbro::run
