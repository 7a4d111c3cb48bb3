// M.1.3 and M.2.1 with an operator that has no tracker: it reads and writes mails.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/sees.h"
#include "tests/e2e/world.h"

namespace saksbro::e2e {
namespace {

using testing::HasSubstr;

std::string hash(int number) { return "#" + std::to_string(number); }

void writes(const World& world, const std::string& head, const std::string& text) {
  world.mail.send(kOperatorsAddress, kOperatorsMailbox,
                  "From: Vakt Drift <" + std::string(kOperatorsAddress) +
                      ">\nTo: " + kOperatorsMailbox + "\n" + head +
                      "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
                      "Content-Transfer-Encoding: 8bit\n\n" +
                      text + "\n");
}

void answers(const World& world, const Letter& to, const std::string& text) {
  writes(world, "Subject: Sv: " + to.subject + "\nIn-Reply-To: <" + to.message_id + ">\n", text);
}

Letter gets(const World& world, const std::string& part) {
  return letter(world.mail, kOperatorsAddress, part);
}

Letter forwarded_by_mail(const World& world, int issue) {
  world.take_and_forward(issue);
  const Letter sent = gets(world, "Vårt saksnummer: " + hash(issue));
  EXPECT_THAT(sent.text, HasSubstr("Saksnummer: <deres saksnummer>"));
  EXPECT_EQ(sent.text.find("Vårt saksnummer"), sent.text.rfind("Vårt saksnummer")) << sent.text;
  sees(world.per(), issue,
       {.status = "AVVENTER", .note = {"M.1.3.1", "Driftsleverandøren: (uten eget saksnummer)"}});
  return sent;
}

void walk_of_m1(const World& world) {
  const int issue = world.register_issue("Faktura feiler");
  const Letter sent = forwarded_by_mail(world, issue);
  answers(world, sent, "Saksnummer: INC0099\n\nVi ser på det.");
  sees(world.kari(), issue,
       {.texts = {"har registrert saken som INC0099", "Svar fra Driftsleverandøren (INC0099)"},
        .note = {"M.1.3.2", "Driftsleverandøren: INC0099"},
        .fields = {{"Leverandørens saksnummer", "INC0099"}}});
  EXPECT_THAT(world.explain("INC0099"), HasSubstr(world.case_of(issue)));
  // A colleague who stands in no list answers as well: read at the desk, and no answer.
  world.mail.send(kOperatorsAddress, kOperatorsMailbox,
                  "From: Kollega <kollega@drift.test>\nTo: " + std::string(kOperatorsMailbox) +
                      "\nSubject: Sv: noe\nIn-Reply-To: <" + sent.message_id +
                      ">\n\n/sak løst Jeg tar den.\n");
  sees(world.kari(), issue, {.texts = {"Kollega har skrevet i tråden med Driftsleverandøren"}});
  world.kari().note(issue, "/sak info nei", true);
  sees(world.per(), issue, {.note = {"M.1.3.5"}});
  answers(world, sent, "/sak løst Startet tjenesten på nytt.");
  sees(world.per(), issue, {.status = "LØST", .texts = {"Startet tjenesten på nytt."}});
  world.per().note(issue, "/sak ikke løst Samme feil i dag.");
  sees(world.per(), issue, {.status = "Under arbeid", .note = {"M.1.1.3"}});
  world.kari().note(issue, "/sak videresend drift", true);
  const Letter again = gets(world, "Samme feil i dag.");
  answers(world, again, "/sak senere-versjon 7.3");
  sees(world.per(), issue, {.status = "LØST", .texts = {"løses i en senere versjon: 7.3"}});
  EXPECT_THAT(world.saksbro->verb({"version"}).output, HasSubstr("7.3  waits: "));
  world.per().note(issue, "/sak lukk");
  sees(world.per(), issue, {.status = "LUKKET"});
  gets(world, "Saken er lukket hos kunden (saksnummer " + hash(issue) + ").");
}

void walk_of_m2(const World& world) {
  writes(world,
         "Subject: Kjøringen stopper [Alvorlighet: A - kritisk]\nMessage-ID: <inc@drift.test>\n",
         "Kategori: Teknisk applikasjonsfeil\nSaksnummer: INC0100\n\nKøen er full.");
  const Letter registered = gets(world, "Saken er registrert hos oss med saksnummer #");
  const int issue = issue_of(world.kari(), "Kjøringen stopper [Alvorlighet: A - kritisk]");
  EXPECT_THAT(registered.text, HasSubstr(hash(issue)));
  sees(world.kari(), issue,
       {.texts = {"Skal sluttbrukerne informeres?"},
        .note = {"M.2.1.6", "Driftsleverandøren: INC0100"},
        .fields = {{"Leverandørens saksnummer", "INC0100"}}});
  EXPECT_THAT(letter(world.mail, "vakt@kommune.test", "Kjøringen stopper").text,
              HasSubstr("INC0100"));
  world.kari().note(issue, "/sak info nei", true);
  sees(world.per(), issue, {.note = {"M.2.1.7"}});
  answers(world, registered, "Løst: køen er tømt.");
  sees(world.per(), issue, {.status = "LØST", .texts = {"køen er tømt"}, .note = {"M.2.1.10"}});
  world.per().note(issue, "/sak lukk");
  sees(world.per(), issue, {.status = "LUKKET"});
  gets(world, "Saken er lukket hos kunden (saksnummer " + hash(issue) + ").");
}

// shows M.1.3.1, M.1.3.2, M.1.3.5, M.1.3.7, M.2.1.3, M.2.1.4, M.2.1.5, M.2.1.7
TEST(AnOperatorWithMailOnly, PlaysEveryPart) {
  World world({.build = rig::Build::released, .others = "2s", .operator_by_mail = true});
  world.saksbro->start();
  at_once({[&] { walk_of_m1(world); }, [&] { walk_of_m2(world); }});
  world.settled();
  EXPECT_EQ(world.saksbro->verb({"outbox"}).output,
            "Nothing waits, and there are no dead letters.\n");
  world.expect_a_silent_log({"Vi ser på det", kOperatorsAddress});
}

}  // namespace
}  // namespace saksbro::e2e
