// M.1 as 1st line has it: a mail from an end user, what it solves itself, what it may not do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/sees.h"
#include "tests/e2e/world.h"

namespace saksbro::e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kEndUser = "ase@ude.test";

void write_mail(const World& world, const std::string& head, const std::string& text) {
  world.mail.send(kEndUser, "saker@kommune.test",
                  "From: =?utf-8?Q?=C3=85se_=C3=98deg=C3=A5rd?= <" + std::string(kEndUser) +
                      ">\nTo: saker@kommune.test\n" + head +
                      "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
                      "Content-Transfer-Encoding: 8bit\n\n" +
                      text + "\n");
}

void walk_by_mail(const World& world) {
  write_mail(world, "Subject: Glemt passord\nMessage-ID: <glemt@ude.test>\n",
             "Jeg får ikke logget inn, æøå.");
  const int issue = issue_of(world.per(), "Glemt passord");
  sees(world.per(), issue,
       {.status = "Ny",
        .texts = {"Jeg får ikke logget inn, æøå.", "Meldt av Åse Ødegård per e-post"},
        .note = {"M.1.1.2", "Mangler: Eier i 1. linje\n"},
        .fields = {{"Sluttbruker", "Åse Ødegård"}, {"Sluttbrukers e-post", kEndUser}}});
  // The end user gets the case's number, and what he writes next stands where 1st line reads it.
  const Letter registered = letter(
      world.mail, kEndUser,
      "Vi har registrert saken «Glemt passord» med saksnummer #" + std::to_string(issue) + ".");
  write_mail(world,
             "Subject: Sv: Glemt passord\nMessage-ID: <haster@ude.test>\nIn-Reply-To: <" +
                 registered.message_id + ">\n",
             "Det haster veldig.");
  sees(world.per(), issue, {.texts = {"Det haster veldig."}});
  world.per().note(issue, "/sak løst Passordet er nullstilt.");
  sees(world.per(), issue, {.status = "LØST", .note = {"M.1.2.4"}});
  const Letter asked = letter(world.mail, kEndUser, "skal være løst");
  EXPECT_THAT(asked.text, AllOf(HasSubstr("Passordet er nullstilt."), HasSubstr("Ja, det virker")));
  write_mail(world,
             "Subject: Sv: Glemt passord\nMessage-ID: <svar@ude.test>\nIn-Reply-To: <" +
                 asked.message_id + ">\n",
             "Ja, det virker.\n\nDen ons. 25. nov. 2026 kl. 10:05 skrev Brukerstøtte:\n> Nei?");
  sees(world.per(), issue, {.note = {"M.1.2.6", "Ligger hos Brukerstøtte 1. linje"}});
  world.per().set_status(issue, "LUKKET");
  sees(world.per(), issue, {.status = "LUKKET", .note = {"M.1 slutt"}});
}

void walk_to_the_internal_network(const World& world) {
  const int issue =
      world.per().open("Nettet er nede", "I hele bygget.",
                       {{"Virksomhet", "Skole"}, {"Eiers e-post", "per@kommune.test"}});
  world.kari().set_status(issue, "Under arbeid");
  world.kari().note(issue, "/sak internt nettverk", true);
  sees(world.per(), issue,
       {.status = "AVVENTER",
        .texts = {"» skyldes virksomhetens interne nettverk."},
        .note = {"M.1.1.3 retur", "Ligger hos Brukerstøtte 1. linje", "/sak løst"}});
  letter(world.mail, "per@kommune.test", "feil i internt nettverk");
  world.per().note(issue, "/sak løst Kabelen er byttet.");
  sees(world.per(), issue, {.status = "LØST", .note = {"M.1.2.4"}});
  world.per().note(issue, "/sak overlevert");
  sees(world.per(), issue, {.note = {"M.1.2.5"}});
}

// 1st line may neither contact a supplier nor use Feilmelding: said, undone, and listed.
void two_moves_that_are_not_first_lines(const World& world) {
  const int issue = world.per().open("Skriveren står", "Den blinker.", {{"Virksomhet", "Skole"}});
  sees(world.per(), issue, {.note = {"M.1.1.2"}});
  world.per().note(issue, "/sak videresend drift");
  sees(world.per(), issue,
       {.status = "Ny",
        .note = {"/sak videresend drift er ikke et trekk som rutinen tillater nå. Saken står "
                 "fortsatt i M.1.1.2."}});
  sees(world.kari(), issue,
       {.texts = {"Bare Brukerstøtte 2. linje kan bruke «/sak videresend drift» nå (M.1.1.2)."}});
  world.per().set_field(issue, "Type henvendelse", "Feilmelding");
  sees(world.per(), issue, {.fields = {{"Type henvendelse", ""}}});
  sees(world.per(), issue,
       {.texts = {"Type henvendelse = «Feilmelding» er tatt tilbake: bare brukerstøtte 2. linje "
                  "melder en feil som Feilmelding."}});
  const auto listed = world.saksbro->verb({"deviations"}).output;
  EXPECT_THAT(listed, AllOf(HasSubstr("/sak videresend drift (\"teknisk feil\") by 1st line"),
                            HasSubstr("Type henvendelse = \"Feilmelding\"")));
  EXPECT_EQ(std::count(listed.begin(), listed.end(), '\n'), 3) << listed;  // and whose clock it is
}

// shows M.1.1.1, M.1.1.2, M.1.1.3, M.1.1.3 retur, M.1.2.4, M.1.2.5, M.1.2.6, M.1 slutt
TEST(M11FirstLine, TakesMailsSolvesItselfAndIsHeldToTheRoutine) {
  World world({.build = rig::Build::released, .others = "2s"});
  world.saksbro->start();
  at_once({[&] { walk_by_mail(world); }, [&] { walk_to_the_internal_network(world); },
           [&] { two_moves_that_are_not_first_lines(world); }});
  world.settled();
  EXPECT_TRUE(world.leif().find("Queue = 'Leveranse'").empty()) << "nothing went out";
  EXPECT_EQ(world.desk().find().size(), 3U);
  world.expect_a_silent_log({"Ødegård", kEndUser, "Passordet er nullstilt"});
}

}  // namespace
}  // namespace saksbro::e2e
