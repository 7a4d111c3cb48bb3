#include <algorithm>

#include "bridge/cli/cli.h"
#include "bridge/cli/print.h"
#include "bridge/cli/speech.h"
#include "bridge/contract/nearest.h"
#include "bridge/contract/settings.h"
#include "bridge/records/order_record.h"
#include "bridge/run/observe/clock.h"

namespace saksbro::cli {
namespace {

struct WantedRows {
  std::string name;    // a case, a ticket, or id:N / parked:N as `outbox` shows them
  std::string system;  // only this one
  std::string verb;
  std::string reason;
  std::string older_than;
  bool all = false;

  [[nodiscard]] bool filters() const {
    return !verb.empty() || !reason.empty() || !older_than.empty();
  }
};

Result<records::Order::Only> only_of(const WantedRows& wanted, Instant now) {
  records::Order::Only only{wanted.verb, wanted.reason, std::nullopt};
  if (wanted.older_than.empty()) return only;
  const auto age = parse_duration(wanted.older_than);
  if (!age)
    return fail("--older-than", Phrase("expected a time span like 10m, 2h or 3d, not \"{typed}\"",
                                       {{"typed", wanted.older_than}}));
  only.issued_before = now - *age;
  return only;
}

Result<void> is_parked(store::Reader& reader, std::int64_t seq) {
  const auto parked = reader.inbox().parked();
  if (!parked) return tl::unexpected(parked.error());
  const bool found = std::any_of(parked->begin(), parked->end(),
                                 [&](const auto& one) { return one.row.seq == seq; });
  if (found) return {};
  return fail("", Phrase("no delivery {number} is parked; `saksbro outbox` lists those that are",
                         {{"number", std::to_string(seq)}}));
}

Result<void> is_dead(store::Reader& reader, std::int64_t id) {
  const auto next = reader.outbox().list_open(id - 1, 1);
  if (!next) return tl::unexpected(next.error());
  const bool found = !next->empty() && next->front().id == id;
  if (found && next->front().state == store::OutboxState::dead) return {};
  const std::string number = std::to_string(id);
  if (!found)
    return fail("", Phrase("there is no dead letter {number}; `saksbro outbox` lists them",
                           {{"number", number}}));
  return fail("", Phrase("command {number} is not a dead letter: it is retried anyway; `saksbro "
                         "outbox` lists them",
                         {{"number", number}}));
}

// Configured, or with commands from when it was.
Result<void> is_known(const Chosen& chosen, store::Reader& reader, const std::string& system) {
  const auto configuration = load_to_look(chosen);
  if (!configuration) return tl::unexpected(configuration.error().front());
  const auto open = reader.outbox().open_by_system();
  if (!open) return tl::unexpected(open.error());
  if (open->contains(SystemName{system})) return {};
  std::vector<std::string> names;
  for (const auto& one : configuration->systems) names.push_back(one.name.text());
  if (std::find(names.begin(), names.end(), system) != names.end()) return {};
  return fail("", Phrase("unknown system \"{name}\"{meant}",
                         {{"name", system}, {"meant", perhaps_meant(system, names)}}));
}

Result<records::Order> order_for(store::Reader& reader, const WantedRows& wanted) {
  records::Order order{"redrive", {}, SystemName{wanted.system}, std::nullopt};
  if (wanted.name.empty()) return order;
  for (const std::string kind : {"id:", "parked:"}) {
    if (!wanted.name.starts_with(kind)) continue;
    const auto id = parse_whole_number(std::string_view(wanted.name).substr(kind.size()));
    if (!id) {
      return fail(
          "", Phrase("\"{typed}\" is not a dead letter: expected {kind}NUMBER as `outbox` shows it",
                     {{"typed", wanted.name}, {"kind", kind}}));
    }
    if (kind == "parked:") order.verb = "unpark";
    const auto there = kind == "parked:" ? is_parked(reader, *id) : is_dead(reader, *id);
    if (!there) return tl::unexpected(there.error());
    order.outbox_id = *id;
    return order;
  }
  const auto number = find_named(reader, wanted.name);
  if (!number) return tl::unexpected(number.error());
  order.case_number = *number;
  return order;
}

// Through the inbox like everything else: the service carries it out, and a replay sees it.
int redrive(const Chosen& chosen, const WantedRows& wanted) {
  if (wanted.name.empty() && !wanted.all && wanted.system.empty() && !wanted.filters()) {
    return complain(
        chosen,
        refusal(Phrase("specify what to retry: a case or ticket number, id:NUMBER, --system NAME, "
                       "--verb, --reason, --older-than, or --all",
                       {})));
  }
  const Instant now = run::SystemClock{}.now();
  const auto only = only_of(wanted, now);
  if (!only) return complain(chosen, only.error());
  auto store = open_store_to_order(chosen);
  if (!store) return complain(chosen, store.error());
  auto reader = (*store)->reader();
  if (!reader) return complain(chosen, reader.error());
  if (!wanted.system.empty()) {
    const auto known = is_known(chosen, **reader, wanted.system);
    if (!known) return complain(chosen, known.error());
  }
  auto order = order_for(**reader, wanted);
  if (!order) return complain(chosen, order.error());
  order->only = *only;
  reader->reset();
  auto tx = (*store)->begin();
  if (!tx) return complain(chosen, tx.error());
  const DeliveryId id{"redrive:" + std::to_string(now.time_since_epoch().count())};
  auto stored =
      (*tx)->inbox().receive({kOrderSystem, id, DeliveryKind::order, now, records::write(*order)});
  if (!stored) return complain(chosen, stored.error());
  if (auto committed = (*tx)->commit(); !committed) return complain(chosen, committed.error());
  print("{}\n", speech_of(chosen).in("Lagt i kø for nytt forsøk. Se `saksbro outbox`.",
                                     "Queued for retry. See `saksbro outbox`."));
  return 0;
}

}  // namespace

void add_redrive(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("redrive", "retry dead letters");
  auto wanted = std::make_shared<WantedRows>();
  verb->add_option("number", wanted->name,
                   "a case, a ticket, id:NUMBER of a dead letter, or parked:NUMBER of a delivery");
  verb->add_option("--system", wanted->system, "only dead letters for this system");
  verb->add_option("--verb", wanted->verb, "only commands of this kind")
      ->check(CLI::IsMember(
          {"create", "status", "fields", "comment", "read", "alert", "note", "notice", "file"}));
  verb->add_option("--reason", wanted->reason, "only where the reason contains this text");
  verb->add_option("--older-than", wanted->older_than,
                   "only commands issued at least this long ago: 2h, 3d");
  verb->add_flag("--all", wanted->all, "every dead letter");
  verb->footer(
      "With --system alone, or --all, a system that was parked after a week without an answer is "
      "resumed as well.");
  verb->callback(
      [&chosen, wanted] { chosen.run = [&chosen, wanted] { return redrive(chosen, *wanted); }; });
}

}  // namespace saksbro::cli
