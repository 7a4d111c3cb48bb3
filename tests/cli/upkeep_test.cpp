// backup, restore and status, character by character where no time stands in it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/cli/command_line.h"

namespace saksbro::cli {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

constexpr Instant kNoon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} +
                        std::chrono::hours{12}};

class UpkeepVerbs : public CommandLine {
 protected:
  void receive(const std::string& id) {
    const auto store = *store::open_sqlite(path_, store::Use::command, kNoon);
    const auto tx = *store->begin();
    ASSERT_TRUE(tx->inbox().receive(
        {SystemName{"desk"}, DeliveryId{id}, DeliveryKind::webhook, kNoon, "body"}));
    ASSERT_TRUE(tx->commit());
  }

  std::string path_ = folder_.file("saksbro.db");
  std::string copy_ = folder_.file("copy.db");
};

TEST_F(UpkeepVerbs, ABackupIsMadeAndPutBack) {
  receive("d1");
  const Said made = say({"backup", copy_});
  EXPECT_EQ(made.code, 0) << made.err;
  EXPECT_THAT(made.out, MatchesRegex(".*copy.db: [0-9.]+ MB, checked and written to disk.\n"));
  receive("d2");
  const Said restored = say({"restore", copy_});
  EXPECT_EQ(restored.code, 0) << restored.err;
  EXPECT_THAT(restored.out, HasSubstr(path_ + " now holds the backup of 20"));
  EXPECT_THAT(restored.out,
              HasSubstr("The previous store is kept as " + path_ + ".before-restore-20"));
  EXPECT_THAT(restored.out, HasSubstr("The next `saksbro serve` reads all systems before it writes "
                                      "anything: `saksbro status`\nshows its progress.\n"));
  EXPECT_THAT(say({"status"}).out, HasSubstr("Deliveries: 1 to be decided, 0 put aside\n"));
}

TEST_F(UpkeepVerbs, ABackupReplacesNothingUnlessForced) {
  receive("d1");
  EXPECT_EQ(say({"backup", copy_}).code, 0);
  const Said again = say({"backup", copy_});
  EXPECT_EQ(again.code, 1);
  EXPECT_EQ(again.err, "store: " + copy_ +
                           " already exists: choose another name, or use --force to replace it\n");
  EXPECT_EQ(say({"backup", copy_, "--force"}).code, 0);
}

TEST_F(UpkeepVerbs, ARestoreIsRefusedWhileTheStoreIsServed) {
  receive("d1");
  EXPECT_EQ(say({"backup", copy_}).code, 0);
  const auto service = *store::open_sqlite(path_, store::Use::serve, kNoon);
  const Said refused = say({"restore", copy_});
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.err, HasSubstr(" is in use by process "));
}

TEST_F(UpkeepVerbs, ARestoreMustBeToldWhat) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"restore"}, {"restore", copy_, "--in-place"}}) {
    const Said said = say(words);
    EXPECT_EQ(said.code, 1);
    EXPECT_EQ(said.err, "specify the FILE that `saksbro backup` wrote, or --in-place\n");
  }
}

TEST_F(UpkeepVerbs, StatusTellsWhatWaits) {
  receive("d1");
  const Said said = say({"status"});
  EXPECT_EQ(said.code, 0);
  EXPECT_EQ(said.out,
            "Cases:      0 open, 0 closed\n"
            "Deliveries: 1 to be decided, 0 put aside\n"
            "Commands:   0 to be sent, 0 dead letters\n");
}

TEST_F(UpkeepVerbs, StatusTellsHowFarARecoveryIs) {
  {
    const auto store = *store::open_sqlite(path_, store::Use::command, kNoon);
    const auto tx = *store->begin();
    ASSERT_TRUE(tx->recovery().mark(kNoon));
    ASSERT_TRUE(tx->recovery().begin(kNoon + std::chrono::hours{20}, std::chrono::hours{1}));
    ASSERT_TRUE(tx->commit());
  }
  EXPECT_THAT(say({"status"}).out,
              HasSubstr("\nThe backup of 2026-11-23 13:00:00 was restored, and has been in use "
                        "since 2026-11-24 09:00:00.\nSaksbro only reads: it writes nothing until "
                        "each system has reported what changed since.\n"));
  EXPECT_EQ(say({"status", "--json"}).out,
            "{\"backup_at\":\"2026-11-23T12:00:00Z\",\"cases\":{\"closed\":0,\"open\":0},"
            "\"commands\":{\"dead\":0,\"waiting\":0},\"deliveries\":{\"parked\":0,\"waiting\":0},"
            "\"outages\":[],\"recovery\":\"looking\",\"unseen\":0}\n");
}

TEST_F(UpkeepVerbs, AStoreIsMarkedInPlace) {
  receive("d1");
  const Said said = say({"restore", "--in-place"});
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr(path_ + " is treated as restored.\n"));
}

}  // namespace
}  // namespace saksbro::cli
