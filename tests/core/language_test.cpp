// What the process language says beyond straight ways: parties, decisions, time, receipts,
// deviations, the case note. Over the mappings that we ship.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/core/moment.h"
#include "tests/core/play.h"

namespace saksbro::core {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Key;
using testing::Not;
using testing::SizeIs;

const SystemName kLonn{"lonn"};
const SystemName kBym{"bym"};
const SystemName kThirdLine{"third_line"};

void says(Play& play, const std::string& who, const std::string& words) {
  play.comments(kDesk, who, words);
  play.sees(kDesk);
  play.carry_out();
}

// As it stands on the ticket, without its mark.
std::string note_of(Play play, const SystemName& at) {
  for (const Comment& comment : play.ticket(at).comments) {
    const auto mark = comment.text.find("\n\n[SAK-2026-00001/note]");
    if (mark != std::string::npos) return comment.text.substr(0, mark);
  }
  return "";
}

TEST(Party, IsTheSystemThatTheCaseHasChosen) {
  Play play = registered_case();
  says(play, kKari, "/sak ta");
  play.sets_field(kDesk, kKari, "Fagsystem", "Lønn");
  play.sees(kDesk);
  says(play, kKari, "/sak videresend fagsystem");
  EXPECT_EQ(play.state().activity.text(), "M.1.3.2");
  EXPECT_THAT(play.state().tickets, Contains(Key(kLonn)));
  EXPECT_EQ(play.ticket(kDesk).fields.at("Leverandørens saksnummer"), "#30");
}

TEST(Party, ThatIsNotChosenYetIsAskedFor) {
  Play play = registered_case();
  says(play, kKari, "/sak ta");
  says(play, kKari, "/sak videresend fagsystem");
  EXPECT_EQ(play.state().activity.text(), "M.1.1.3");
  ASSERT_TRUE(play.state().waiting);
  EXPECT_EQ(
      play.ticket(kDesk).comments.back().text,
      "Saken mangler: Fagsystem. Fyll inn feltene, så følger Saksbro med.\n\n[SAK-2026-00001/1]");
  play.sets_field(kDesk, kKari, "Fagsystem", "Lønn");
  play.sees(kDesk);
  play.carry_out();
  EXPECT_EQ(play.state().activity.text(), "M.1.3.2");
  EXPECT_FALSE(play.state().waiting);
}

TEST(CaseNote, TellsOfADeviationWithoutTheWordsThatCameWithIt) {
  Play play = registered_case();
  says(play, kKari, "/sak info ja Ikke hemmelig lenger.");
  EXPECT_THAT(note_of(play, kDesk),
              AllOf(HasSubstr("\n/sak info ja er ikke et trekk som rutinen tillater nå. Saken står "
                              "fortsatt i M.1.1.2."),
                    Not(HasSubstr("hemmelig"))));
  EXPECT_THAT(play.told(),
              HasSubstr("+ DeviationNoted: /sak info ja (\"info ja\") by second_line"));
}

TEST(CaseNote, IsOnEachTicketAndNeverMoreThanThatPartyMayKnow) {
  const Play play = case_in_work();
  EXPECT_EQ(note_of(play, kDesk),
            "Saksbro SAK-2026-00001, M.1 Saker som meldes fra bruker\n"
            "Status AVVENTER: M.1.3.5 Løser saken. Melding til 2. linje\n"
            "Ligger hos Driftsleverandør applikasjon siden 23.11.2026 kl. 13.08\n"
            "Denne saken: #17 http://desk/17\n"
            "Driftsleverandøren: #5 http://operator/5\n"
            "Mulige svar: /sak løst, /sak senere-versjon, /sak ta, /sak generell interesse, "
            "/sak si leverandør");
  EXPECT_EQ(note_of(play, kOperator),
            "Saksbro SAK-2026-00001\nStatus hos kunden: AVVENTER\n"
            "Sak hos kundens brukerstøtte: #17\nDenne saken: #5 http://operator/5\n"
            "Mulige svar: /sak løst, /sak senere-versjon");
}

TEST(CaseNote, SaysWhatIsStuckAndWhy) {
  Play play = case_in_work();
  play.comments(kOperator, kOla, "Vi ser på det.");
  sees_a_moment_later(play, kOperator);
  play.refuse("may not add notes");
  play.carry_out();
  EXPECT_THAT(
      note_of(play, kDesk),
      HasSubstr(
          "\nStår fast: skrive en kommentar i «Sak hos kundens brukerstøtte»: may not add notes"));
}

TEST(CaseNote, IsNotWrittenAgainWhenItSaysTheSame) {
  Play play = case_in_work();
  play.comments(kDesk, kKari, "Bare en tanke.", Visibility::internal);
  EXPECT_THAT(play.sees(kDesk).commands, IsEmpty());
}

TEST(Time, RemindsAndTakesSilenceForAnAnswer) {
  Play play = registered_case();
  says(play, kKari, "/sak ta");
  says(play, kKari, "/sak løst Slett mellomlageret.");
  ASSERT_EQ(play.state().activity.text(), "M.1.2.4");
  says(play, kPer, "/sak overlevert");
  ASSERT_EQ(play.state().activity.text(), "M.1.2.5");
  EXPECT_THAT(play.state().timers, SizeIs(2));
  EXPECT_THAT(play.state().timers, Not(Contains(Key("after/M.1.2.4/1"))));
  play.timer("after/M.1.2.5/2");
  EXPECT_EQ(play.state().activity.text(), "M.1.2.6");
  EXPECT_EQ(play.state().values.at("bekreftelse"), "stilltiende");
}

// The shipped routine sets no deadline ("ved behov"): one is put to an activity here.
struct WithDeadline {
  Mapping mapping = shipped_mapping();
  Case state = case_in_work().state();
  Instant entered = state.entered_at;  // Monday 23 November 2026, 13.08 in Oslo

  WithDeadline() {
    Activity& activity = mapping.processes.at(0).activities.at(state.activity);
    activity.deadline = Deadline{*parse_span("8 working hours"), *parse_span("2 working hours"),
                                 "mappings/m1.yaml:205:5"};
  }
  Decision comes(const std::string& timer) {
    state.timers[timer] = entered;
    return decide(mapping, state, TimerFired{timer}, {});
  }
};

TEST(Deadline, IsCountedInWorkingTimeAndWarnedOfBefore) {
  WithDeadline world;
  Case before = registered_case().state();
  before.activity = ActivityId{"M.1.3.4"};
  before.tickets = world.state.tickets;
  Surroundings around;
  around.now = world.entered;
  const ExternalSignal informed{Signal{"informert"}, Role{"first_line"}, {}, "UDE", "", "A link"};
  const Decision decision = decide(world.mapping, before, informed, around);
  std::map<std::string, Instant> due;
  for (const Fact& fact : decision.facts) {
    if (const auto* set = std::get_if<TimerSet>(&fact)) due[set->name] = set->due;
  }
  using std::chrono::hours;
  using std::chrono::minutes;
  // 13.08 to 15.45 today, the rest tomorrow from 08.00: 13.23, and two hours before that.
  EXPECT_EQ(due.at("deadline/M.1.3.5") - world.entered, hours{24} + minutes{15});
  EXPECT_EQ(due.at("deadline/M.1.3.5/near") - world.entered, hours{22} + minutes{15});
}

TEST(Deadline, ThatIsNearOrOverIsSaidAtTheDeskAndRecorded) {
  WithDeadline world;
  EXPECT_EQ(comment_in(world.comes("deadline/M.1.3.5/near")).text,
            "Fristen for «Løser saken. Melding til 2. linje» (Driftsleverandør applikasjon) går ut "
            "24.11.2026 kl. 13.23.\n\n[SAK-2026-00001/2]");
  const Decision over = world.comes("deadline/M.1.3.5");
  EXPECT_EQ(comment_in(over).text,
            "Fristen for «Løser saken. Melding til 2. linje» (Driftsleverandør applikasjon) gikk "
            "ut 24.11.2026 kl. 13.23.\n\n[SAK-2026-00001/2]");
  const bool recorded = std::any_of(over.facts.begin(), over.facts.end(), [](const Fact& fact) {
    return std::holds_alternative<DeadlinePassed>(fact);
  });
  EXPECT_TRUE(recorded);
}

TEST(Broadcast, TellsEachOrganisationByItsOwnChannelAndKeepsItsReceipts) {
  Play play = case_at_operator();
  says(play, kKari, "/sak info alle Bruk papir så lenge.");
  ASSERT_EQ(play.state().activity.text(), "M.1.3.4");
  EXPECT_THAT(play.state().organisation_receipts, SizeIs(3));
  EXPECT_TRUE(play.state().organisation_receipts.at("BYM").told_at);
  EXPECT_THAT(play.ticket(kBym).text, HasSubstr("Bruk papir så lenge."));
  EXPECT_THAT(note_of(play, kDesk), HasSubstr("er informert: BYM, HEL, UDE"));

  play.sets_status(kBym, kPer, "Under arbeid");
  play.sees(kBym);
  EXPECT_TRUE(play.state().organisation_receipts.at("BYM").seen_at);
  play.sets_status(kBym, kPer, "LØST");
  play.sees(kBym);
  EXPECT_TRUE(play.state().organisation_receipts.at("BYM").informed_at);
  play.carry_out();
  EXPECT_THAT(note_of(play, kDesk), HasSubstr("er informert: HEL, UDE"));
}

TEST(Broadcast, IsAnsweredAtTheDeskByTheOneThatIsToldThere) {
  Play play;
  play.registers(kOperator, kOla, "Databasen er nede", "Siden 06:40.");
  play.sees(kOperator);
  play.carry_out();
  says(play, kKari, "/sak info ja Bruk papir.");
  ASSERT_THAT(play.state().organisation_receipts, SizeIs(3));
  says(play, kPer, "/sak informert");
  EXPECT_TRUE(play.state().organisation_receipts.at("UDE").informed_at);
  EXPECT_THAT(note_of(play, kDesk), HasSubstr("er informert: BYM, HEL"));
}

TEST(Channel, SpeaksTheLanguageOfTheDesk) {
  Play play;
  play.registers(kOperator, kOla, "Database down", "Since 06:40.",
                 {{"Alvorlighet", "A - kritisk"}});
  Mapping english = shipped_mapping();
  english.systems.at(kDesk).language = Language::en;
  const Surroundings around{DeliveryId{"d1"}, DeliveryKind::poll, play.now(), play.epoch,
                            CaseNumber{"SAK-2026-00001"}};
  const Decision decision =
      decide(english, std::nullopt, kOperator, TicketState{play.ticket(kOperator)}, around);
  std::vector<std::string> titles;
  for (const Issued& issued : decision.commands) {
    if (const auto* alert = std::get_if<RaiseAlert>(&issued.command.action))
      titles.push_back(alert->title);
  }
  ASSERT_THAT(titles, SizeIs(2)) << "one for each channel";
  EXPECT_THAT(titles, Each(HasSubstr("Critical fault reported by the operator: Database down")));
}

TEST(Channel, ReadsTheTitleOfASeverityAndGetsItsWord) {
  Play play;
  play.registers(kOperator, kOla, "Database down", "Since 06:40.",
                 {{"Alvorlighet", "A - kritisk"}});
  Mapping english = shipped_mapping();
  english.systems.at(kDesk).language = Language::en;
  const Surroundings around{DeliveryId{"d1"}, DeliveryKind::poll, play.now(), play.epoch,
                            CaseNumber{"SAK-2026-00001"}};
  const Decision decision =
      decide(english, std::nullopt, kOperator, TicketState{play.ticket(kOperator)}, around);
  int alerts = 0;
  for (const Issued& issued : decision.commands) {
    const auto* alert = std::get_if<RaiseAlert>(&issued.command.action);
    if (alert == nullptr) continue;
    ++alerts;
    EXPECT_EQ(alert->severity, "kritisk");
    EXPECT_EQ(alert->severity_title, "critical");
    EXPECT_EQ(alert->text,
              "The operator's case #5: http://operator/5\n"
              "Registered: 23.11.2026 kl. 13.00\n"
              "Severity: critical\n"
              "Error message: Since 06:40.\n");
  }
  EXPECT_EQ(alerts, 2);
}

TEST(Broadcast, IsCorrectedWhereItWasTold) {
  Play play = case_at_operator();
  says(play, kKari, "/sak info alle Bruk papir.");
  says(play, kKari, "/sak korriger Papir trengs ikke.");
  EXPECT_THAT(play.ticket(kBym).comments, SizeIs(2));  // its case note, and the correction
  EXPECT_THAT(play.told(), HasSubstr("> bym: comment to everyone\n    Rettelse til det dere"));
}

TEST(Deviation, IsTakenBackWhereTheProcessSaysSo) {
  Play play = case_in_work();
  play.sets_status(kDesk, kPer, "LUKKET");
  const auto& decision = play.sees(kDesk);
  EXPECT_THAT(in_english(decision.because), HasSubstr(", and is taken back ("));
  const auto commands = but_notes(decision);
  ASSERT_THAT(commands, SizeIs(2));
  EXPECT_EQ(std::get<SetStatus>(commands[0].command.action).status, "AVVENTER");
  const auto& said = std::get<AddComment>(commands[1].command.action);
  EXPECT_EQ(said.visibility, Visibility::everyone) << "who made the move reads why it did not last";
  EXPECT_EQ(said.text,
            "Status «LUKKET» er tatt tilbake: saken lukkes først når sluttbruker har bekreftet at "
            "den er løst (M.1.2.5). Svar /sak bekreftet når det er gjort.\n\n[SAK-2026-00001/2]");
  play.carry_out();
  EXPECT_THAT(note_of(play, kDesk), Not(HasSubstr("er ikke et trekk"))) << "it is put right";
}

TEST(Deviation, IsOverInTheCaseNoteWhenTheRoutineGoesOnThere) {
  Play play = case_in_work();
  says(play, kPer, "/sak ta");
  EXPECT_THAT(note_of(play, kDesk), HasSubstr("/sak ta er ikke et trekk"));
  says(play, kKari, "/sak generell interesse");
  EXPECT_THAT(note_of(play, kDesk), Not(HasSubstr("er ikke et trekk")));
}

TEST(Deviation, OfAFieldIsOverWhenTheFieldSaysSomethingElse) {
  Play play = case_in_work();
  play.sets_field(kDesk, kPer, "Feiltype", "Teknisk");
  play.sees(kDesk);
  play.carry_out();
  EXPECT_THAT(note_of(play, kDesk), HasSubstr("Feiltype = «Teknisk» er ikke et trekk"));
  play.sets_field(kDesk, kPer, "Feiltype", "");
  play.sees(kDesk);
  play.carry_out();
  EXPECT_THAT(note_of(play, kDesk), Not(HasSubstr("er ikke et trekk")));
}

TEST(Deviation, OfAFieldGivesItTheValueThatItHad) {
  Play play = registered_case();
  play.sets_field(kDesk, kPer, "Type henvendelse", "Feilmelding");
  const auto commands = but_notes(play.sees(kDesk));
  ASSERT_THAT(commands, SizeIs(2)) << "and the reason is said";
  const auto& fields = std::get<SetFields>(commands[0].command.action).fields;
  EXPECT_EQ(fields.at("Type henvendelse"), "");
}

TEST(Deviation, AlreadyFilledInAtRegistrationIsHeard) {
  Play play;
  auto fields = kFilledIn;
  fields["Type henvendelse"] = "Feilmelding";
  play.registers(kDesk, kPer, "Faktura feiler", "", fields);
  play.sees(kDesk);
  EXPECT_THAT(play.told(), HasSubstr("+ DeviationNoted: Type henvendelse = \"Feilmelding\""));
}

TEST(Version, WakesTheCaseThatWaitsForItAlsoWhenItIsClosed) {
  Play play = registered_case();
  says(play, kKari, "/sak videresend 3. linje");
  play.comments(kThirdLine, kOla, "/sak senere-versjon 7.2");
  play.sees(kThirdLine);
  play.carry_out();
  ASSERT_EQ(play.state().values.at("versjon"), "7.2");
  play.sets_status(kDesk, kPer, "LUKKET");
  play.sees(kDesk);
  play.carry_out();
  ASSERT_TRUE(play.state().closed);
  const auto decision =
      play.hears({Signal{"versjon lansert"}, Role{"saksbro"}, {}, "", "7.2", "V"});
  EXPECT_THAT(comment_in(decision).text, HasSubstr("Versjon 7.2, som løser saken #17"));
}

TEST(Closed, CaseIsOpenedAgainWhenTheEndUserSaysThatItIsNotSolved) {
  Play play = registered_case();
  says(play, kPer, "/sak løst Start på nytt.");
  says(play, kPer, "/sak bekreftet");
  says(play, kPer, "/sak lukk");
  ASSERT_TRUE(play.state().closed);
  const auto& decision =
      play.hears({Signal{"ikke løst"}, Role{"end_user"}, {}, "", "Feiler igjen.", "The link"});
  EXPECT_FALSE(play.state().closed);
  EXPECT_EQ(play.state().activity.text(), "M.1.1.3");
  EXPECT_EQ(play.state().values.at("løsning"), "");
  EXPECT_THAT(comment_in(decision).text, HasSubstr("Feiler igjen."));
}

TEST(Suggestion, IsOfTheOwnOrganisationOnly) {
  Play play;
  play.similar = {{CaseNumber{"SAK-2026-00007"}, "Faktura", "Slett mellomlageret.", "UDE"},
                  {CaseNumber{"SAK-2026-00008"}, "Faktura", "Hemmelig.", "BYM"}};
  play.registers(kDesk, kPer, "Faktura feiler", "", kFilledIn);
  EXPECT_EQ(comment_in(play.sees(kDesk)).text,
            "Lignende saker som er løst:\n\nSAK-2026-00007: Faktura\nSlett mellomlageret.\n\n"
            "[SAK-2026-00001/1]");
}

}  // namespace
}  // namespace saksbro::core
