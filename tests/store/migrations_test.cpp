// What a new version of the tables makes of what an older program wrote.
#include <gtest/gtest.h>

#include <functional>

#include "bridge/store/sqlite/connection.h"
#include "bridge/store/sqlite/schema.h"
#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/store/conformance.h"
#include "tests/store/temporary_folder.h"

namespace saksbro::store {
namespace {

class Migrations : public testing::Test {
 protected:
  // A store of that version with what `sql` writes into it, brought up to date.
  void bring_up_to_date(int version, const std::string& sql) {
    bring_up_to_date(version, [&](Connection& old) { old.execute(sql); });
  }
  void bring_up_to_date(int version, const std::function<void(Connection&)>& write) {
    {
      Connection old{path_, Connection::Access::write};
      must(migrate(old, migrations().first(static_cast<std::size_t>(version)), path_));
      write(old);
    }
    store_ = must(open_sqlite(path_, Use::serve, kNoon));
  }
  std::string lines(const char* sql) {
    Connection connection{path_, Connection::Access::read};
    Query query = connection.query(sql);
    std::string all;
    while (query.next()) all += query.text(0) + "\n";
    return all;
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("saksbro.db");
  std::unique_ptr<Store> store_;
};

TEST_F(Migrations, FingerprintsOfSettingsAreInTheMemory) {
  bring_up_to_date(6, "INSERT INTO meta (name, value) VALUES ('settings of desk', -17)");
  auto tx = must(store_->begin());
  EXPECT_FALSE(must(tx->outages().settings_changed(kDesk, -17)));
  EXPECT_TRUE(must(tx->outages().settings_changed(kDesk, 18)));
  EXPECT_EQ(lines("SELECT name FROM meta"), "epoch\n");
}

TEST_F(Migrations, WhatWasRememberedAmongTheCursorsIsInTheMemory) {
  bring_up_to_date(6,
                   "INSERT INTO cursors (system, since, position) VALUES "
                   "('desk', 1, 'page 2'), ('compare/desk', 2, '40'), ('epoch/desk', 3, ''), "
                   "('authors/desk', 4, '4 17 1 anna' || char(10)), ('authors/', 5, '')");
  EXPECT_EQ(lines("SELECT system || ' ' || since || ' ' || position FROM cursors"),
            "desk 1 page 2\n");
  EXPECT_EQ(lines("SELECT owner || '|' || key || '|' || at || '|' || value FROM memory"),
            "authors||5|\n"
            "authors|desk|4|4 17 1 anna\n\n"
            "compare|desk|2|40\n"
            "epoch|desk|3|\n");
}

}  // namespace
}  // namespace saksbro::store
