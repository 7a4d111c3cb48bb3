
#include "bridge/cli/cli.h"
#include "bridge/cli/outages.h"
#include "bridge/cli/print.h"
#include "bridge/codec/json.h"
#include "bridge/codec/rfc3339.h"

namespace saksbro::cli {
namespace {

struct Standing {
  store::Counts counts;
  store::RecoveryState recovery;
  std::vector<store::Outage> outages;
};

Result<Standing> look(const Chosen& chosen) {
  auto store = open_store(chosen);
  if (!store) return tl::unexpected(store.error());
  auto reader = (*store)->reader();
  if (!reader) return tl::unexpected(reader.error());
  const auto counts = (*reader)->counts();
  if (!counts) return tl::unexpected(counts.error());
  const auto recovery = (*reader)->recovery();
  if (!recovery) return tl::unexpected(recovery.error());
  const auto outages = (*reader)->outages();
  if (!outages) return tl::unexpected(outages.error());
  return Standing{*counts, *recovery, *outages};
}

const char* word(store::RecoveryStage stage) {
  switch (stage) {
    case store::RecoveryStage::none:
      return "none";
    case store::RecoveryStage::looking:
      return "looking";
    case store::RecoveryStage::opening:
      return "opening";
  }
  return "none";
}

const char* meaning(store::RecoveryStage stage) {
  return stage == store::RecoveryStage::looking
             ? "It only looks: nothing is written before each system has told what changed since."
             : "It opens the tickets that are missing, each after a look whether it is there "
               "already;\ncomments and statuses follow.";
}

int print_standing(const Standing& standing) {
  const auto& counts = standing.counts;
  codec::Json json{
      {"deliveries", {{"waiting", counts.inbox_waiting}, {"parked", counts.inbox_parked}}},
      {"commands", {{"waiting", counts.outbox_waiting}, {"dead", counts.outbox_dead}}},
      {"unseen", counts.unseen},
      {"cases", {{"open", counts.cases_open}, {"closed", counts.cases_closed}}},
      {"recovery", word(standing.recovery.stage)}};
  if (standing.recovery.stage != store::RecoveryStage::none)
    json["backup_at"] = codec::write_rfc3339_seconds(standing.recovery.backup_at);
  json["outages"] = codec::Json::array();
  for (const store::Outage& one : standing.outages) json["outages"].push_back(outage_json(one));
  print_json(json);
  return 0;
}

int status(const Chosen& chosen) {
  const auto standing = look(chosen);
  if (!standing) return complain(standing.error());
  if (chosen.json) return print_standing(*standing);
  const auto& counts = standing->counts;
  print("Cases:      {} open, {} closed\n", counts.cases_open, counts.cases_closed);
  print("Deliveries: {} to be decided, {} put aside\n", counts.inbox_waiting, counts.inbox_parked);
  print("Commands:   {} to be sent, {} dead letters\n", counts.outbox_waiting, counts.outbox_dead);
  if (counts.unseen > 0)
    print("Unseen:     {} writes that no look has shown since: saksbro outbox\n", counts.unseen);
  if (!standing->outages.empty()) print("\n");
  for (const store::Outage& one : standing->outages) print_outage(one);
  const auto& recovery = standing->recovery;
  if (recovery.stage == store::RecoveryStage::none) return 0;
  print("\nThe backup of {} was restored, and is served since {}.\n{}\n",
        codec::write_rfc3339_seconds(recovery.backup_at),
        codec::write_rfc3339_seconds(recovery.began_at), Lines{meaning(recovery.stage)});
  return 0;
}

}  // namespace

void add_status(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("status",
                                  "how much waits, which systems let nothing through, and how far "
                                  "the look after a restored backup has come");
  verb->add_flag("--json", chosen.json, "for programs");
  verb->callback([&chosen] { chosen.run = [&chosen] { return status(chosen); }; });
}

}  // namespace saksbro::cli
