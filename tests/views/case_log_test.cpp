#include "bridge/views/case_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/views/example.h"

namespace saksbro::views {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Instant kNoon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} +
                        std::chrono::hours{12}};
const SystemName kDesk{"desk"};
const SystemName kOperator{"operator"};
const std::string kHere = std::string(SAKSBRO_SOURCE) + "/tests/views/";

// One case from its opening to its end, with all that must not leave in it.
std::vector<core::Fact> facts() {
  const Person kari{"6", "Kari Nordmann"};
  core::TicketView desk;
  desk.key = RemoteKey{"17"};
  desk.number = "#17";
  core::TicketView theirs;
  theirs.key = RemoteKey{"5"};
  theirs.number = "#5 <x>";
  const auto enters = [](const char* id) { return core::ActivityEntered{core::ActivityId{id}}; };
  return {
      core::CaseOpened{core::ProcessId{"S"}},
      core::TicketLinked{kDesk, desk.key, desk.number, "http://desk/17"},
      core::TicketSeen{kDesk, desk},
      core::ValueKept{"title", "Lønn til Kari Nordmann"},
      core::ValueKept{"virksomhet", "Bydel Østensjø & co"},
      core::ValueKept{"type", "feil"},
      core::ValueKept{"leverandør", "lonn"},                       // where third_line sits
      core::ValueKept{"alvorlighet", "Ring Kari på 22 22 22 22"},  // no word of the mapping
      enters("S.1.1"),
      core::StatusChanged{core::Status{"NY"}},
      core::SignalHeard{core::Signal{"til drift"}, kDesk, core::Role{"first_line"}, kari, "Hei"},
      enters("S.1.2"),
      core::CommandIssued{{IdempotencyKey{"k"}, kDesk, "status", {"NY"}}, "set_status"},
      enters("S.2.1"),
      core::TicketLinked{kOperator, theirs.key, theirs.number, "http://operator/5"},
      core::StatusChanged{core::Status{"AVVENTER"}},
      core::DeviationNoted{kOperator, kari, core::Role{"operator"}, core::Signal{"lukket"},
                           "Kari Nordmann lukket saken", "Hei"},
      core::DeadlinePassed{core::ActivityId{"S.2.1"}, kNoon},
      core::OrganisationTold{"Bydel Østensjø & co", IdempotencyKey{"t"}},
      core::ReceiptGiven{"Bydel Østensjø & co", core::Receipt::informed},
      enters("S.7.7"),  // an activity that the mapping does not have any more
      core::TicketLost{kOperator, "slettet av Kari Nordmann"},
      core::CaseClosed{},
      core::CaseReopened{},
      enters("S.1.1"),
  };
}

LoggedCase logged(const std::string& number, const std::string& process) {
  LoggedCase one;
  one.state.number = CaseNumber{number};
  Instant at = kNoon;
  for (const core::Fact& fact : facts()) {
    one.state = core::evolve(std::move(one.state), fact, at);
    one.facts.push_back({static_cast<std::int64_t>(one.facts.size()) + 1, at, fact});
    at += std::chrono::milliseconds(61001);
  }
  one.state.process = core::ProcessId{process};
  return one;
}

core::Mapping mapping() {
  core::Mapping one;
  one.processes = {small_process()};
  core::SystemMapping desk;
  desk.name = kDesk;
  one.systems.emplace(kDesk, desk);
  core::SystemMapping pay;
  pay.name = SystemName{"lonn"};
  pay.roles = {{core::Role{"third_line"}, true, {}, {}}};
  one.systems.emplace(pay.name, pay);
  return one;
}

using MakeLog = std::unique_ptr<CaseLog> (*)(const core::Mapping&, const LogOptions&);

std::string log_of(MakeLog make, const std::vector<LoggedCase>& cases) {
  const core::Mapping all = mapping();
  const auto log = make(all, {small_look(core::Language::nb), "virksomhet"});
  std::string text = log->opening();
  for (const LoggedCase& one : cases) text += log->of_case(one);
  return text + log->closing();
}

const std::vector<LoggedCase> kTwo{logged("SAK-2026-00001", "S"),
                                   logged("SAK-2026-00002", "borte")};

std::string xes_fault(const std::string& text) {
  const TextFile file(text);
  return complaint_of("xmllint --noout --schema '" + kHere + "data/xes.xsd' " + file.path() +
                      " 2>&1 | grep -v ' validates$'; true");
}

std::string ocel_fault(const std::string& text) {
  const TextFile file(text);
  return complaint_of("python3 '" + kHere + "check_ocel.py' '" + kHere + "data/ocel.schema.json' " +
                      file.path());
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  return at == text.npos ? text : text.replace(at, from.size(), to);
}

TEST(CaseLog, AsXes) { expect_told(log_of(xes_log, kTwo), "tests/views/told/log.xes"); }

TEST(CaseLog, AsOcel) { expect_told(log_of(ocel_log, kTwo), "tests/views/told/log.ocel.json"); }

TEST(CaseLog, XesFitsItsSchemaAlsoWithoutACase) {
  EXPECT_EQ(xes_fault(log_of(xes_log, kTwo)), "");
  EXPECT_EQ(xes_fault(log_of(xes_log, {})), "");
}

TEST(CaseLog, TheSchemaOfXesRefusesWhatIsNone) {
  const std::string right = log_of(xes_log, kTwo);
  EXPECT_THAT(xes_fault(replaced(right, "2026-11-23T12:00:00", "23.11.2026")),
              HasSubstr("xs:dateTime"));
  EXPECT_THAT(xes_fault(replaced(right, "key=\"org:role\"", "kee=\"org:role\"")),
              HasSubstr("'key' is required"));
  EXPECT_THAT(xes_fault(replaced(right, "</trace>", "<case/></trace>")), HasSubstr("not expected"));
}

TEST(CaseLog, OcelFitsItsSchemaAndEveryNameInItIsDeclared) {
  EXPECT_EQ(ocel_fault(log_of(ocel_log, kTwo)), "");
  EXPECT_EQ(ocel_fault(log_of(ocel_log, {})), "");
}

TEST(CaseLog, TheCheckOfOcelRefusesWhatIsNone) {
  const std::string right = log_of(ocel_log, kTwo);
  EXPECT_THAT(ocel_fault(replaced(right, "\"eventTypes\"", "\"eventtypes\"")),
              HasSubstr("'eventTypes' is a required property"));
  EXPECT_THAT(ocel_fault(replaced(right, "\"id\":\"desk/17\"", "\"id\":\"desk/18\"")),
              HasSubstr("there is no object desk/17"));
  EXPECT_THAT(ocel_fault(replaced(right, "\"type\":\"case opened\"", "\"type\":\"opened\"")),
              HasSubstr("the type opened is not declared"));
}

TEST(CaseLog, NamesNoPersonAndHoldsNoFreeText) {
  for (const MakeLog make : {xes_log, ocel_log}) {
    const std::string text = log_of(make, kTwo);
    for (const char* word : {"Kari", "Nordmann", "Lønn", "Hei", "22 22", "slettet", "http://desk"})
      EXPECT_THAT(text, Not(HasSubstr(word)));
    EXPECT_THAT(text, HasSubstr("Østensjø"));
  }
}

TEST(CaseLog, AnActivityIsCompletedWhenTheNextBegins) {
  const std::string text = log_of(xes_log, {logged("SAK-2026-00001", "S")});
  EXPECT_THAT(text, HasSubstr(R"(<string key="concept:name" value="S.1.1 Tar imot saken"/>
      <date key="time:timestamp" value="2026-11-23T12:11:11.011Z"/>
      <string key="lifecycle:transition" value="complete"/>
      <string key="kind" value="activity"/>
      <string key="org:role" value="first_line"/>)"));
}

TEST(CaseLog, WithoutAnOrganisationNoneIsNamed) {
  const core::Mapping all = mapping();
  const auto log = ocel_log(all, {small_look(core::Language::nb), ""});
  std::string text = log->opening();
  text += log->of_case(kTwo.front());
  text += log->closing();
  EXPECT_THAT(text, Not(HasSubstr("Østensjø")));
  EXPECT_EQ(ocel_fault(text), "");
}

}  // namespace
}  // namespace saksbro::views
