// Commands that carry files, as every store keeps them.
#include "tests/store/conformance.h"

namespace saksbro::store {
namespace {

Action with_files(const std::string& hash) {
  return AddComment{RemoteKey{"17"},
                    "Vedlegg",
                    "[1]",
                    Visibility::everyone,
                    {{"logg.txt", "text/plain", {hash, 3}}}};
}
Action fetch() { return FetchFile{RemoteKey{"17"}, "204", "logg.txt", "/204", 10}; }

class FileCommands : public Conformance {
 protected:
  void SetUp() override {
    open_case(kFirst);
    open_case(kSecond);
  }
  std::vector<std::string> claimed_light() {
    return write([&](Transaction& tx) {
      std::vector<std::string> keys;
      for (const OutboxRow& row :
           must(tx.outbox().claim(kDesk, kNoon, 100, Together::updates, Load::light)))
        keys.push_back(row.issued.command.key.text());
      return keys;
    });
  }
};

TEST_P(FileCommands, AreLeftToThoseWhoMayCarryFiles) {
  queue({"fetch", fetch(), "file/204"});
  queue({"files", with_files("aa"), "files/[1]"});
  queue({"status", status("Ny"), "status", kSecond});
  EXPECT_TRUE(must(look()->outbox().has_due(kDesk, kNoon, Load::light)));
  EXPECT_EQ(claimed_light(), std::vector<std::string>{"status"});
  EXPECT_FALSE(must(look()->outbox().has_due(kDesk, kNoon, Load::light)));
  EXPECT_TRUE(must(look()->outbox().has_due(kDesk, kNoon)));
  EXPECT_EQ(claimed(), (std::vector<std::string>{"fetch", "files"}));
}

TEST_P(FileCommands, GoByThemselvesAlsoWhereUpdatesGoTogether) {
  queue({"status", status("Ny"), "status"});
  queue({"names", AddComment{RemoteKey{"17"}, "Ikke kopiert", "[1]", Visibility::everyone},
         "files/[1]"});
  const auto rows = claim(kNoon, 100, kDesk, Together::updates);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].merged.size(), 0U);
  EXPECT_FALSE(is_heavy(rows[0]));
  EXPECT_TRUE(done(rows[0]));
  const auto next = claim(kNoon, 100, kDesk, Together::updates);
  ASSERT_EQ(next.size(), 1U);
  EXPECT_TRUE(is_heavy(next[0]));
}

TEST_P(FileCommands, NeedTheirFilesUntilTheyAreDone) {
  queue({"waits", with_files("aa"), "files/[1]"});
  queue({"refused", with_files("bb"), "files/[2]", kSecond});
  queue({"done", with_files("cc"), "files/[3]", CaseNumber{"SAK-2026-00003"}});
  for (const OutboxRow& row : claim()) {
    const std::string key = row.issued.command.key.text();
    const bool ended = key == "refused" ? dead(row)
                       : key == "waits" ? later(row, kNoon + 1h)
                                        : done(row);
    EXPECT_TRUE(ended) << key;
  }
  EXPECT_EQ(must(look()->outbox().files_needed()), (std::set<std::string>{"aa", "bb"}));
}

SAKSBRO_EVERY_STORE(FileCommands);

}  // namespace
}  // namespace saksbro::store
