// What is not done, and why, is told whole in the language that was asked for; and a ticket that no
// case has says why.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/records/phrase_record.h"
#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/cli/one_case.h"

namespace saksbro::cli {
namespace {

using testing::HasSubstr;

Phrase not_sent() {
  return {"{call} was not sent: {why}",
          {{"call", "PUT /issues/17.json"}, {"why", Phrase("Couldn't connect to server", {})}}};
}

Phrase forbidden() {
  return {"{call}: RT answered {status}. Has the bridge's user the right {right} in this queue?",
          {{"call", "POST /ticket"}, {"status", "403"}, {"right", "CreateTicket"}}};
}

Phrase no_json() {
  return {"{where}: {why}",
          {{"where", "operator: webhook"},
           {"why",
            Phrase("no valid JSON at line {line}, byte {byte}", {{"line", "1"}, {"byte", "7"}})}}};
}

core::Issued comment_on_17(const std::string& key, const SystemName& to) {
  return {
      {IdempotencyKey{key}, to, AddComment{RemoteKey{"17"}, "Hei", "[x]", Visibility::internal}},
      "",
      {"an internal comment is written in {system}", {{"system", to}}},
      "mappings/m1.yaml:41"};
}

class InTwoLanguages : public CommandLine {
 protected:
  void prepare() {
    auto store = *store::open_sqlite(folder_.file("saksbro.db"), store::Use::command, kNoon);
    auto tx = *store->begin();
    ASSERT_TRUE(
        tx->inbox().receive({kOperator, DeliveryId{"hook-9"}, DeliveryKind::webhook, kNoon, "{}"}));
    ASSERT_TRUE(tx->inbox().parked(1, no_json(), kNoon));
    look_at_99(*tx);
    ASSERT_TRUE(tx->outages().set({kDesk, kNoon, not_sent(), std::nullopt}));
    for (const SystemName& to : {kDesk, kOperator})
      ASSERT_TRUE(tx->outbox().append(std::nullopt, 1, kNoon, comment_on_17("k/" + to.text(), to)));
    ASSERT_TRUE(tx->outbox().later(claimed(*tx, kDesk), not_sent(), kNoon, kFarOff, std::nullopt));
    ASSERT_TRUE(tx->outbox().dead(claimed(*tx, kOperator), forbidden(), kNoon));
    ASSERT_TRUE(tx->commit());
  }

 private:
  static void look_at_99(store::Transaction& tx) {
    ASSERT_TRUE(tx.inbox().receive({kDesk, DeliveryId{"99@1"}, DeliveryKind::answer, kNoon, "{}"}));
    const Phrases because{
        {"Nothing to do: ticket {ticket} was registered before Saksbro began here.",
         {{"ticket", "#99"}}}};
    ASSERT_TRUE(tx.inbox().handled(2, records::write(because), kNoon));
    ASSERT_TRUE(
        tx.inbox().receive({kDesk, DeliveryId{"199@1"}, DeliveryKind::answer, kNoon, "{}"}));
    const Phrases other{{"Ignored: ticket {ticket} is already closed.", {{"ticket", "#199"}}}};
    ASSERT_TRUE(tx.inbox().handled(3, records::write(other), kNoon));
  }
};

TEST_F(InTwoLanguages, TheOutboxIsWholeInNorwegian) {
  prepare();
  EXPECT_EQ(
      say({"outbox", "--lang", "nb"}).out,
      "desk har vært utilgjengelig siden 2026-11-23 13:00:00: PUT /issues/17.json ble "
      "ikke sendt: fikk ikke forbindelse med tjeneren\n"
      "1      venter                        desk        en intern kommentar skrives hos desk: "
      "PUT /issues/17.json ble ikke sendt: fikk ikke forbindelse med tjeneren\n"
      "2      lot seg ikke gjøre                   operator    en intern kommentar skrives hos "
      "operator: POST /ticket: RT svarte 403. Har Saksbros bruker rettigheten CreateTicket i "
      "denne køen?\n"
      "melding 1 fra operator er satt til side: operator: webhook: ikke gyldig JSON i linje "
      "1, byte 7\n");
}

TEST_F(InTwoLanguages, TheOutboxIsWholeInEnglish) {
  prepare();
  const std::string told = say({"outbox", "--lang", "en"}).out;
  EXPECT_THAT(told, HasSubstr("PUT /issues/17.json was not sent: Couldn't connect to server\n"));
  EXPECT_THAT(told, HasSubstr("POST /ticket: RT answered 403. Has the bridge's user the right "
                              "CreateTicket in this queue?\n"));
  EXPECT_THAT(told, HasSubstr("operator: webhook: no valid JSON at line 1, byte 7\n"));
}

TEST_F(InTwoLanguages, ProgramsReadReasonsInEnglish) {
  prepare();
  const std::string told = say({"outbox", "--json", "--lang", "nb"}).out;
  EXPECT_THAT(told, HasSubstr(R"("why":"operator: webhook: no valid JSON at line 1, byte 7")"));
  EXPECT_THAT(told, HasSubstr(R"("why":"PUT /issues/17.json was not sent: )"));
}

TEST_F(InTwoLanguages, ATicketThatNoCaseHasSaysWhy) {
  prepare();
  const std::string nb =
      "#99 hører ikke til noen sak. Avgjørelser om den, nyeste først:\n\n"
      "2026-11-23 13:00:00  et svar fra desk\n"
      "    Ingenting å gjøre: #99 ble registrert før Saksbro begynte her.\n\n"
      "Klokkeslett er etter Europe/Oslo.\n";
  const Said said = say({"explain", "#99", "--lang", "nb"});
  EXPECT_EQ(said.out, nb);
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(
      say({"explain", "99", "--lang", "en"}).out,
      HasSubstr("    Nothing to do: ticket #99 was registered before Saksbro began here.\n"));
  EXPECT_EQ(say({"explain", "9", "--lang", "en"}).err,
            "no case and no ticket of a case has the number \"9\"\n")
      << "a part of a number is none";
}

TEST_F(InTwoLanguages, ATicketThatNoCaseHasIsToldToPrograms) {
  prepare();
  EXPECT_EQ(
      say({"explain", "#99", "--json"}).out,
      R"({"events":[{"at":"2026-11-23T12:00:00.000Z","because":"Nothing to do: ticket #99 was )"
      R"(registered before Saksbro began here.","delivery":"99@1","system":"desk"}],)"
      R"("ticket":"#99"})"
      "\n");
}

TEST_F(InTwoLanguages, WhatIsRefusedIsToldInTheLanguageThatWasAskedFor) {
  const auto refused = [&](std::vector<std::string> words, const char* language) {
    words.insert(words.end(), {"--lang", language});
    const Said said = say(words);
    EXPECT_NE(said.code, 0);
    return said.err;
  };
  const std::string store = "store: " + folder_.file("saksbro.db");
  EXPECT_EQ(refused({"cases"}, "nb"),
            store + ": det finnes ikke noe lager ennå; `saksbro serve` lager det\n");
  EXPECT_EQ(refused({"cases"}, "en"),
            store + ": there is no store yet; `saksbro serve` creates it\n");
  prepare();
  EXPECT_EQ(refused({"explain", "SAK-9"}, "nb"),
            "ingen sak hos Saksbro eller i et saksystem heter «SAK-9»\n");
  EXPECT_EQ(refused({"redrive"}, "nb"),
            "oppgi hva som skal prøves igjen: et saksnummer, id:NUMMER, --system NAVN, --verb, "
            "--reason, --older-than eller --all\n");
  EXPECT_EQ(refused({"redrive", "--system", "dsk"}, "nb"),
            "ukjent system «dsk». Mente du «desk»?\n");
  EXPECT_EQ(refused({"redrive", "id:1"}, "nb"),
            "oppgave 1 er ikke blant dem som ikke lot seg gjøre: den prøves uansett; `saksbro "
            "outbox` viser dem\n");
  EXPECT_EQ(refused({"export", "--from", "i går"}, "nb"),
            "--from: «i går» er ingen dato; skriv den slik: 2026-11-23\n");
  EXPECT_EQ(refused({"process", "show", "m3"}, "nb"),
            "ingen prosess heter «m3»; det finnes M.1, M.2. Mente du «M.1»?\n");
  EXPECT_EQ(refused({"statsu"}, "nb"), "ukjent verb «statsu». Mente du «status»?\n");
}

TEST_F(InTwoLanguages, AnOrderAndVersionsAreToldInNorwegian) {
  prepare();
  EXPECT_EQ(say({"redrive", "--all", "--lang", "nb"}).out,
            "Lagt i kø for nytt forsøk. Se `saksbro outbox`.\n");
  EXPECT_EQ(say({"version", "--lang", "nb"}).out, "Ingen sak venter på en versjon.\n");
  EXPECT_EQ(say({"version", "announce", "7.2", "--lang", "nb"}).out,
            "Ingen sak venter på versjon 7.2.\nIngen versjon ventes på.\n");
}

}  // namespace
}  // namespace saksbro::cli
