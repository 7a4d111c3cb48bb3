// Moves that cannot be made whole are not made, values that no list knows are not taken, and people
// read why on the ticket.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/moment.h"
#include "tests/core/play.h"

namespace saksbro::core {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string said(const Decision& decision) {
  std::string all;
  for (const Issued& one : decision.commands) {
    if (const auto* comment = std::get_if<AddComment>(&one.command.action))
      all += one.command.to.text() + ": " + comment->text.substr(0, comment->text.find("\n\n[")) +
             "\n";
  }
  return all;
}

Play in_work_with(const std::string& value) {
  Play play = registered_case();
  play.comments(kDesk, kKari, "/sak ta");
  play.sees(kDesk);
  play.carry_out();
  play.sets_field(kDesk, kKari, "Fagsystem", value);
  return play;
}

class ValueOutsideItsList : public testing::TestWithParam<const char*> {};

TEST_P(ValueOutsideItsList, IsRefusedOnTheTicketAndTheMoveThatNeedsItIsNotMade) {
  Play play = in_work_with(GetParam());
  EXPECT_EQ(said(play.sees(kDesk)), "desk: «Fagsystem»: «" + std::string(GetParam()) +
                                        "» er ingen av: Lønn, Skatt. Saksbro bruker den ikke.\n");
  play.carry_out();
  play.comments(kDesk, kKari, "/sak videresend fagsystem");
  const auto& decision = play.sees(kDesk);
  EXPECT_EQ(said(decision),
            "desk: Saken mangler: Fagsystem. Fyll inn feltene, så følger Saksbro "
            "med.\n");
  EXPECT_EQ(play.state().activity.text(), "M.1.1.3");
  EXPECT_EQ(play.state().status.text(), "UNDER ARBEID");
}

INSTANTIATE_TEST_SUITE_P(Kinds, ValueOutsideItsList, testing::Values("1", "Arkiv", "lønn"));

TEST(ClosedList, AValueOutsideItTakesTheOneBeforeAwayAndIsToldOnce) {
  Play play = in_work_with("Lønn");
  play.sees(kDesk);
  EXPECT_EQ(play.state().values.at("fagsystem"), "lonn");
  play.sets_field(kDesk, kKari, "Fagsystem", "Arkiv");
  EXPECT_THAT(said(play.sees(kDesk)), HasSubstr("«Arkiv» er ingen av"));
  EXPECT_EQ(play.state().values.at("fagsystem"), "") << "nothing goes to lonn any more";
  play.comments(kDesk, kPer, "Hm.");
  EXPECT_THAT(said(play.sees(kDesk)), Not(HasSubstr("er ingen av")));
}

TEST(ClosedList, HoldsForWhatATicketIsRegisteredWith) {
  Play play;
  auto fields = kFilledIn;
  fields["Fagsystem"] = "1";
  play.registers(kDesk, kPer, "Faktura feiler", "Feil.", fields);
  EXPECT_THAT(said(play.sees(kDesk)), HasSubstr("«Fagsystem»: «1» er ingen av: Lønn, Skatt."));
  EXPECT_FALSE(play.state().values.contains("fagsystem"));
}

TEST(Move, WhoseTicketNobodyCanOpenIsNotMade) {
  Play play = in_work_with("Lønn");
  play.sees(kDesk);
  play.carry_out();
  Mapping mapping = shipped_mapping();
  for (Process& process : mapping.processes) {
    for (auto& [name, party] : process.parties) std::erase(party.systems, SystemName{"lonn"});
  }
  play.comments(kDesk, kKari, "/sak videresend fagsystem");
  Surroundings around;
  around.cause = DeliveryId{"d"};
  around.now = play.now();
  const Decision decision =
      decide(mapping, play.state(), kDesk, TicketState{play.ticket(kDesk)}, around);
  EXPECT_EQ(said(decision),
            "desk: «/sak videresend fagsystem» er ikke utført: Det er ikke valgt hvem "
            "som er leverandør. Saken er ikke flyttet.\n");
  for (const Fact& fact : decision.facts)
    EXPECT_FALSE(std::holds_alternative<ActivityEntered>(fact));
}

// --- private tickets

Play private_case() {
  Play play = registered_case();
  play.ticket(kDesk).confidential = true;
  play.comments(kDesk, kKari, "Gjelder sykefravær.");
  play.sees(kDesk);
  play.carry_out();
  return play;
}

TEST(PrivateTicket, IsNotForwardedAndTheTicketSaysSo) {
  Play play = private_case();
  play.comments(kDesk, kKari, "/sak videresend drift");
  const auto& decision = play.sees(kDesk);
  EXPECT_EQ(said(decision),
            "desk: «/sak videresend drift» er ikke utført: Saken er privat: Saksbro "
            "sender ingenting fra den til andre. Saken er ikke flyttet.\n");
  EXPECT_EQ(play.state().activity.text(), "M.1.1.2");
}

TEST(PrivateTicket, IsForwardedAgainWhenItIsPrivateNoMore) {
  Play play = private_case();
  play.ticket(kDesk).confidential = false;
  play.comments(kDesk, kKari, "/sak videresend drift");
  play.sees(kDesk);
  EXPECT_EQ(play.state().activity.text(), "M.1.3.1");
}

TEST(PrivateTicket, LendsItsWordsToNoOtherTicketNoticeOrField) {
  Play play = case_in_work();
  play.sets_field(kDesk, kPer, "Eiers e-post", "per@ude.example.no");
  play.sees(kDesk);
  play.carry_out();
  play.ticket(kDesk).confidential = true;
  play.comments(kDesk, kKari, "/sak løst Slettet fraværet til Sol Strand.");
  const auto& decision = play.sees(kDesk);
  EXPECT_THAT(said(decision), HasSubstr("desk: Saken er privat: Saksbro sender ingenting fra den"));
  for (const Issued& one : decision.commands) {
    const bool words = !std::holds_alternative<SetStatus>(one.command.action) &&
                       !std::holds_alternative<SetFields>(one.command.action);
    EXPECT_TRUE(one.command.to == kDesk || !words) << in_english(one.because);
  }
}

// --- titles

TEST(Title, OfATicketWithoutOneIsMadeOfItsFirstWords) {
  for (const char* title : {"", " ", "\xC2\xA0", "\t\n"}) {
    Play play;
    play.registers(SystemName{"operator"}, kOla, title,
                   "\nFaktura 4711 lar seg ikke godkjenne.\nHilsen Per",
                   {{"Alvorlighet", "A - kritisk"}});
    play.sees(kOperator);
    play.carry_out();
    EXPECT_THAT(play.ticket(kDesk).title, HasSubstr("Faktura 4711 lar seg ikke godkjenne."));
  }
}

TEST(Title, OfATicketThatSaysNothingNamesWhoWroteIt) {
  Play play;
  play.registers(kOperator, kOla, "", "");
  play.sees(kOperator);
  EXPECT_EQ(play.state().values.at("title"), "(uten emne) fra Person ola");
}

// --- what is not seen again

TEST(UnseenWrite, IsToldAfterTenMinutesAndForgottenWhenItIsSeen) {
  Play play = case_in_work();
  play.comments(kOperator, kOla, "Vi trenger mer.");
  sees_a_moment_later(play, kOperator);
  ASSERT_FALSE(play.waiting().empty());
  const Issued wrote = play.waiting().front();
  ASSERT_EQ(std::string(verb(wrote.command.action)), "comment");
  play.forget_commands();
  EXPECT_THAT(in_english(play.settles(wrote, true).because), HasSubstr("Not seen yet: "));
  play.pass(std::chrono::minutes{10});
  const std::string timer = "unseen/" + wrote.command.key.text();
  EXPECT_EQ(said(play.timer(timer)),
            "desk: Saksbro har gjort dette, men ser det ikke igjen: comment ("
            "Sak hos kundens brukerstøtte). Saken kan stå stille. Er merkefeltet og rettighetene "
            "riktige?\n");
  EXPECT_TRUE(play.state().unseen.at(wrote.command.key).told);
  play.comments(kDesk, kBot, std::get<AddComment>(wrote.command.action).text);
  EXPECT_THAT(in_english(play.sees(kDesk).because),
              HasSubstr("Seen at last: " + wrote.command.key.text()));
  EXPECT_THAT(play.state().unseen, IsEmpty());
}

TEST(UnseenWrite, ThatIsSeenInTimeIsNothing) {
  Play play = case_in_work();
  play.comments(kOperator, kOla, "Vi trenger mer.");
  sees_a_moment_later(play, kOperator);
  const Issued wrote = play.waiting().front();
  play.carry_out();
  EXPECT_THAT(in_english(play.settles(wrote, true).because), Not(HasSubstr("Not seen yet")));
  EXPECT_THAT(play.state().unseen, IsEmpty());
}

TEST(UnseenWrite, ATicketThatWasOpenedAndIsNotLinkedIsOne) {
  Play play = registered_case();
  play.comments(kDesk, kKari, "/sak videresend drift");
  play.sees(kDesk);
  for (const Issued& one : play.waiting()) {
    if (!std::holds_alternative<CreateTicket>(one.command.action)) continue;
    const Issued create = one;
    play.settles(create, true);
    play.pass(std::chrono::minutes{10});
    EXPECT_THAT(said(play.timer("unseen/" + create.command.key.text())),
                HasSubstr("men ser det ikke igjen: create (Driftsleverandøren)."));
    EXPECT_THAT(said(play.timer("unseen/" + create.command.key.text())), IsEmpty());
    return;
  }
  FAIL() << "no ticket was opened";
}

}  // namespace
}  // namespace saksbro::core
