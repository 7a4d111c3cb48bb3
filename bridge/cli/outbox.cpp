
#include <functional>
#include <set>

#include "bridge/cli/cli.h"
#include "bridge/cli/describe.h"
#include "bridge/cli/outages.h"
#include "bridge/cli/print.h"
#include "bridge/cli/speech.h"
#include "bridge/codec/rfc3339.h"

namespace saksbro::cli {
namespace {

codec::Json unseen_json(const store::UnseenWrite& one) {
  return {{"case", one.case_number.text()},
          {"system", one.system.text()},
          {"verb", one.verb},
          {"since", codec::write_rfc3339(one.since)}};
}

void print_unseen(const Speech& speech, const store::UnseenWrite& one) {
  print("{}\n",
        speech.line("{}: {} i {} ble gjort, men ingen avlesning har vist det siden (meldt {})",
                    "{}: {} in {} was done, but no read has shown it since (reported {})",
                    one.case_number.text(), one.verb, one.system.text(), speech.time(one.since)));
}

// What is for a system that is not configured any more is kept, but nobody sends it.
std::string way_of(const Speech& speech, const std::set<SystemName>& configured,
                   const store::OutboxRow& row) {
  const SystemName& to = row.issued.command.to;
  if (configured.contains(to))
    return row.last_why.empty() ? "" : ": " + speech.say(row.last_why, {});
  return speech.line(": ingen «{}» er satt opp; det tas vare på til det finnes",
                     ": no system \"{}\" is configured; kept until there is one", to.text());
}

// Dead letters are for people: all of them. Of what waits after a long outage, the first ones say
// enough.
constexpr int kWaitingShown = 100;
constexpr int kPage = 500;

Result<void> each_open(store::Reader& reader,
                       const std::function<void(const store::OutboxRow&)>& look) {
  for (std::int64_t after = 0;;) {
    const auto rows = reader.outbox().list_open(after, kPage);
    if (!rows) return tl::unexpected(rows.error());
    if (rows->empty()) return {};
    for (const store::OutboxRow& row : *rows) look(row);
    after = rows->back().id;
  }
}

Result<void> as_json(store::Reader& reader, const std::vector<store::ParkedRow>& parked,
                     const std::vector<store::Outage>& outages,
                     const std::vector<store::UnseenWrite>& unseen) {
  codec::Json all{{"commands", codec::Json::array()},
                  {"parked", codec::Json::array()},
                  {"outages", codec::Json::array()},
                  {"unseen", codec::Json::array()}};
  for (const store::UnseenWrite& one : unseen) all["unseen"].push_back(unseen_json(one));
  for (const store::Outage& one : outages) all["outages"].push_back(outage_json(one));
  auto listed = each_open(
      reader, [&](const store::OutboxRow& row) { all["commands"].push_back(to_json(row)); });
  if (!listed) return listed;
  for (const auto& one : parked) {
    all["parked"].push_back({{"seq", one.row.seq},
                             {"delivery", one.row.delivery.id.text()},
                             {"why", in_english(one.why)}});
  }
  print_json(all);
  return {};
}

// Whether there was any.
Result<bool> print_open(const Speech& speech, store::Reader& reader,
                        const std::set<SystemName>& configured, bool whole) {
  int waiting = 0;
  bool any = false;
  auto listed = each_open(reader, [&](const store::OutboxRow& row) {
    const bool is_dead = row.state == store::OutboxState::dead;
    any = true;
    waiting += is_dead ? 0 : 1;
    if (!is_dead && !whole && waiting > kWaitingShown) return;
    print("{}  {}  {}  {}  {}{}\n", padded(std::to_string(row.id), 5),
          padded(speech.word(row.state), 11), padded(row.case_number.text(), 15),
          padded(row.issued.command.to.text(), 10), speech.say(row.issued.because, {}),
          way_of(speech, configured, row));
  });
  if (!listed) return tl::unexpected(listed.error());
  if (!whole && waiting > kWaitingShown)
    print("{}\n",
          speech.line("og {} til som venter: saksbro outbox --all",
                      "and {} more waiting: saksbro outbox --all", waiting - kWaitingShown));
  return any;
}

int outbox(const Chosen& chosen, bool whole) {
  const auto configuration = load_to_look(chosen);
  if (!configuration) return complain(configuration.error());
  std::set<SystemName> configured;
  for (const load::SystemConfiguration& one : configuration->systems) configured.insert(one.name);
  auto store = open_store(chosen);
  if (!store) return complain(chosen, store.error());
  auto reader = (*store)->reader();
  if (!reader) return complain(chosen, reader.error());
  const auto parked = (*reader)->inbox().parked();
  if (!parked) return complain(chosen, parked.error());
  const auto outages = (*reader)->outages();
  if (!outages) return complain(chosen, outages.error());
  const auto unseen = (*reader)->cases().unseen();
  if (!unseen) return complain(chosen, unseen.error());
  if (chosen.json) {
    const auto told = as_json(**reader, *parked, *outages, *unseen);
    return told ? 0 : complain(chosen, told.error());
  }
  const Speech speech(language_of(chosen, *configuration), configuration->mapping);
  for (const store::Outage& one : *outages) print_outage(speech, one);
  for (const store::UnseenWrite& one : *unseen) print_unseen(speech, one);
  const auto open = print_open(speech, **reader, configured, whole);
  if (!open) return complain(chosen, open.error());
  if (!*open && parked->empty() && outages->empty() && unseen->empty())
    print("{}\n", speech.in("Ingenting venter, og alt lot seg gjøre.",
                            "Nothing waits, and there are no dead letters."));
  for (const auto& one : *parked) {
    print("{}\n",
          speech.line("melding {} fra {} er satt til side: {}", "parked delivery {} from {}: {}",
                      one.row.seq, one.row.delivery.system.text(), speech.say(one.why, {})));
  }
  return 0;
}

}  // namespace

void add_outbox(CLI::App& app, Chosen& chosen) {
  auto* verb =
      app.add_subcommand("outbox", "list commands to be sent, dead letters and parked deliveries");
  verb->add_flag("--json", chosen.json, "print JSON");
  auto all = std::make_shared<bool>(false);
  verb->add_flag("--all", *all, "list all waiting commands, not only the first 100");
  verb->callback([&chosen, all] { chosen.run = [&chosen, all] { return outbox(chosen, *all); }; });
}

}  // namespace saksbro::cli
