// M.2, cases that the operator reports: faults in the application, and in the infrastructure.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/sees.h"
#include "tests/e2e/world.h"

namespace saksbro::e2e {
namespace {

using testing::HasSubstr;

std::string hash(int number) { return "#" + std::to_string(number); }

// Both parties have the other's number.
int opened(const World& world, int ticket) {
  const int issue = world.opened_at_desk(ticket);
  sees(world.leif(), ticket,
       {.texts = {"Saken er registrert hos oss med saksnummer " + hash(issue)},
        .note = {"Sak hos kundens brukerstøtte: " + hash(issue)},
        .fields = {{"Kundens saksnummer", hash(issue)}}});
  sees(world.per(), issue,
       {.texts = {"Meldt av driftsleverandør, sak " + hash(ticket)},
        .note = {"Driftsleverandøren: " + hash(ticket) + " ", "Alvorlighet: ", "Feilkategori: "},
        .fields = {{"Leverandørens saksnummer", hash(ticket)}}});
  return issue;
}

void told_as_closed(const World& world, int issue, int ticket) {
  sees(world.per(), issue, {.status = "LUKKET", .note = {"Status LUKKET: "}});
  sees(world.leif(), ticket,
       {.status = "lukket",
        .texts = {"Saken er lukket hos kunden (saksnummer " + hash(issue) + ")."},
        .note = {"Status hos kunden: LUKKET"}});
}

void walk_to_a_later_version(const World& world) {
  const int ticket = world.leif().open(
      "Leveranse", "Rapporten er treg", "Den tar en time.",
      {{"Alvorlighet", "C - mindre"}, {"Feilkategori", "Teknisk applikasjonsfeil"}});
  const int issue = opened(world, ticket);
  sees(world.kari(), issue,
       {.status = "Under arbeid",
        .texts = {"Skal sluttbrukerne informeres?"},
        .note = {"M.2.1.6", "Ligger hos Brukerstøtte 2. linje", "/sak info ja <melding"}});
  world.kari().note(issue, "Jeg tror ikke på en time.\n/sak info ja Bestill rapporten kvelden før.",
                    true);
  const int bym = issue_of(world.eva(), "Til 1. linje: Rapporten er treg");
  sees(world.eva(), bym, {.texts = {"Bestill rapporten kvelden før."}});
  sees(world.nils(), issue_of(world.nils(), "Til 1. linje: Rapporten er treg"),
       {.texts = {"Bestill rapporten kvelden før."}});
  sees(world.per(), issue,
       {.status = "AVVENTER", .texts = {"Bestill rapporten kvelden før."}, .note = {"M.2.1.7"}});
  world.leif().reply(ticket, "/sak senere-versjon 7.3");
  const Sight solved{.texts = {"rettes i en senere versjon: 7.3"}};
  sees(world.eva(), bym, solved);
  sees(world.per(), issue, solved);
  sees(world.per(), issue, {.status = "LØST", .note = {"M.2.1.10"}});
  world.per().note(issue, "/sak lukk");
  told_as_closed(world, issue, ticket);
  EXPECT_EQ(world.saksbro->verb({"version", "announce", "7.3"}).exit_code, 0);
  sees(world.per(), issue, {.texts = {"Versjon 7.3, som løser saken " + hash(issue)}});
  sees_nothing_of(world.leif(), ticket, {"Jeg tror ikke", "Bestill rapporten"});
}

// The alert is acknowledged by the link in it, as the duty officer does from a phone.
void acknowledged(const World& world, int issue) {
  const auto posted =
      *rig::eventually("the alert", std::chrono::seconds(20), [&]() -> std::optional<std::string> {
        const auto all = world.alerts.posted();
        return all.empty() ? std::nullopt : std::optional(all.front().body);
      });
  const std::string text = nlohmann::json::parse(posted).at("text");
  EXPECT_THAT(letter(world.mail, "vakt@kommune.test", "Databasen er nede").subject,
              HasSubstr("Kritisk feil meldt av driftsleverandør"));
  EXPECT_THAT(press(link_after(text, "eller her: ")), HasSubstr("Takk, svaret er registrert."));
  rig::eventually("that the alert is acknowledged", std::chrono::seconds(20), [&] {
    return world.explain(world.case_of(issue)).find("means \"kvittert\"") != std::string::npos;
  });
}

void walk_with_the_mark_that_users_must_be_told(const World& world) {
  const int ticket = world.leif().open("Leveranse", "Databasen er nede", "Den svarer ikke.",
                                       {{"Alvorlighet", "A - kritisk"},
                                        {"Feilkategori", "Databasefeil"},
                                        {"Sluttbrukere må informeres", "ja"}});
  const int issue = opened(world, ticket);
  sees(world.per(), issue,
       {.status = "AVVENTER", .note = {"M.2.2.7", "informert: Bymiljøetaten, Helseetaten, Skole"}});
  EXPECT_EQ(times_seen(look(world.kari(), issue), "Skal sluttbrukerne informeres?"), 0);
  acknowledged(world, issue);
  EXPECT_EQ(world.desk().issue(issue).at("priority").at("name"), "Immediate");
  sees(world.kari(), issue,
       {.texts = {"svarte «kvittert» med lenken fra Saksbro."},
        .fields = {{"Alvorlighet", "A - kritisk"}, {"Feilkategori", "Databasefeil"}}});
  const int bym = issue_of(world.eva(), "Til 1. linje: Databasen er nede");
  letter(world.mail, "brukerstotte@ude.test", "Til 1. linje: Databasen er nede");
  const Letter to_hel =
      letter(world.mail, "brukerstotte@hel.test", "Til 1. linje: Databasen er nede");
  EXPECT_THAT(to_hel.text, HasSubstr("Alvorlighet: kritisk"));
  EXPECT_THAT(to_hel.text, HasSubstr("Sak hos brukerstøtte 2. linje: " + hash(issue)));
  press(link_after(to_hel.text, "Eller her: "));
  sees(world.per(), issue, {.note = {"informert: Bymiljøetaten, Skole"}});
  world.eva().set_status(bym, "Under arbeid");
  world.eva().set_status(bym, "LØST");
  sees(world.per(), issue, {.note = {"informert: Skole"}});
  world.solve(ticket, "Disken er byttet.");
  sees(world.kari(), issue, {.status = "LØST", .note = {"M.2.2.8"}});
  sees(world.eva(), bym, {.texts = {"Disken er byttet."}});
  letter(world.mail, "brukerstotte@hel.test", "Løst: Databasen er nede");
  world.kari().set_status(issue, "LUKKET");
  sees(world.kari(), issue, {.status = "LUKKET", .note = {"M.2.2.9"}});
  told_as_closed(world, issue, ticket);
  sees_nothing_of(world.leif(), ticket, {"Melding til virksomheten", "brukerstotte@"});
}

void walk_where_nobody_is_told(const World& world) {
  const int ticket =
      world.leif().open("Leveranse", "Sikkerhetskopien feilet", "I natt.",
                        {{"Alvorlighet", "C - mindre"}, {"Feilkategori", "Backupfeil"}});
  const int issue = opened(world, ticket);
  sees(
      world.kari(), issue,
      {.status = "Under arbeid", .texts = {"Skal sluttbrukerne informeres?"}, .note = {"M.2.2.6"}});
  world.kari().note(issue, "/sak info nei", true);
  sees(world.per(), issue, {.status = "AVVENTER", .note = {"M.2.2.7"}});
}

// shows M.2.1.1, M.2.1.2, M.2.1.3, M.2.1.4, M.2.1.5, M.2.1.6, M.2.1.7, M.2.1.8, M.2.1.9, M.2.1.10
// shows M.2.2.1, M.2.2.2, M.2.2.3, M.2.2.4, M.2.2.5, M.2.2.6, M.2.2.6 påtegnet, M.2.2.7, M.2.2.8
// shows M.2.2.9, M.2 slutt
TEST(M2FromTheOperator, GoesToTheDeskAndToAllFirstLines) {
  World world({.build = rig::Build::released, .others = "2s"});
  world.saksbro->start();
  at_once({[&] { walk_to_a_later_version(world); },
           [&] { walk_with_the_mark_that_users_must_be_told(world); },
           [&] { walk_where_nobody_is_told(world); }});
  world.settled();
  EXPECT_EQ(world.alerts.posted().size(), 1U) << "one of the three was critical";
  EXPECT_EQ(world.desk().find().size(), 3U);
  world.expect_a_silent_log({"Bestill rapporten", "brukerstotte@hel.test"});
}

}  // namespace
}  // namespace saksbro::e2e
