// A version that is out is told to every case that waits for it, and once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/records/order_record.h"
#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {
namespace {

const std::string kKari = "6";
const std::string kPer = "7";

// The history of a case that 2nd line has sent to the operator, and has heard on the phone that the
// fix comes in version 7.2.
void waits_for_a_version(Box& box, const std::string& key) {
  Ticket ticket;
  ticket.key = RemoteKey{key};
  ticket.title = "Sak " + key;
  ticket.status = "Ny";
  ticket.author = {kPer, ""};
  ticket.created = ticket.updated = ticket.read_at = box.clock.now();
  for (const char* words : {"/sak ta", "/sak videresend drift", "/sak senere-versjon 7.2"}) {
    const std::uint64_t place = ++ticket.revision;
    ticket.comments.push_back({key + "/c" + std::to_string(place),
                               place,
                               {kKari, ""},
                               box.clock.now(),
                               Visibility::internal,
                               words});
  }
  box.deliver("desk", "case " + key, to_json(ticket).dump());
  box.handle_all();
}

void announce(Box& box, const std::string& id) {
  auto tx = need(box.store().begin());
  records::Order order;
  order.verb = "announce";
  order.version = "7.2";
  (void)need(tx->inbox().receive(
      {kOrderSystem, DeliveryId{id}, DeliveryKind::order, box.clock.now(), records::write(order)}));
  ASSERT_TRUE(tx->commit());
  tx.reset();
  box.handle_all();
}

int told(Box& box) {
  int count = 0;
  for (const store::OutboxRow& row : box.outbox(false)) {
    const auto* comment = std::get_if<AddComment>(&row.issued.command.action);
    if (comment != nullptr && comment->text.find("Versjon 7.2, som løser") != std::string::npos)
      ++count;
  }
  return count;
}

TEST(Version, IsToldToEachOfTheCasesThatWaitForItAndOnce) {
  Box box;
  waits_for_a_version(box, "101");
  waits_for_a_version(box, "102");
  announce(box, "o1");
  EXPECT_EQ(told(box), 2) << "no command of one delivery is lost behind another";
  announce(box, "o2");
  EXPECT_EQ(told(box), 2);
}

}  // namespace
}  // namespace saksbro::run
