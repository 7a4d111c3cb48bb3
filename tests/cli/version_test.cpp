// Versions that cases wait for, and what becomes of an announcement.
#include <gtest/gtest.h>

#include <algorithm>

#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/cli/command_line.h"

namespace saksbro::cli {
namespace {

constexpr Instant kNoon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} +
                        std::chrono::hours{12}};

class CliVersion : public CommandLine {
 protected:
  // A case that waits for the version, or has been told of it already.
  void add_case(const std::string& number, const std::string& version, const std::string& told) {
    auto store = *store::open_sqlite(folder_.file("saksbro.db"), store::Use::command, kNoon);
    auto tx = *store->begin();
    ASSERT_TRUE(tx->inbox().receive(
        {SystemName{"desk"}, DeliveryId{number}, DeliveryKind::webhook, kNoon, "{}"}));
    std::vector<core::Fact> facts{core::CaseOpened{core::ProcessId{"M.1"}},
                                  core::ActivityEntered{core::ActivityId{"M.1 slutt"}},
                                  core::ValueKept{"versjon", version}};
    if (!told.empty()) facts.emplace_back(core::Remembered{core::VersionTold{version, told}});
    core::Case after;
    after.number = CaseNumber{number};
    for (const core::Fact& fact : facts) after = core::evolve(std::move(after), fact, kNoon);
    ASSERT_TRUE(tx->cases().append(after, 1, kNoon, facts));
    ASSERT_TRUE(tx->commit());
  }
  // How many orders the inbox has.
  std::size_t orders() {
    auto store = *store::open_sqlite(folder_.file("saksbro.db"), store::Use::command, kNoon);
    const auto rows = (*store->reader())->inbox().list(0, 10);
    if (!rows) return 0;
    return static_cast<std::size_t>(std::count_if(rows->begin(), rows->end(), [](const auto& row) {
      return row.delivery.kind == DeliveryKind::order;
    }));
  }
};

TEST_F(CliVersion, ListsThoseThatCasesWaitForAndThoseThatAreOut) {
  add_case("SAK-2026-00001", "7.2", "1.12.2026 kl. 08.00");
  add_case("SAK-2026-00002", "7.3", "");
  add_case("SAK-2026-00003", "7.3", "");
  const std::string all =
      "7.2  announced on 1.12.2026 kl. 08.00: SAK-2026-00001\n"
      "7.3  waits: SAK-2026-00002, SAK-2026-00003\n";
  EXPECT_EQ(say({"version"}).out, all);
  EXPECT_EQ(say({"version", "list"}).out, all);
}

TEST_F(CliVersion, ListsNoneWhereNoCaseWaits) {
  ASSERT_TRUE(store::open_sqlite(folder_.file("saksbro.db"), store::Use::serve, kNoon));
  EXPECT_EQ(say({"version"}).out, "No case waits for a version.\n");
}

TEST_F(CliVersion, IsAnnouncedToTheCasesThatWaitForIt) {
  add_case("SAK-2026-00002", "7.3", "");
  EXPECT_EQ(say({"version", "announce", "7.3"}).out,
            "Announced: version 7.3 is released. The service notifies 1 case: SAK-2026-00002.\n");
  EXPECT_EQ(orders(), 1U);
}

TEST_F(CliVersion, ThatWasAnnouncedIsNotAnnouncedAgain) {
  add_case("SAK-2026-00001", "7.2", "1.12.2026 kl. 08.00");
  EXPECT_EQ(say({"version", "announce", "7.2"}).out,
            "Already announced on 1.12.2026 kl. 08.00: SAK-2026-00001.\n");
  EXPECT_EQ(orders(), 0U);
}

TEST_F(CliVersion, ThatNobodyWaitsForIsAnsweredWithTheNearest) {
  add_case("SAK-2026-00002", "7.3", "");
  EXPECT_EQ(say({"version", "announce", "7.4"}).out,
            "No case waits for version 7.4; did you mean \"7.3\"?\nCases wait for: 7.3.\n");
  EXPECT_EQ(orders(), 0U);
}

}  // namespace
}  // namespace saksbro::cli
