// `saksbro report` of a prepared store, character by character: told/<test>.txt.
#include <gtest/gtest.h>

#include <fstream>

#include "bridge/cli/cli.h"
#include "bridge/codec/rfc3339.h"
#include "bridge/run/observe/clock.h"
#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/cli/command_line.h"

namespace saksbro::cli {
namespace {

constexpr Instant kLate{std::chrono::sys_days{std::chrono::year{2025} / 12 / 1}};
const CaseNumber kNumber{"SAK-2025-00001"};
const SystemName kDesk{"desk"};
const SystemName kOperator{"operator"};

class ReportVerb : public CommandLine {
 protected:
  // A case of M.1, from a Friday in October 2025 to the third Tuesday of November.
  void prepare_past() {
    auto store = *store::open_sqlite(folder_.file("saksbro.db"), store::Use::command, kLate);
    auto tx = *store->begin();
    ASSERT_TRUE(
        tx->inbox().receive({kDesk, DeliveryId{"poll:17@1"}, DeliveryKind::poll, kLate, "{}"}));
    const auto enters = [](const char* id) { return core::ActivityEntered{core::ActivityId{id}}; };
    const auto status = [](const char* word) { return core::StatusChanged{core::Status{word}}; };
    const auto hears = [](const char* signal) {
      return core::SignalHeard{core::Signal{signal}, kOperator, core::Role{"operator"}, {}, ""};
    };
    core::Case state;
    state.number = kNumber;
    const std::pair<const char*, std::vector<core::Fact>> steps[] = {
        {"2025-10-31T09:00:00+01:00",
         {core::CaseOpened{core::ProcessId{"M.1"}},
          core::TicketLinked{kDesk, RemoteKey{"17"}, "#17", ""}, enters("M.1.1.3"),
          status("UNDER ARBEID")}},
        {"2025-11-14T15:00:00+01:00",
         {status("AVVENTER"), core::TicketOpening{kOperator, "k"}, enters("M.1.3.2")}},
        {"2025-11-17T09:30:00+01:00",
         {hears("svart"), core::DeviationNoted{kOperator, {}, {}, {}, {}, "x"}}},
        {"2025-11-17T10:00:00+01:00", {hears("senere versjon"), enters("M.1.3.7"), status("LØST")}},
        {"2025-11-18T08:20:00+01:00", {enters("M.1 slutt"), status("LUKKET"), core::CaseClosed{}}}};
    for (const auto& [time, facts] : steps) {
      const Instant at = *codec::parse_rfc3339(time);
      for (const core::Fact& fact : facts) state = core::evolve(std::move(state), fact, at);
      ASSERT_TRUE(tx->cases().append(state, 1, at, facts));
    }
    ASSERT_TRUE(tx->commit());
  }
};

TEST_F(ReportVerb, ReportCountsTheWorkingTimeOfAMonth) {
  prepare_past();
  expect_told(say({"report", "--month", "2025-11"}));
}

TEST_F(ReportVerb, ReportInNorwegianHasADecimalComma) {
  prepare_past();
  expect_told(say({"report", "--month", "2025-11", "--lang", "nb"}));
}

TEST_F(ReportVerb, ReportAsJson) {
  prepare_past();
  expect_told(say({"report", "--month", "2025-11", "--json"}));
}

TEST_F(ReportVerb, ReportAsCsvIsMadeForNorwegianExcel) {
  prepare_past();
  expect_told(say({"report", "--month", "2025-11", "--lang", "nb", "--csv"}));
}

TEST_F(ReportVerb, ReportOfAMonthBeforeAllCasesIsZero) {
  prepare_past();
  expect_told(say({"report", "--month", "2025-09"}));
}

TEST_F(ReportVerb, ReportOfOneCaseIsItsWholeLife) {
  prepare_past();
  expect_told(say({"report", "--case", "#17"}));
}

TEST_F(ReportVerb, ReportOfOneCaseInOneMonth) {
  prepare_past();
  expect_told(say({"report", "--case", "17", "--month", "2025-10", "--lang", "nb"}));
}

TEST_F(ReportVerb, ReportIsOfLastMonthUnlessTold) {
  const auto configuration_read = load_to_look(Chosen{configuration(), false, nullptr});
  ASSERT_TRUE(configuration_read);
  const auto last =
      core::month_before(configuration_read->mapping.calendar, run::SystemClock{}.now());
  const auto digits = std::to_string(static_cast<unsigned>(last.month()));
  const std::string month = std::to_string(static_cast<int>(last.year())) + "-" +
                            std::string(2 - digits.size(), '0') + digits;
  EXPECT_EQ(say({"report"}).out, say({"report", "--month", month}).out);
}

TEST_F(ReportVerb, ReportNeedsTheWordForWaiting) {
  std::string text = content_of(configuration());
  std::ofstream(configuration()) << replaced(text, "\nreport:", "\n# report:");
  expect_told(say({"report"}));
}

TEST_F(ReportVerb, ReportOfAWrongConfigurationSaysWhatIsWrong) {
  std::string text = content_of(configuration());
  std::ofstream(configuration()) << replaced(text, "Europe/Oslo", "Europe/Olso");
  expect_told(say({"report"}));
}

TEST_F(ReportVerb, ReportOfNoMonthIsACommandLineThatIsWrong) {
  for (const char* month : {"2026", "2026-13", "2026-00", "11-2026", "2026-1", "-001-01"})
    EXPECT_EQ(say({"report", "--month", month}).code, 2) << month;
  EXPECT_EQ(say({"report", "--lang", "sv"}).code, 2);
  EXPECT_EQ(say({"report", "--csv", "--json"}).code, 2);
  expect_told(say({"report", "--month", "november"}));
}

}  // namespace
}  // namespace saksbro::cli
