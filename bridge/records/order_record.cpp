#include "bridge/records/order_record.h"

#include <algorithm>
#include <array>

#include "bridge/records/case_fields.h"
#include "bridge/records/json_reading.h"
#include "bridge/records/json_writing.h"

namespace saksbro::records {

template <Of<Order::Only> Self>
void fields(Self& one, auto&& field) {
  auto& [verb, reason, issued_before] = one;
  field("verb", verb);
  field("reason", reason);
  field("issued_before", issued_before);
}

template <Of<Order> Self>
void fields(Self& one, auto&& field) {
  auto& [verb, case_number, system, outbox_id, version, only] = one;
  field("verb", verb);
  field("case_number", case_number);
  field("system", system);
  field("outbox_id", outbox_id);
  field("version", version);
}

std::string write(const Order& order) {
  Json json = Written::of(order);
  if (order.only != Order::Only{}) json["only"] = Written::of(order.only);
  json["v"] = kVersionOf<Order>;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Order> read_order(const std::string& text) {
  Result<Order> order = read_record<Order>("order", text);
  if (!order) return order;
  const Result<Json> json = open_record("order", text, kVersionOf<Order>);
  if (json && json->contains("only")) {
    Reading reading;
    reading.value(json->at("only"), order->only);
    if (reading.wrong()) return fail("order", Phrase("only.{why}", {{"why", *reading.wrong()}}));
  }
  static constexpr std::array kVerbs{"redrive",  "hasten",  "unpark",
                                     "announce", "compare", "let in"};
  if (std::find(kVerbs.begin(), kVerbs.end(), order->verb) != kVerbs.end()) return order;
  return fail("order",
              Phrase("unknown verb \"{verb}\"; known verbs: redrive, hasten, unpark, announce, "
                     "compare and let in",
                     {{"verb", order->verb}}));
}

}  // namespace saksbro::records
