// M.1.3, technical faults and faults of integrated systems: what all 1st lines are told, and what
// each of them answers in its own project.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/sees.h"
#include "tests/e2e/world.h"

namespace saksbro::e2e {
namespace {

using testing::IsEmpty;

constexpr const char* kInternal = "Dette er trolig Kåres feil.";
constexpr const char* kMissing = "Har ikke meldt at sluttbrukerne er informert: ";

std::string hash(int number) { return "#" + std::to_string(number); }

int taken(const World& world, const std::string& subject) {
  const int issue = world.register_issue(subject);
  sees(world.per(), issue, {.texts = {"Saken mangler: "}, .note = {"M.1.1.2", "Mangler: "}});
  world.kari().set_status(issue, "Under arbeid");
  sees(world.per(), issue, {.note = {"M.1.1.3"}});
  return issue;
}

int registered_by_operator(const World& world, int issue) {
  world.kari().note(issue, std::string(kInternal) + "\n/sak videresend drift", true);
  const int ticket = ticket_of(world.leif(), "Leveranse", issue);
  sees(world.leif(), ticket,
       {.status = "ny",
        .texts = {"Feilmelding 4711 når jeg logger inn."},
        .note = {"Status hos kunden: AVVENTER", "Sak hos kundens brukerstøtte: " + hash(issue)}});
  sees(world.kari(), issue,
       {.status = "AVVENTER",
        .texts = {"Skal 1. linje informeres (M.1.3.2)?"},
        .note = {"M.1.3.2", "Ligger hos Brukerstøtte 2. linje",
                 "Driftsleverandøren: " + hash(ticket) + " ", "/sak info alle <melding"},
        .fields = {{"Leverandørens saksnummer", hash(ticket)}}});
  return ticket;
}

struct Told {
  int bym = 0;
  int hel = 0;
};

struct Broadcasted {
  int issue = 0;
  int ticket = 0;
  Told told;
};

Told told_by_broadcast(const World& world, int issue, const std::string& subject) {
  world.kari().note(issue, "/sak info alle Bruk papir til i morgen.", true);
  const Told told{issue_of(world.eva(), "Til 1. linje: " + subject),
                  issue_of(world.nils(), "Til 1. linje: " + subject)};
  const Sight message{.status = "Ny",
                      .texts = {"Bruk papir til i morgen."},
                      .note = {"Sak hos kundens brukerstøtte: " + hash(issue)},
                      .fields = {{"Saksnummer hos 2. linje", hash(issue)}}};
  sees(world.eva(), told.bym, message);
  sees(world.nils(), told.hel, message);
  sees(world.per(), issue,
       {.texts = {"Til brukerstøtte 1. linje: saken er meldt til Driftsleverandøren"},
        .note = {"M.1.3.4", kMissing + std::string("Bymiljøetaten, Helseetaten, Skole")}});
  return told;
}

// eva by the status of her ticket, nils and per by a word.
void informed(const World& world, int issue, const Told& told) {
  world.eva().set_status(told.bym, "Under arbeid");
  rig::eventually("that eva has seen it", std::chrono::seconds(20), [&] {
    return world.explain(world.case_of(issue)).find("means \"sett\"") != std::string::npos;
  });
  sees(world.per(), issue, {.note = {"Bymiljøetaten, Helseetaten, Skole"}});
  world.eva().set_status(told.bym, "LØST");
  sees(world.per(), issue,
       {.note = {"M.1.3.5", "Ligger hos Driftsleverandør applikasjon",
                 kMissing + std::string("Helseetaten, Skole")}});
  world.nils().note(told.hel, "/sak informert");
  sees(world.per(), issue, {.note = {kMissing + std::string("Skole")}});
  world.per().note(issue, "/sak informert");
  rig::eventually("that all are informed", std::chrono::seconds(20), [&] {
    const Seen seen = look(world.per(), issue);
    return seen.case_notes.size() == 1 &&
           seen.case_notes.front().find(kMissing) == std::string::npos;
  });
}

void of_general_interest(const World& world, int issue, const Told& told) {
  sees(world.per(), issue,
       {.status = "LØST", .texts = {"Vi har startet tjenesten på nytt."}, .note = {"M.1.3.7"}});
  world.kari().set_field(issue, "Generell interesse", "1");
  const Sight message{.texts = {"Til brukerstøtte 1. linje i alle virksomheter"}};
  sees(world.eva(), told.bym, message);
  sees(world.nils(), told.hel, message);
  sees(world.per(), issue, message);
}

void closed(const World& world, int issue, const rig::RtUser& supplier, int ticket) {
  world.per().note(issue, "/sak bekreftet");
  world.per().set_status(issue, "LUKKET");
  sees(world.per(), issue, {.status = "LUKKET", .note = {"Status LUKKET: M.1 slutt"}});
  sees(supplier, ticket,
       {.status = "lukket",
        .texts = {"Saken er lukket hos kunden (saksnummer " + hash(issue) + ")."},
        .note = {"Status hos kunden: LUKKET"}});
}

Broadcasted walk_with_a_broadcast(const World& world) {
  const std::string subject = "Får ikke logget inn æøå";
  const int issue = taken(world, subject);
  const int ticket = registered_by_operator(world, issue);
  const Told told = told_by_broadcast(world, issue, subject);
  informed(world, issue, told);
  world.solve(ticket, "Vi har startet tjenesten på nytt.");
  of_general_interest(world, issue, told);
  closed(world, issue, world.leif(), ticket);

  // It is told late, and answered when the case is closed.
  world.nils().note(told.hel, "/sak informert");
  sees(world.per(), issue, {.note = {kMissing + std::string("Bymiljøetaten, Skole")}});
  return {issue, ticket, told};
}

void walk_to_an_integrated_system(const World& world) {
  const int issue = taken(world, "Lønnsslippen er tom");
  world.kari().set_field(issue, "Feiltype", "Integrert system");
  sees(world.kari(), issue, {.texts = {"Saken mangler: Fagsystem."}, .note = {"M.1.1.3"}});
  world.kari().set_field(issue, "Fagsystem", "Lønn");
  const int ticket = ticket_of(world.liv(), "Lønn", issue);
  sees(world.kari(), issue,
       {.status = "AVVENTER",
        .note = {"M.1.3.2", "Ligger hos Brukerstøtte 2. linje",
                 "Leverandøren av fagsystemet: " + hash(ticket) + " "},
        .fields = {{"Leverandørens saksnummer", hash(ticket)}}});
  world.kari().note(issue, "/sak info nei", true);
  sees(world.per(), issue, {.note = {"M.1.3.5", "Ligger hos IKT-leverandør for avgivende system"}});
  world.liv().set_status(ticket, "under behandling");
  world.liv().reply(ticket, "Slippen er sendt på nytt.");
  world.liv().set_status(ticket, "løst");
  sees(world.per(), issue,
       {.status = "LØST", .texts = {"Slippen er sendt på nytt."}, .note = {"M.1.3.7"}});
  closed(world, issue, world.liv(), ticket);
}

void expect_each_thing_once_and_nothing_internal(const World& world, const Broadcasted& one) {
  const Seen at_bym = look(world.eva(), one.told.bym);
  EXPECT_EQ(times_seen(at_bym, "Bruk papir til i morgen."), 1);
  EXPECT_EQ(times_seen(at_bym, "i alle virksomheter"), 1);
  EXPECT_EQ(world.eva().find().size(), 1U);
  EXPECT_EQ(world.nils().find().size(), 1U);
  EXPECT_EQ(times_seen(look(world.kari(), one.issue), "Skal 1. linje informeres"), 1);
  sees_nothing_of(world.per(), one.issue, {kInternal});
  sees_nothing_of(world.eva(), one.told.bym, {kInternal, "Driftsleverandøren: ", "Helseetaten"});
  sees_nothing_of(world.leif(), one.ticket,
                  {kInternal, "Bruk papir", "/sak videresend", "Melding til virksomheten"});
}

// shows M.1.1.2, M.1.1.3, M.1.3.1, M.1.3.2, M.1.3.3, M.1.3.4, M.1.3.5, M.1.3.6, M.1.3.7, M.1 slutt
TEST(M13Technical, TellsAllFirstLinesAndGoesToTheSupplierOfAnIntegratedSystem) {
  World world({.build = rig::Build::released, .others = "2s", .by_group = true});
  world.saksbro->start();
  Broadcasted told;
  at_once(
      {[&] { told = walk_with_a_broadcast(world); }, [&] { walk_to_an_integrated_system(world); }});
  world.settled();
  expect_each_thing_once_and_nothing_internal(world, told);
  EXPECT_EQ(world.leif().find("Queue = 'Leveranse'").size(), 1U);
  EXPECT_THAT(world.bro_in_rt().find("Queue = 'Skatt'"), IsEmpty());
  world.expect_a_silent_log({kInternal, "Bruk papir", "Feilmelding 4711"});
}

}  // namespace
}  // namespace saksbro::e2e
