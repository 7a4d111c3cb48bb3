// An order that names which dead letters; one without that looks as it always did (format_test).
#include <gtest/gtest.h>

#include "bridge/records/order_record.h"

namespace saksbro::records {
namespace {

TEST(OrderRecord, KeepsWhichDeadLettersAreMeant) {
  Order order{"redrive", {}, SystemName{"desk"}, std::nullopt};
  order.only = {"status", "not allowed", Instant{std::chrono::milliseconds{7}}};
  EXPECT_EQ(
      write(order),
      R"({"case_number":"","only":{"issued_before":7,"reason":"not allowed","verb":"status"},)"
      R"("outbox_id":null,"system":"desk","v":1,"verb":"redrive","version":""})");
  EXPECT_EQ(*read_order(write(order)), order);
}

TEST(OrderRecord, RefusesALimitThatItCannotRead) {
  const auto order = read_order(
      R"({"case_number":"","only":{"issued_before":"x","reason":"","verb":""},"outbox_id":null,)"
      R"("system":"desk","v":1,"verb":"redrive","version":""})");
  ASSERT_FALSE(order);
  EXPECT_EQ(order.error().text(), "order: only.issued_before: expected a whole number");
}

}  // namespace
}  // namespace saksbro::records
