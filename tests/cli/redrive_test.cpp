// Dead letters by filter, and systems that let nothing through: told/<test>.txt, as in
// cli_test.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "bridge/records/order_record.h"
#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/cli/command_line.h"

namespace saksbro::cli {
namespace {

constexpr Instant kNoon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} +
                        std::chrono::hours{12}};

class CliRedrive : public CommandLine {
 protected:
  CliRedrive() { make_store(); }

  // What the last verb ordered.
  records::Order ordered() {
    auto store = *store::open_sqlite(folder_.file("saksbro.db"), store::Use::command, kNoon);
    const auto rows = (*store->reader())->inbox().list(0, 10);
    EXPECT_TRUE(rows && rows->size() == 1);
    return *records::read_order(rows->back().delivery.body);
  }
  void prepare_outages() {
    auto store = *store::open_sqlite(folder_.file("saksbro.db"), store::Use::command, kNoon);
    auto tx = *store->begin();
    ASSERT_TRUE(
        tx->outages().set({SystemName{"desk"}, kNoon, "GET /x: answered 401", std::nullopt}));
    ASSERT_TRUE(tx->outages().set(
        {SystemName{"operator"}, kNoon, "not sent: refused", kNoon + std::chrono::hours{24 * 7}}));
    ASSERT_TRUE(tx->commit());
  }
};

TEST_F(CliRedrive, ByFilterOrdersWhatTheFilterNames) {
  EXPECT_EQ(say({"redrive", "--system", "operator", "--verb", "status", "--reason", "not allowed",
                 "--older-than", "2h"})
                .code,
            0);
  const records::Order order = ordered();
  EXPECT_EQ(order.verb, "redrive");
  EXPECT_EQ(order.system, SystemName{"operator"});
  EXPECT_EQ(order.only.verb, "status");
  EXPECT_EQ(order.only.reason, "not allowed");
  ASSERT_TRUE(order.only.issued_before);
  const auto age = std::chrono::system_clock::now() - *order.only.issued_before;
  EXPECT_GE(age, std::chrono::hours{2});
  EXPECT_LE(age, std::chrono::hours{2} + std::chrono::minutes{5});
}

TEST_F(CliRedrive, ByFilterNeedsNoNumberAndNoSystem) {
  EXPECT_EQ(say({"redrive", "--reason", "403"}).code, 0);
  EXPECT_EQ(ordered().only, (records::Order::Only{"", "403", std::nullopt}));
}

TEST_F(CliRedrive, OfAnAgeThatIsNoneIsRefused) {
  expect_told(say({"redrive", "--older-than", "long"}));
}

TEST_F(CliRedrive, OfADeadLetterThatIsNotThereIsRefused) {
  const Said said = say({"redrive", "id:9999"});
  EXPECT_EQ(said.code, 1);
  EXPECT_EQ(said.err, "there is no dead letter 9999; `saksbro outbox` lists them\n");
}

TEST_F(CliRedrive, OfADeliveryThatWasNotPutAsideIsRefused) {
  const Said said = say({"redrive", "parked:9999"});
  EXPECT_EQ(said.code, 1);
  EXPECT_EQ(said.err, "no delivery 9999 is parked; `saksbro outbox` lists those that are\n");
}

TEST_F(CliRedrive, OfASystemThatNobodyKnowsIsRefused) {
  const Said said = say({"redrive", "--system", "opertor"});
  EXPECT_EQ(said.code, 1);
  EXPECT_EQ(said.err, "unknown system \"opertor\"; did you mean \"operator\"?\n");
}

TEST_F(CliRedrive, OfAVerbThatIsNoneIsRefused) {
  EXPECT_NE(say({"redrive", "--verb", "delete"}).code, 0);
}

TEST_F(CliRedrive, OutboxSaysWhichSystemsLetNothingThrough) {
  prepare_outages();
  expect_told(say({"outbox"}));
}

TEST_F(CliRedrive, StatusSaysWhichSystemsLetNothingThrough) {
  prepare_outages();
  const std::string told = say({"status"}).out;
  EXPECT_EQ(told,
            "Cases:      0 open, 0 closed\n"
            "Deliveries: 0 to be decided, 0 put aside\n"
            "Commands:   0 to be sent, 0 dead letters\n\n" +
                say({"outbox"}).out);
}

TEST_F(CliRedrive, OutboxSaysItToPrograms) {
  prepare_outages();
  expect_told(say({"outbox", "--json"}));
}

}  // namespace
}  // namespace saksbro::cli
