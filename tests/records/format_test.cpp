// The format on disk, letter by letter: stores live longer than programs, so a change here needs a
// new version (json_writing.h), not a new expectation.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bridge/records/answer_record.h"
#include "bridge/records/case_record.h"
#include "bridge/records/command_record.h"
#include "bridge/records/fact_record.h"
#include "bridge/records/link_record.h"
#include "bridge/records/order_record.h"
#include "bridge/records/timer_record.h"

namespace saksbro::records {
namespace {

Instant at(std::int64_t milliseconds) { return Instant{std::chrono::milliseconds{milliseconds}}; }

struct Row {
  const char* name;
  std::string written;
  std::string expected;
};

core::Issued issued(Action action) {
  return {{IdempotencyKey{"k"}, SystemName{"desk"}, std::move(action), 1}, "s", "why", "m1.yaml:4"};
}

std::string around(const std::string& action) {
  return R"({"because":"why","command":{"action":)" + action +
         R"(,"attempt":1,"key":"k","to":"desk"},"slot":"s","v":1,"where":"m1.yaml:4"})";
}

const core::TicketView kView{RemoteKey{"17"},       "#17",  "http://desk/17", "Ny",
                             {{"Type", "Feil"}},    {"c1"}, at(1000),         at(2000),
                             18446744073709551615U, true};
const std::string kViewText =
    R"({"entries":["c1"],"fields":{"Type":"Feil"},"gone":true,"key":"17","number":"#17",)"
    R"("read_at":2000,"revision":18446744073709551615,"status":"Ny","updated":1000,)"
    R"("url":"http://desk/17"})";
const core::Intent kIntent{IdempotencyKey{"k"}, SystemName{"desk"}, "status", {"Ny", "Løst"}};
const std::string kIntentText =
    R"({"at":"desk","attribute":"status","command":"k","values":["Ny","Løst"]})";
const core::PendingSignal kWaiting{
    core::Signal{"solved"}, SystemName{"desk"}, {"5", "Kari"}, "solution"};
const std::string kWaitingText =
    R"({"at":"desk","by":{"id":"5","name":"Kari"},"need":"solution","signal":"solved"})";

core::Case a_case() {
  core::Case state;
  state.number = CaseNumber{"SAK-2026-00001"};
  state.process = core::ProcessId{"M.1"};
  state.tickets.emplace(SystemName{"desk"}, kView);
  state.opening.insert(SystemName{"operator"});
  state.intents.push_back(kIntent);
  state.waiting = kWaiting;
  state.timers.emplace("deadline", at(3000));
  state.entered_at = at(5000);
  state.organisation_receipts["BYM"] = {IdempotencyKey{"k"}, at(1000), std::nullopt, at(2000)};
  state.failed_commands[IdempotencyKey{"k"}] = {SystemName{"desk"}, "status", "no",
                                                core::Wanted{"status", "Løst"}};
  state.deviations[SystemName{"desk"}] = "Status \"LUKKET\"";
  state.said = 2;
  state.values["title"] = "Faktura";
  state.memory.origin = "desk.17";
  core::TicketMemory& desk = state.memory.tickets[SystemName{"desk"}];
  desk.sent["Saksnummer"] = "S";
  desk.undone["status"] = {at(1), at(2)};
  desk.adoption = core::Adoption{IdempotencyKey{"k"}, true};
  desk.answers = core::HeldAnswers::over;
  state.memory.echoes["[S/1]"] = {"c1", "c2"};
  state.memory.asked.insert("info");
  return state;
}

const std::vector<Row> rows{
    {"CaseOpened", write(core::Fact(core::CaseOpened{core::ProcessId{"M.1"}})),
     R"({"process":"M.1","v":1})"},
    {"TicketLinked",
     write(core::Fact(core::TicketLinked{SystemName{"desk"}, RemoteKey{"17"}, "#17", "http://d"})),
     R"({"at":"desk","key":"17","number":"#17","url":"http://d","v":1})"},
    {"TicketSeen", write(core::Fact(core::TicketSeen{SystemName{"desk"}, kView})),
     R"({"at":"desk","v":1,"view":)" + kViewText + "}"},
    {"CommandIssued", write(core::Fact(core::CommandIssued{kIntent, "status"})),
     R"({"intent":)" + kIntentText + R"(,"v":1,"verb":"status"})"},
    {"WaitedForWords", write(core::Fact(core::SignalDeferred{kWaiting})),
     R"({"v":1,"waiting":)" + kWaitingText + "}"},
    {"WaitedIsOver", write(core::Fact(core::SignalDeferred{})), R"({"v":1,"waiting":null})"},
    {"EffectAwaited", write(core::Fact(core::EffectAwaited{kIntent, "status"})),
     R"({"intent":)" + kIntentText + R"(,"v":1,"verb":"status"})"},
    {"EffectMissed",
     write(core::Fact(core::EffectMissed{IdempotencyKey{"k"}, SystemName{"desk"}, "status"})),
     R"({"at":"desk","command":"k","v":1,"verb":"status"})"},
    {"EffectSeen", write(core::Fact(core::EffectSeen{IdempotencyKey{"k"}})),
     R"({"command":"k","v":1})"},
    {"TimerSet", write(core::Fact(core::TimerSet{"deadline", at(-1)})),
     R"({"due":-1,"name":"deadline","v":1})"},
    {"FieldSent",
     write(core::Fact(core::Remembered{core::FieldSent{SystemName{"desk"}, "Saksnummer", "S"}})),
     R"({"memo":{"at":"desk","field":"Saksnummer","text":"S","what":"FieldSent"},"v":1})"},
    {"WriteSeen",
     write(core::Fact(core::Remembered{core::WriteSeen{
         SystemName{"desk"}, "status", {at(7), IdempotencyKey{"k"}, "Ny", "Løst"}}})),
     R"({"memo":{"at":"desk","slot":"status","what":"WriteSeen",)"
     R"("write":{"at":7,"before":"Ny","command":"k","value":"Løst"}},"v":1})"},
    {"AnswersHeld",
     write(core::Fact(
         core::Remembered{core::AnswersHeld{SystemName{"desk"}, core::HeldAnswers::waiting}})),
     R"({"memo":{"answers":"waiting","at":"desk","what":"AnswersHeld"},"v":1})"},
    {"StatusUnheard",
     write(core::Fact(core::Remembered{core::StatusUnheard{SystemName{"desk"}, std::nullopt}})),
     R"({"memo":{"at":"desk","status":null,"what":"StatusUnheard"},"v":1})"},
    {"CaseClosed", write(core::Fact(core::CaseClosed{})), R"({"v":1})"},
    {"CaseReopened", write(core::Fact(core::CaseReopened{})), R"({"v":1})"},
    {"WriteUndone", write(core::Fact(core::WriteUndone{SystemName{"desk"}, "status", "Ny"})),
     R"({"at":"desk","slot":"status","v":1,"value":"Ny"})"},
    {"LoopCut", write(core::Fact(core::LoopCut{SystemName{"desk"}, "fields/A", "x"})),
     R"({"at":"desk","slot":"fields/A","v":1,"value":"x"})"},
    {"LoopEnded", write(core::Fact(core::LoopEnded{SystemName{"desk"}, "fields/A", "quiet"})),
     R"({"at":"desk","how":"quiet","slot":"fields/A","v":1})"},
    {"ConflictSettled",
     write(core::Fact(
         core::ConflictSettled{"a", SystemName{"desk"}, SystemName{"operator"}, "x", "y"})),
     R"({"kept":"x","loser":"operator","lost":"y","v":1,"value":"a","winner":"desk"})"},
    {"TicketRenumbered",
     write(core::Fact(
         core::TicketRenumbered{SystemName{"desk"}, RemoteKey{"17"}, "A-1", "B-9", "http://b"})),
     R"({"at":"desk","before":"A-1","key":"17","number":"B-9","url":"http://b","v":1})"},
    {"OrganisationTold", write(core::Fact(core::OrganisationTold{"BYM", IdempotencyKey{"k"}})),
     R"({"command":"k","organisation":"BYM","v":1})"},
    {"ReceiptGiven", write(core::Fact(core::ReceiptGiven{"BYM", core::Receipt::seen})),
     R"({"organisation":"BYM","receipt":"seen","v":1})"},
    {"DeadlinePassed", write(core::Fact(core::DeadlinePassed{core::ActivityId{"M.1.3.5"}, at(5)})),
     R"({"activity":"M.1.3.5","due":5,"v":1})"},
    {"CommandSettled",
     write(core::Fact(
         core::CommandSettled{IdempotencyKey{"k"}, SystemName{"desk"}, "status", false, "no"})),
     R"({"at":"desk","command":"k","delivered":false,"v":1,"verb":"status","why":"no"})"},
    {"DeviationNoted",
     write(
         core::Fact(core::DeviationNoted{SystemName{"desk"},
                                         {"7", "Per"},
                                         core::Role{"first_line"},
                                         core::Signal{"lukket"},
                                         "Status",
                                         "what"})),
     R"({"at":"desk","by":{"id":"7","name":"Per"},"how":"Status","role":"first_line",)"
     R"("signal":"lukket","v":1,"what":"what"})"},
    {"DeviationEnded", write(core::Fact(core::DeviationEnded{SystemName{"desk"}})),
     R"({"at":"desk","v":1})"},
    {"Case", write(a_case()),
     R"({"activity":"","closed":false,"deviations":{"desk":"Status \"LUKKET\""},)"
     R"("entered_at":5000,"intents":[)" +
         kIntentText +
         R"(],"memory":{"asked":["info"],"echoes":{"[S/1]":["c1","c2"]},"origin":"desk.17",)"
         R"("tickets":{"desk":{"adoption":{"look":"k","over":true},"answers":"over",)"
         R"("sent":{"Saksnummer":"S"},"undone":{"status":[1,2]}}}},"number":"SAK-2026-00001","opened_at":0,"opening":["operator"],"process":"M.1",)"
         R"("said":2,"status":"","stuck":{"k":{"at":"desk","verb":"status","wanted":{"slot":"status","value":"Løst"},"why":"no"}},)"
         R"("tellings":{"BYM":{"command":"k","informed_at":2000,"seen_at":null,"told_at":1000}},)"
         R"("tickets":{"desk":)" +
         kViewText +
         R"(},"timers":{"deadline":3000},"v":2,"values":{"title":"Faktura"},"waiting":)" +
         kWaitingText + "}"},
    {"CreateTicket", write(issued(CreateTicket{"t", "x", {{"Type", "Feil"}}, "m"})),
     around(R"({"fields":{"Type":"Feil"},"marker":"m","text":"x","title":"t","verb":"create"})")},
    {"SetStatus", write(issued(SetStatus{RemoteKey{"17"}, "Løst", {"Under arbeid"}})),
     around(R"({"status":"Løst","ticket":"17","verb":"status","via":["Under arbeid"]})")},
    {"SetFields", write(issued(SetFields{RemoteKey{"17"}, {{"Saksnummer", "S"}}})),
     around(R"({"fields":{"Saksnummer":"S"},"ticket":"17","verb":"fields"})")},
    {"AddComment", write(issued(AddComment{RemoteKey{"17"}, "x", "r", Visibility::everyone})),
     around(R"({"reference":"r","text":"x","ticket":"17","verb":"comment",)"
            R"("visibility":"everyone"})")},
    {"ReadTicket", write(issued(ReadTicket{RemoteKey{"17"}})),
     around(R"({"ticket":"17","verb":"read"})")},
    {"RaiseAlert", write(issued(RaiseAlert{"t", "x", "critical", "SAK-1", "http://s"})),
     around(R"({"case_number":"SAK-1","link":"http://s","severity":"critical","text":"x",)"
            R"("title":"t","verb":"alert"})")},
    {"RaiseAlertWithATitleOfItsSeverity",
     write(issued(RaiseAlert{"t", "x", "kritisk", "SAK-1", "http://s", "critical"})),
     around(R"({"case_number":"SAK-1","link":"http://s","severity":"kritisk",)"
            R"("severity_title":"critical","text":"x","title":"t","verb":"alert"})")},
    {"KeepNote", write(issued(KeepNote{RemoteKey{"17"}, "x", "r", Visibility::everyone})),
     around(R"({"reference":"r","text":"x","ticket":"17","verb":"note","visibility":"everyone"})")},
    {"SendNotice", write(issued(SendNotice{"a@b", "t", "x", "http://s", "r"})),
     around(R"({"link":"http://s","reference":"r","text":"x","title":"t","to":"a@b",)"
            R"("verb":"notice"})")},
    {"Answer",
     write(AnswerRecord{
         {IdempotencyKey{"k"}, "create", RemoteKey{"17"}, true, ""}, "{}", CaseNumber{"SAK-1"}}),
     R"({"case_number":"SAK-1","command":"k","delivered":true,"key":"17","snapshot":"{}","v":1,)"
     R"("verb":"create","why":""})"},
    {"Timer", write(TimerRecord{CaseNumber{"SAK-1"}, "deadline", at(3000)}),
     R"({"case_number":"SAK-1","due":3000,"name":"deadline","v":1})"},
    {"Link",
     write(LinkRecord{CaseNumber{"SAK-1"}, core::Signal{"løst"}, core::Role{"end_user"}, "Bærum",
                      "det virker\nnå"}),
     R"({"case_number":"SAK-1","organisation":"Bærum","role":"end_user","signal":"løst",)"
     R"("text":"det virker\nnå","v":1})"},
    {"Order", write(Order{"redrive", CaseNumber{"SAK-1"}, SystemName{"desk"}, 7}),
     R"({"case_number":"SAK-1","outbox_id":7,"system":"desk","v":1,"verb":"redrive","version":""})"},
};

class Format : public testing::TestWithParam<Row> {};

TEST_P(Format, IsWhatIsOnDisksAlready) { EXPECT_EQ(GetParam().written, GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(Records, Format, testing::ValuesIn(rows),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace saksbro::records
