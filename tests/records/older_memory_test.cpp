// What programs before the case record's version 2 have stored of what the core remembers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bridge/core/text/fingerprint.h"
#include "bridge/records/case_record.h"
#include "bridge/records/fact_record.h"

namespace saksbro::records {
namespace {

using testing::ElementsAre;
using testing::Pair;

Instant at(std::int64_t milliseconds) { return Instant{std::chrono::milliseconds{milliseconds}}; }

const SystemName kDesk{"desk"};
const SystemName kOperator{"operator"};

// A case as version 1 has it, letter by letter.
const std::string kStored =
    R"({"activity":"M.1.3.5","closed":false,"deviations":{},"entered_at":5000,"intents":[],)"
    R"("number":"SAK-2026-00001","opened_at":1000,"opening":[],"process":"M.1","said":3,)"
    R"("status":"AVVENTER","stuck":{},"tellings":{},"tickets":{},"timers":{},"v":1,"values":{)"
    R"("adopt/lonn":"",)"
    R"("adopt/operator":"desk/x/M.1.3.4/operator/read",)"
    R"("asked/info til 1. linje":"yes",)"
    R"("asked/info til sluttbrukere":"",)"
    R"("cut/desk/fields/Fagsystem":"lonn",)"
    R"("echo/[SAK-2026-00001/1]":"c1",)"
    R"("echo/[SAK-2026-00001/note]":"c3 c8",)"
    R"("from/virksomhet":"operator",)"
    R"("løsning":"Start på nytt.\nVent.",)"
    R"("loop/operator/status":" 100 200",)"
    R"("number/lonn":"L-7",)"
    R"("origin":"desk.17",)"
    R"("ours/desk/fields/Saksnummer":"1700000000000 7 3 desk/k1gamny / verdi",)"
    R"("pending/operator":"yes",)"
    R"("reporter.role":"first_line",)"
    R"("title":"Faktura 1/2 feiler",)"
    R"("told/desk/d:1/M.1.3.2/desk/status":"Redmine does not allow it",)"
    R"("told/desk/note":"the ticket is locked",)"
    R"("told/status/desk/På/vent":"Ny, Løst",)"
    R"("told/version/7/2":"23.11.2026 kl. 13.00",)"
    R"("told/word/desk/Alvorlighet":"gul",)"
    R"("unheard/desk":"LUKKET\nlukket\nfirst_line\n7\nPer Å. Sen",)"
    R"("unheard/operator":"",)"
    R"("written/desk/Saksnummer":"SAK-2026-00001",)"
    R"("written/desk/note":"fp:0123456789abcdef.40",)"
    R"("written/operator/note":"Saksbro\n1. linje: #17")"
    R"(},"waiting":null})";

core::Case stored() {
  const Result<core::Case> state = read_case(kStored);
  if (!state) ADD_FAILURE() << state.error().text();
  return state.value_or(core::Case{});
}

TEST(OlderMemory, LeavesAmongTheValuesOnlyThoseOfPeople) {
  EXPECT_THAT(stored().values, ElementsAre(Pair("løsning", "Start på nytt.\nVent."),
                                           Pair("reporter.role", "first_line"),
                                           Pair("title", "Faktura 1/2 feiler")));
}

TEST(OlderMemory, OfACaseIsKept) {
  const core::Memory memory = stored().memory;
  EXPECT_EQ(memory.origin, "desk.17");
  EXPECT_THAT(memory.echoes, ElementsAre(Pair("[SAK-2026-00001/1]", ElementsAre("c1")),
                                         Pair("[SAK-2026-00001/note]", ElementsAre("c3", "c8"))));
  EXPECT_THAT(memory.refusals, ElementsAre(Pair(IdempotencyKey{"desk/d:1/M.1.3.2/desk/status"},
                                                "Redmine does not allow it")));
  EXPECT_EQ(memory.told_version, (core::ToldVersion{"7/2", "23.11.2026 kl. 13.00"}));
  EXPECT_THAT(memory.sources, ElementsAre(Pair("virksomhet", kOperator)));
  EXPECT_THAT(memory.asked, ElementsAre("info til 1. linje"));
}

TEST(OlderMemory, OfATicketIsKept) {
  const core::TicketMemory desk = stored().memory.tickets.at(kDesk);
  EXPECT_THAT(desk.sent, ElementsAre(Pair("Saksnummer", "SAK-2026-00001")));
  EXPECT_EQ(desk.note, "fp:0123456789abcdef.40");
  EXPECT_EQ(desk.note_refusal, "the ticket is locked");
  EXPECT_THAT(desk.writes,
              ElementsAre(Pair("fields/Saksnummer",
                               core::LastWrite{at(1'700'000'000'000), IdempotencyKey{"desk/k1"},
                                               "gam", "ny / verdi"})));
  EXPECT_THAT(desk.cut, ElementsAre(Pair("fields/Fagsystem", "lonn")));
  EXPECT_EQ(desk.unheard,
            (core::Unheard{
                "LUKKET", core::Signal{"lukket"}, core::Role{"first_line"}, {"7", "Per Å. Sen"}}));
  EXPECT_THAT(desk.unknown_statuses, ElementsAre("På/vent"));
  EXPECT_THAT(desk.refused_words, ElementsAre(Pair("Alvorlighet", "gul")));
}

TEST(OlderMemory, OfPartiesIsKept) {
  const auto tickets = stored().memory.tickets;
  const core::TicketMemory& theirs = tickets.at(kOperator);
  EXPECT_THAT(theirs.undone, ElementsAre(Pair("status", ElementsAre(at(100), at(200)))));
  EXPECT_EQ(theirs.answers, core::HeldAnswers::waiting);
  EXPECT_EQ(theirs.adoption,
            (core::Adoption{IdempotencyKey{"desk/x/M.1.3.4/operator/read"}, false}));
  EXPECT_EQ(theirs.unheard, std::nullopt);
  EXPECT_EQ(theirs.note, core::fingerprint("Saksbro\n1. linje: #17")) << "the whole note was kept";
  EXPECT_EQ(tickets.at(SystemName{"lonn"}).number, "L-7");
  EXPECT_EQ(tickets.at(SystemName{"lonn"}).adoption, (core::Adoption{IdempotencyKey{}, true}));
}

TEST(OlderMemory, IsWrittenAgainAsMembersOfItsOwn) {
  const core::Case state = stored();
  EXPECT_EQ(read_case(write(state)), state);
  EXPECT_EQ(write(state).find("written/"), std::string::npos);
}

TEST(OlderMemory, OfANewerRecordIsNotLookedForAmongTheValues) {
  core::Case state;
  state.values["told/by"] = "Kari";
  EXPECT_EQ(read_case(write(state)), state);
}

struct Row {
  const char* stored;
  core::Memo memo;
};

TEST(OlderMemory, OfAFactIsWhatItHasRemembered) {
  const std::vector<Row> rows{
      {R"({"name":"origin","v":1,"value":"desk.17"})", core::OriginKept{"desk.17"}},
      {R"({"name":"written/desk/Saksnummer","v":1,"value":"S"})",
       core::FieldSent{kDesk, "Saksnummer", "S"}},
      {R"({"name":"echo/[S/note]","v":1,"value":"c1 c5 c11"})", core::EchoKept{"[S/note]", "c11"}},
      {R"({"name":"asked/info","v":1,"value":""})", core::QuestionAnswered{"info"}},
      {R"({"name":"told/version/7.2","v":1,"value":""})", core::VersionTold{"7.2", ""}},
      {R"({"name":"pending/desk","v":1,"value":"over"})",
       core::AnswersHeld{kDesk, core::HeldAnswers::over}},
  };
  for (const auto& [text, memo] : rows)
    EXPECT_EQ(read_fact("ValueKept", text), core::Fact(core::Remembered{memo})) << text;
}

TEST(OlderMemory, IsNoValueThatPeopleGave) {
  for (const char* name : {"title", "virksomhet", "reporter.role", "inn/ut"}) {
    const core::Fact fact = core::ValueKept{name, "x"};
    EXPECT_EQ(read_fact("ValueKept", write(fact)), fact) << name;
  }
}

}  // namespace
}  // namespace saksbro::records
