#include "bridge/records/order_record.h"

#include <algorithm>
#include <array>

#include "bridge/records/case_fields.h"
#include "bridge/records/json_reading.h"
#include "bridge/records/json_writing.h"

namespace saksbro::records {

template <Of<Order> Self>
void fields(Self& one, auto&& field) {
  auto& [verb, case_number, system, outbox_id, version] = one;
  field("verb", verb);
  field("case_number", case_number);
  field("system", system);
  field("outbox_id", outbox_id);
  field("version", version);
}

std::string write(const Order& order) { return write_record(order); }

Result<Order> read_order(const std::string& text) {
  Result<Order> order = read_record<Order>("order", text);
  if (!order) return order;
  static constexpr std::array kVerbs{"redrive", "hasten", "unpark", "announce", "compare"};
  if (std::find(kVerbs.begin(), kVerbs.end(), order->verb) != kVerbs.end()) return order;
  return fail("order", "unknown verb \"" + order->verb +
                           "\"; known are redrive, hasten, unpark, announce and compare");
}

}  // namespace saksbro::records
