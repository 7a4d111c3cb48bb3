#include "tests/store/conformance.h"

namespace saksbro::store::conformance {
namespace {

class Inbox : public Conformance {
 protected:
  std::optional<InboxRow> next() { return must(look()->inbox().next()); }
};

TEST_P(Inbox, KeepsADeliveryAsItCame) {
  const Delivery came{kDesk, DeliveryId{"d1"}, DeliveryKind::poll, kNoon + 7ms,
                      std::string("\0\xff{}\n", 5)};
  write([&](Transaction& tx) { return must(tx.inbox().receive(came)); });
  const InboxRow row = next().value();
  EXPECT_EQ(row.delivery.system, came.system);
  EXPECT_EQ(row.delivery.id, came.id);
  EXPECT_EQ(row.delivery.kind, came.kind);
  EXPECT_EQ(row.delivery.received_at, came.received_at);
  EXPECT_EQ(row.delivery.body, came.body);
}

TEST_P(Inbox, SaysWhetherADeliveryIsStillTheNext) {
  (void)receive("d1");
  (void)receive("d2");
  const std::int64_t first = next()->seq;
  const auto is_next = [&](std::int64_t seq) {
    return write([&](Transaction& tx) { return must(tx.inbox().is_next(seq)); });
  };
  EXPECT_TRUE(is_next(first));
  EXPECT_FALSE(is_next(first + 1));
  write([&](Transaction& tx) { must(tx.inbox().handled(first, "", kNoon)); });
  EXPECT_FALSE(is_next(first));
  const std::int64_t second = next()->seq;
  EXPECT_TRUE(is_next(second));
  write([&](Transaction& tx) { must(tx.inbox().parked(second, "odd", kNoon)); });
  EXPECT_FALSE(is_next(second));
}

TEST_P(Inbox, KeepsEveryKindAndAnEmptyBody) {
  for (int kind = 0; kind <= static_cast<int>(DeliveryKind::link); ++kind) {
    const auto wanted = static_cast<DeliveryKind>(kind);
    write([&](Transaction& tx) {
      return must(tx.inbox().receive({kDesk, DeliveryId{std::to_string(kind)}, wanted, kNoon, ""}));
    });
  }
  for (const InboxRow& row : must(look()->inbox().list(0, 100))) {
    EXPECT_EQ(std::to_string(static_cast<int>(row.delivery.kind)), row.delivery.id.text());
    EXPECT_EQ(row.delivery.body, "");
  }
}

TEST_P(Inbox, TakesADeliveryIdOnceForEachSystem) {
  EXPECT_EQ(receive("d1"), Received::now);
  EXPECT_EQ(receive("d1"), Received::before);
  EXPECT_EQ(receive("d1", kOperator), Received::now);
  EXPECT_EQ(must(look()->counts()).inbox_waiting, 2);
}

TEST_P(Inbox, RemembersAnIdAfterItsDeliveryIsHandled) {
  receive("d1");
  write([](Transaction& tx) { must(tx.inbox().handled(1, "nothing to do", kNoon)); });
  EXPECT_EQ(receive("d1"), Received::before);
  EXPECT_EQ(next(), std::nullopt);
}

TEST_P(Inbox, GivesTheOldestDeliveryUntilItIsHandled) {
  receive("d1");
  receive("d2");
  EXPECT_EQ(next()->delivery.id, DeliveryId{"d1"});
  const InboxRow again = next().value();
  EXPECT_EQ(again.delivery.id, DeliveryId{"d1"});
  write([&](Transaction& tx) { must(tx.inbox().handled(again.seq, "done", kNoon)); });
  EXPECT_EQ(next()->delivery.id, DeliveryId{"d2"});
}

TEST_P(Inbox, CountsTheDeathsOfTheProcessThatHadADeliveryInHand) {
  receive("d1");
  receive("d2");
  const WorkItem first{Work::delivery, next()->seq};
  EXPECT_EQ(next()->crashes, 0);
  dies_of(first);
  EXPECT_EQ(next()->crashes, 1);
  dies_of({Work::command, first.id});
  EXPECT_EQ(next()->crashes, 1) << "a command may have the same number";
  dies_of(first);
  EXPECT_EQ(next()->crashes, 2);
  write([](Transaction& tx) { must(tx.inbox().handled(1, "done", kNoon)); });
  EXPECT_EQ(next()->crashes, 0) << "d2 has done nothing";
}

TEST_P(Inbox, CountsTheDeathsOfTheProcessThatHadAPollInHand) {
  const auto poll_of = [&](const SystemName& system) {
    return write([&](Transaction& tx) { return must(tx.polls().of(system)); });
  };
  receive("d1");
  const WorkItem desk{Work::poll, poll_of(kDesk).id};
  EXPECT_NE(desk.id, poll_of(kOperator).id);
  dies_of(desk);
  dies_of(desk);
  EXPECT_EQ(poll_of(kDesk).id, desk.id);
  EXPECT_EQ(poll_of(kDesk).crashes, 2);
  EXPECT_EQ(poll_of(kOperator).crashes, 0);
  EXPECT_EQ(next()->crashes, 0) << "a delivery may have the same number";
  write([](Transaction& tx) { must(tx.polls().forgive(kDesk)); });
  EXPECT_EQ(poll_of(kDesk).crashes, 0);
}

TEST_P(Inbox, ADeathCountsOnceForWhatWasInHandTwice) {
  receive("d1");
  const WorkItem first{Work::delivery, next()->seq};
  EXPECT_THROW(store().in_hand().during(first,
                                        [&]() -> int {
                                          return store().in_hand().during(first, []() -> int {
                                            throw std::logic_error("deadly");
                                          });
                                        }),
               std::logic_error);
  reopen();
  must(store().release_claims(kNoon));
  EXPECT_EQ(next()->crashes, 1);
}

TEST_P(Inbox, GoesOnPastAParkedDelivery) {
  receive("d1");
  receive("d2");
  write([](Transaction& tx) { must(tx.inbox().parked(1, "no such status", kNoon)); });
  EXPECT_EQ(next()->delivery.id, DeliveryId{"d2"});
  const auto parked = must(look()->inbox().parked());
  ASSERT_EQ(parked.size(), 1U);
  EXPECT_EQ(parked[0].row.delivery.id, DeliveryId{"d1"});
  EXPECT_EQ(in_english(parked[0].why), "no such status");
  EXPECT_EQ(must(look()->counts()).inbox_parked, 1);
  EXPECT_EQ(must(look()->counts()).inbox_waiting, 1);
}

TEST_P(Inbox, GivesAnUnparkedDeliveryAgainWithItsCrashesForgotten) {
  receive("d1");
  dies_of({Work::delivery, 1});
  write([](Transaction& tx) { must(tx.inbox().parked(1, "why", kNoon)); });
  EXPECT_EQ(next(), std::nullopt);
  write([](Transaction& tx) { must(tx.inbox().unpark(1)); });
  EXPECT_EQ(next()->crashes, 0);
  EXPECT_TRUE(must(look()->inbox().parked()).empty());
}

TEST_P(Inbox, UnparkingTwiceChangesNothing) {
  receive("d1");
  dies_of({Work::delivery, 1});
  write([](Transaction& tx) { must(tx.inbox().unpark(1)); });
  EXPECT_EQ(next()->crashes, 1);
}

TEST_P(Inbox, NamesADeliveryThatIsNotThere) {
  auto tx = must(store().begin());
  EXPECT_EQ(tx->inbox().handled(9, "", kNoon).error().text(),
            "store: no delivery 9 is in the inbox");
}

TEST_P(Inbox, IsReadInOrderForAReplay) {
  for (const char* id : {"d1", "d2", "d3"}) receive(id);
  write([](Transaction& tx) { must(tx.inbox().handled(1, "done", kNoon)); });
  const auto rows = must(look()->inbox().list(0, 2));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].delivery.id, DeliveryId{"d1"});
  EXPECT_EQ(must(look()->inbox().list(rows[1].seq, 2)).at(0).delivery.id, DeliveryId{"d3"});
}

SAKSBRO_EVERY_STORE(Inbox);

}  // namespace
}  // namespace saksbro::store::conformance
