// Who is woken by a decision, and who waits for the store.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "bridge/records/order_record.h"
#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {
namespace {

using testing::IsEmpty;
using testing::UnorderedElementsAre;

const SystemName kDesk{"desk"};
const SystemName kOperator{"operator"};
const SystemName kVakt{"vakt"};

class Wakes : public testing::Test {
 protected:
  std::set<SystemName> after(const std::string& system, const std::string& body) {
    box.woken.clear();
    box.deliver(system, "d" + std::to_string(++deliveries), body);
    EXPECT_TRUE(need(box.handle_next()));
    return box.woken;
  }

  Box box;
  int deliveries = 0;
};

TEST_F(Wakes, ADecisionWakesTheSendersOfTheSystemsThatItHasWorkFor) {
  EXPECT_THAT(after("operator", "hint:5"), UnorderedElementsAre(kOperator));
  EXPECT_THAT(after("desk", "hint:17"), UnorderedElementsAre(kDesk));
}

TEST_F(Wakes, ADecisionWithoutACommandWakesNobody) {
  EXPECT_THAT(after("desk", "this is no JSON"), IsEmpty());
}

TEST_F(Wakes, ThatATicketHasGotItsNumberWakesWhoWaitsForIt) {
  box.trackers.registers("desk", "7", "Faktura feiler");
  box.poll("desk");
  box.settle();
  box.trackers.comments("desk", "6", "/sak videresend drift");
  box.poll("desk");
  while (box.send("desk")) box.handle_all();
  ASSERT_TRUE(box.send("operator")) << "the create";
  box.woken.clear();
  EXPECT_TRUE(need(box.handle_next()));
  EXPECT_THAT(box.woken, testing::Contains(kOperator));
}

TEST_F(Wakes, APersonsOrderWakesAll) {
  records::Order order;
  order.verb = "redrive";
  auto tx = need(box.store().begin());
  (void)need(tx->inbox().receive({SystemName{"order"}, DeliveryId{"order1"}, DeliveryKind::order,
                                  box.clock.now(), records::write(order)}));
  ASSERT_TRUE(tx->commit());
  tx.reset();
  box.woken.clear();
  box.handle_all();
  EXPECT_THAT(box.woken, UnorderedElementsAre(kDesk, kOperator, kVakt));
}

TEST_F(Wakes, WhoHasNothingToSendDoesNotWaitForTheStore) {
  auto somebody_elses = need(box.store().begin());
  auto sent = std::async(std::launch::async, [&] { return box.dispatcher("desk").send_next(); });
  EXPECT_EQ(sent.wait_for(std::chrono::seconds{10}), std::future_status::ready);
  somebody_elses.reset();
  EXPECT_FALSE(need(sent.get()));
}

}  // namespace
}  // namespace saksbro::run
