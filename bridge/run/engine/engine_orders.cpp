// What people order on the command line, and what the service orders by itself.
#include "bridge/core/model/standing.h"
#include "bridge/records/order_record.h"
#include "bridge/records/phrase_record.h"
#include "bridge/run/engine/author_limit.h"
#include "bridge/run/engine/engine_work.h"
#include "bridge/run/engine/redrive.h"
#include "bridge/run/maintain/compare.h"

namespace saksbro::run {

// What something rewrote was left alone; a person says that it may be tried again.
Result<void> Engine::resume_loops(Work& work, const CaseNumber& number) {
  auto state = work.tx.cases().find(number);
  if (!state) return tl::unexpected(state.error());
  if (!*state || core::activity_missing_from_mapping(parts_.mapping, **state)) return {};
  const core::Decision decision =
      core::decide(parts_.mapping, **state, core::Resumed{{"a person asked", {}}},
                   work.around(parts_.store.epoch()));
  if (decision.facts.empty()) return {};
  return carry_out(work, *state, decision);
}

// A person's order: wherever tickets can be read again, it begins.
Result<void> Engine::compare_all(Work& work, const records::Order& order) {
  for (const auto& [name, system] : parts_.systems) {
    const Abilities abilities = system->abilities();
    if (!abilities.has_tickets || !abilities.can_be_read) continue;
    records::Order one = order;
    one.system = name;
    if (auto begun = compare(work, one); !begun) return begun;
  }
  return {};
}

Result<void> Engine::compare(Work& work, const records::Order& order) {
  if (order.system.empty()) return compare_all(work, order);
  work.touched.insert(order.system);
  const auto compared = compare_page(parts_.store, work.tx, order, work.row);
  if (!compared) return tl::unexpected(compared.error());
  parts_.metrics.count("saksbro_compared_total", label("system", order.system.text()),
                       compared->tickets);
  work.note(compared->because);
  return {};
}

// Their hour is over.
Result<void> Engine::let_in_held(Work& work, const SystemName& name) {
  const auto system = parts_.systems.find(name);
  const auto most =
      system == parts_.systems.end() ? std::nullopt : system->second->abilities().hourly_per_author;
  if (!most) return {};
  const auto count = let_in_late(work.tx, name, work.row.delivery.received_at, *most);
  if (!count) return tl::unexpected(count.error());
  work.note({"{count} deliveries of {system} that were held back are accepted.",
             {{"count", std::to_string(*count)}, {"system", name}}});
  return {};
}

Result<void> Engine::handle_order(Work& work) {
  const Instant now = work.row.delivery.received_at;
  const auto order = records::read_order(work.row.delivery.body);
  if (!order) return work.park(order.error().told());
  if (order->verb == "announce") return announce(work, order->version);
  if (order->verb == "compare") return compare(work, *order);
  if (order->verb == "let in") return let_in_held(work, order->system);
  wake_all(work);
  const auto number =
      order->case_number.empty() ? std::optional<CaseNumber>{} : std::optional(order->case_number);
  Result<int> count = 0;
  if (order->verb == "redrive") count = redrive(work.tx, parts_.systems, *order, now);
  if (order->verb == "redrive" && number) {
    if (auto resumed = resume_loops(work, *number); !resumed) return resumed;
  }
  if (order->verb == "hasten") count = work.tx.outbox().expedite(order->system, now);
  if (order->verb == "unpark" && order->outbox_id) {
    if (auto unparked = work.tx.inbox().unpark(*order->outbox_id); !unparked) return unparked;
  }
  if (!count) return tl::unexpected(count.error());
  work.note({"A person ordered: {verb}; {count} commands are retried.",
             {{"verb", order->verb}, {"count", std::to_string(*count)}}});
  return work.tx.cases().decided(number, work.row.seq, records::write(work.because));
}

}  // namespace saksbro::run
