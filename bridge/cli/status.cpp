
#include "bridge/cli/cli.h"
#include "bridge/cli/outages.h"
#include "bridge/cli/print.h"
#include "bridge/cli/speech.h"
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

const char* word_of_stage(store::RecoveryStage stage) {
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

const char* meaning(const Speech& speech, store::RecoveryStage stage) {
  return stage == store::RecoveryStage::looking
             ? speech.in(
                   "Saksbro leser bare: ingenting skrives før hvert system har meldt hva som er "
                   "endret siden.",
                   "Saksbro only reads: it writes nothing until each system has reported what "
                   "changed since.")
             : speech.in(
                   "Saksbro oppretter saker som mangler, hver etter en kontroll av at den ikke "
                   "finnes;\nkommentarer og statuser følger.",
                   "Saksbro opens the tickets that are missing, each after a check that it does "
                   "not exist;\ncomments and statuses follow.");
}

int print_standing(const Standing& standing) {
  const auto& counts = standing.counts;
  codec::Json json{
      {"deliveries", {{"waiting", counts.inbox_waiting}, {"parked", counts.inbox_parked}}},
      {"commands", {{"waiting", counts.outbox_waiting}, {"dead", counts.outbox_dead}}},
      {"unseen", counts.unseen},
      {"cases", {{"open", counts.cases_open}, {"closed", counts.cases_closed}}},
      {"recovery", word_of_stage(standing.recovery.stage)}};
  if (standing.recovery.stage != store::RecoveryStage::none)
    json["backup_at"] = codec::write_rfc3339_seconds(standing.recovery.backup_at);
  json["outages"] = codec::Json::array();
  for (const store::Outage& one : standing.outages) json["outages"].push_back(outage_json(one));
  print_json(json);
  return 0;
}

void print_recovery(const Speech& speech, const store::RecoveryState& recovery) {
  if (recovery.stage == store::RecoveryStage::none) return;
  print("\n{}\n", speech.line("Sikkerhetskopien fra {} er lagt tilbake, og brukes siden {}.",
                              "The backup of {} was restored, and has been in use since {}.",
                              speech.time(recovery.backup_at), speech.time(recovery.began_at)));
  print("{}\n{}\n", Lines{meaning(speech, recovery.stage)}, speech.zone());
}

void print_for_people(const Speech& speech, const Standing& standing) {
  const auto& counts = standing.counts;
  print("{}\n", speech.line("Saker:      {} åpne, {} lukkede", "Cases:      {} open, {} closed",
                            counts.cases_open, counts.cases_closed));
  print("{}\n", speech.line("Meldinger:  {} venter på avgjørelse, {} er satt til side",
                            "Deliveries: {} to be decided, {} put aside", counts.inbox_waiting,
                            counts.inbox_parked));
  print("{}\n", speech.line("Oppgaver:   {} venter på å bli sendt, {} lot seg ikke gjøre",
                            "Commands:   {} to be sent, {} dead letters", counts.outbox_waiting,
                            counts.outbox_dead));
  if (counts.unseen > 0)
    print("{}\n",
          speech.line("Usett:      {} endringer som ingen avlesning har vist siden: saksbro outbox",
                      "Unseen:     {} writes that no read has shown since: saksbro outbox",
                      counts.unseen));
  if (!standing.outages.empty()) print("\n");
  for (const store::Outage& one : standing.outages) print_outage(speech, one);
  print_recovery(speech, standing.recovery);
}

int status(const Chosen& chosen) {
  const auto standing = look(chosen);
  if (!standing) return complain(chosen, standing.error());
  if (chosen.json) return print_standing(*standing);
  print_for_people(speech_of(chosen), *standing);
  return 0;
}

}  // namespace

void add_status(CLI::App& app, Chosen& chosen) {
  auto* verb =
      app.add_subcommand("status", "show queue sizes, unavailable systems and recovery progress");
  verb->add_flag("--json", chosen.json, "print JSON");
  verb->callback([&chosen] { chosen.run = [&chosen] { return status(chosen); }; });
}

}  // namespace saksbro::cli
