// M.1.2, functional faults: the routine as the people of each party see it in their own trackers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/sees.h"
#include "tests/e2e/world.h"

namespace saksbro::e2e {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kOwner = "per@kommune.test";
constexpr const char* kEndUser = "ase@ude.test";
// The public example of Skatteetaten.
constexpr const char* kPersonalNumber = "31129956715";
// What 2nd line writes to itself.
constexpr const char* kInternal = "Ligner på det som Ola rotet til i mai.";

struct Pair {  // the two tickets of a case
  int issue = 0;
  int ticket = 0;
};

std::string hash(int number) { return "#" + std::to_string(number); }

// per registers, with owner and end user filled in; kari takes it and sends it to 3rd line.
int sent_to_third_line(const World& world, const std::string& subject) {
  const int issue =
      world.per().open(subject, "Summen blir feil for " + std::string(kPersonalNumber) + ".",
                       {{"Virksomhet", "Skole"},
                        {"Sluttbruker", "Åse Ødegård"},
                        {"Sluttbrukers e-post", kEndUser},
                        {"Eier 1. linje", "Per Innmelder"},
                        {"Eiers e-post", kOwner}});
  sees(world.per(), issue,
       {.status = "Ny",
        .note = {"Status NY: M.1.1.2 Løser saken / legger inn saken",
                 "Ligger hos Brukerstøtte 1. linje siden", "Mulige svar: "}});
  world.kari().set_status(issue, "Under arbeid");
  sees(world.per(), issue,
       {.note = {"Status UNDER ARBEID: M.1.1.3", "Ligger hos Brukerstøtte 2. linje"}});
  world.kari().note(issue, std::string(kInternal) + "\n/sak videresend 3. linje", true);
  return issue;
}

int received_by_third_line(const World& world, int issue) {
  const int ticket = ticket_of(world.tor(), "Tredjelinje", issue);
  sees(world.tor(), ticket,
       {.status = "ny",
        .texts = {"Summen blir feil for ***********.", "Vårt saksnummer: " + hash(issue)},
        .note = {"Status hos kunden: AVVENTER", "Sak hos kundens brukerstøtte: " + hash(issue),
                 "Denne saken: " + hash(ticket) + " "}});
  sees(world.per(), issue,
       {.status = "AVVENTER",
        .note = {"M.1.2.2", "Ligger hos Brukerstøtte 3. linje",
                 "Brukerstøtte 3. linje: " + hash(ticket) + " "},
        .fields = {{"Leverandørens saksnummer", hash(ticket)}}});
  return ticket;
}

void solved_by_third_line(const World& world, int ticket, const std::string& how) {
  world.tor().set_status(ticket, "under behandling");
  world.tor().reply(ticket, how);
  world.tor().set_status(ticket, "løst");
}

void closed_by_per(const World& world, int issue, int ticket) {
  world.per().set_status(issue, "LUKKET");
  sees(world.per(), issue, {.status = "LUKKET", .note = {"Status LUKKET: M.1 slutt"}});
  sees(world.tor(), ticket,
       {.status = "lukket",
        .texts = {"Saken er lukket hos kunden (saksnummer " + hash(issue) + ")."},
        .note = {"Status hos kunden: LUKKET"}});
}

// The end user has not confirmed yet: the routine takes the status back, and Redmine allows it.
void closed_too_early(const World& world, int issue) {
  world.per().set_status(issue, "LUKKET");
  sees(world.per(), issue, {.status = "LØST", .note = {"M.1.2.4"}});
}

Pair walk_to_the_end(const World& world) {
  const int issue = sent_to_third_line(world, "Feil sum i faktura");
  const int ticket = received_by_third_line(world, issue);
  world.tor().reply(ticket, "Vi ser på beregningen.");
  sees(world.kari(), issue,
       {.texts = {"Svar fra Brukerstøtte 3. linje (" + hash(ticket) + "):\n\nVi ser på"}});
  sees_nothing_of(world.per(), issue, {"Vi ser på beregningen", kInternal});
  solved_by_third_line(world, ticket, "Beregningen er rettet, æøå.");

  sees(world.per(), issue,
       {.status = "LØST",
        .texts = {"Løsning på saken " + hash(issue) + ":\n\nBeregningen er rettet, æøå."},
        .note = {"M.1.2.4", "Ligger hos Brukerstøtte 1. linje"}});
  EXPECT_THAT(letter(world.mail, kOwner, "Saken " + hash(issue) + " er løst").text,
              HasSubstr("Beregningen er rettet, æøå."));
  EXPECT_EQ(letter(world.mail, kEndUser, "Beregningen er rettet").subject,
            "Er saken løst? Feil sum i faktura");
  closed_too_early(world, issue);
  world.per().note(issue, "/sak overlevert");
  sees(world.per(), issue, {.note = {"M.1.2.5", "Ligger hos Sluttbruker"}});
  world.per().note(issue, "/sak bekreftet Hun er fornøyd.");
  sees(world.per(), issue, {.note = {"M.1.2.6", "Mulige svar: /sak lukk"}});
  closed_by_per(world, issue, ticket);
  return {issue, ticket};
}

Pair walk_to_a_later_version(const World& world) {
  const int issue = sent_to_third_line(world, "Feil i utskrift");
  const int ticket = received_by_third_line(world, issue);
  world.tor().reply(ticket, "/sak senere-versjon 7.2");
  sees(world.per(), issue,
       {.status = "LØST",
        .texts = {"løses i en senere versjon: 7.2. Det er ingenting å bekrefte."},
        .note = {"M.1.2.4"}});
  EXPECT_EQ(letter(world.mail, kOwner, "løses i en senere versjon: 7.2").subject,
            "Saken " + hash(issue) + " løses i en senere versjon: Feil i utskrift");
  closed_by_per(world, issue, ticket);
  world.kari().close_version("7.2");
  const std::string out = "Versjon 7.2, som løser saken " + hash(issue);
  sees(world.per(), issue, {.status = "LUKKET", .texts = {out}});
  EXPECT_EQ(letter(world.mail, kOwner, out).subject, "Versjon 7.2 er ute: Feil i utskrift");
  for (const Letter& one : letters(world.mail, kEndUser))
    EXPECT_THAT(one.subject, Not(HasSubstr("Feil i utskrift"))) << "there is nothing to confirm";
  return {issue, ticket};
}

// After the end: by the end user's word, and by 2nd line, which takes it.
void reopened_twice(const World& world, int issue) {
  world.per().note(issue, "/sak ikke løst Den er tom igjen.");
  sees(world.per(), issue,
       {.status = "Under arbeid",
        .texts = {"Sluttbruker melder at saken ikke er løst: Den er tom igjen."},
        .note = {"M.1.1.3"}});
  world.kari().note(issue, "/sak løst Malen er låst.");
  sees(world.per(), issue, {.status = "LØST", .texts = {"Malen er låst."}, .note = {"M.1.2.4"}});
  world.per().note(issue, "/sak bekreftet");
  world.per().note(issue, "/sak lukk");
  sees(world.per(), issue, {.status = "LUKKET", .note = {"Status LUKKET: M.1 slutt"}});
  world.kari().set_status(issue, "Under arbeid");
  sees(world.per(), issue, {.status = "Under arbeid", .note = {"M.1.1.3"}});
}

void walk_back_and_forth(const World& world) {
  const int issue = sent_to_third_line(world, "Feil i rapport");
  const int ticket = received_by_third_line(world, issue);
  solved_by_third_line(world, ticket, "Malen er byttet.");
  sees(world.per(), issue, {.status = "LØST", .texts = {"Malen er byttet."}});
  world.per().note(issue, "/sak ikke løst Fortsatt feil på side to.");
  sees(world.per(), issue,
       {.status = "Under arbeid",
        .texts = {"Sluttbruker melder at saken ikke er løst: Fortsatt feil på side to."},
        .note = {"M.1.1.3", "Ligger hos Brukerstøtte 2. linje"}});
  world.kari().note(issue, "/sak videresend 3. linje", true);
  sees(world.tor(), ticket,
       {.status = "under behandling",
        .texts = {
            "Kunden melder at saken ikke er løst (" + hash(issue) + ")",
            "Saken er sendt til dere på nytt (" + hash(issue) + "). Fortsatt feil på side to."}});
  world.kari().note(issue, std::string(kInternal) + "\n/sak si leverandør Haster det? Ring oss.",
                    true);
  sees(world.tor(), ticket,
       {.texts = {"(Brukerstøtte 2. linje) (" + hash(issue) + "):\n\nHaster det? Ring oss."}});
  sees(world.per(), issue, {.status = "AVVENTER", .note = {"M.1.2.2"}});
  // The solution stands in its own field, and the reply is a pleasantry.
  world.tor().set_field(ticket, "Løsning", "Side to er rettet.");
  solved_by_third_line(world, ticket, "Takk for samarbeidet.");
  sees(
      world.per(), issue,
      {.status = "LØST", .texts = {"Løsning på saken " + hash(issue) + ":\n\nSide to er rettet."}});
  sees_nothing_of(world.per(), issue, {"Takk for samarbeidet"});

  // The end user confirms by the link in his mail.
  const Letter asked = letter(world.mail, kEndUser, "Side to er rettet.");
  EXPECT_THAT(press(link_after(asked.text, "Ja, det virker nå: ")),
              HasSubstr("Takk, svaret er registrert."));
  sees(
      world.per(), issue,
      {.texts = {"(Sluttbruker) svarte «bekreftet» med lenken fra Saksbro."}, .note = {"M.1.2.6"}});
  closed_by_per(world, issue, ticket);
  reopened_twice(world, issue);
}

// shows M.1.1.1, M.1.1.2, M.1.1.3, M.1.2.1, M.1.2.2, M.1.2.3, M.1.2.4, M.1.2.5, M.1.2.6, M.1 slutt
TEST(M12Functional, GoesToThirdLineAndBackToTheEndUserNowOrInALaterVersionOrAgain) {
  World world({.build = rig::Build::released, .others = "2s", .versions = true});
  world.saksbro->start();
  Pair solved;
  Pair later;
  at_once({[&] { solved = walk_to_the_end(world); },
           [&] { later = walk_to_a_later_version(world); }, [&] { walk_back_and_forth(world); }});
  world.settled();
  EXPECT_EQ(times_seen(look(world.per(), solved.issue), "Løsning på saken"), 1);
  EXPECT_EQ(times_seen(look(world.per(), later.issue), "er ute. Til brukerstøtte"), 1);
  EXPECT_EQ(times_seen(look(world.tor(), solved.ticket), "Saken er lukket hos kunden"), 1);
  sees_nothing_of(
      world.tor(), solved.ticket,
      {kInternal, "/sak videresend", kPersonalNumber, "Ødegård", kEndUser, "UNDER ARBEID"});
  EXPECT_EQ(world.tor().find("Queue = 'Tredjelinje'").size(), 3U);
  EXPECT_EQ(world.desk().find().size(), 3U);
  world.expect_a_silent_log({kInternal, kPersonalNumber, "Ødegård", kEndUser, "Summen blir feil"});
}

}  // namespace
}  // namespace saksbro::e2e
