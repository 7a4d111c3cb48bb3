// A poll that kills the process: it must not kill the next ones for ever.
#include <gtest/gtest.h>

#include <csignal>

#include "bridge/records/order_record.h"
#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {
namespace {

class DeadlyPoll : public testing::Test {
 protected:
  void order_redrive() {
    auto tx = need(box.store().begin());
    records::Order order;
    order.verb = "redrive";
    order.system = SystemName{"desk"};
    (void)need(tx->inbox().receive({SystemName{"order"}, DeliveryId{"order1"}, DeliveryKind::order,
                                    box.clock.now(), records::write(order)}));
    ASSERT_TRUE(tx->commit());
    tx.reset();
    box.handle_all();
  }

  Box box;
  FakeSystem& desk = dynamic_cast<FakeSystem&>(*box.systems.at(SystemName{"desk"}));
};

// Promise 20.
TEST_F(DeadlyPoll, IsNotMadeAgainAfterThreeDeathsUntilAPersonSaysSo) {
  desk.poll_is_deadly = true;
  for (int deaths = 0; deaths < 3; ++deaths) {
    EXPECT_EXIT((void)box.poller("desk").poll_page(), testing::KilledBySignal(SIGKILL), "");
    box.restart();
  }
  const auto polled = box.poller("desk").poll_page();
  ASSERT_FALSE(polled);
  EXPECT_EQ(polled.error().text(),
            "desk: poll: the process died 3 times while it worked on a poll of this system; it is "
            "polled again after saksbro redrive --system desk");
  EXPECT_EQ(box.metrics.value("saksbro_poll_failures_total", label("system", "desk")), 1);
  EXPECT_TRUE(box.poller("operator").poll_page()) << "the other systems are polled";

  desk.poll_is_deadly = false;  // the program has been mended
  EXPECT_FALSE(box.poller("desk").poll_page());
  order_redrive();
  EXPECT_TRUE(box.poller("desk").poll_page());
}

TEST_F(DeadlyPoll, IsForgivenWhenAPageWasKept) {
  for (int deaths = 0; deaths < 4; ++deaths) {
    desk.poll_is_deadly = true;
    EXPECT_EXIT((void)box.poller("desk").poll_page(), testing::KilledBySignal(SIGKILL), "");
    box.restart();
    desk.poll_is_deadly = false;
    EXPECT_TRUE(box.poller("desk").poll_page());
  }
}

}  // namespace
}  // namespace saksbro::run
