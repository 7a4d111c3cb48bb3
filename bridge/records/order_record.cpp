#include "bridge/records/order_record.h"

#include "bridge/records/case_fields.h"
#include "bridge/records/json_reading.h"
#include "bridge/records/json_writing.h"

namespace saksbro::records {

template <Of<Order> Self>
void fields(Self& one, auto&& field) {
  auto& [verb, case_number, system, outbox_id] = one;
  field("verb", verb);
  field("case_number", case_number);
  field("system", system);
  field("outbox_id", outbox_id);
}

std::string write(const Order& order) { return write_record(order); }

Result<Order> read_order(const std::string& text) {
  Result<Order> order = read_record<Order>("order", text);
  if (!order) return order;
  if (order->verb == "redrive" || order->verb == "hasten" || order->verb == "unpark") return order;
  return fail("order",
              "unknown verb \"" + order->verb + "\"; known are redrive, hasten and unpark");
}

}  // namespace saksbro::records
