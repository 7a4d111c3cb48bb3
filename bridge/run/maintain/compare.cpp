#include "bridge/run/maintain/compare.h"

#include <charconv>

#include "bridge/run/systems.h"

namespace saksbro::run {
namespace {

constexpr int kPage = 10;

// When the comparison began, and behind which case its next page begins; empty: it is over.
store::MemoryKey place_of(const SystemName& system) { return {"compare", system.text()}; }

std::int64_t number_from(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// "compare:desk:2026-11-25", and for a page of it "compare:desk:1795575600000:40".
DeliveryId id_of(const SystemName& system, const std::string& rest) {
  return DeliveryId{"compare:" + system.text() + ":" + rest};
}

std::string day_of(const core::Calendar& calendar, Instant now) {
  const auto day = std::chrono::floor<std::chrono::days>(core::local_time(calendar, now));
  const std::chrono::year_month_day date(day);
  const auto two = [](unsigned number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return std::to_string(static_cast<int>(date.year())) + "-" +
         two(static_cast<unsigned>(date.month())) + "-" + two(static_cast<unsigned>(date.day()));
}

core::Issued look(const SystemName& at, const DeliveryId& cause, const RemoteKey& ticket) {
  Command command{IdempotencyKey{at.text() + "/" + cause.text() + "/read/" + ticket.text()}, at,
                  ReadTicket{ticket}, 1};
  return {
      std::move(command),
      "read/compare",
      {"Ticket {ticket} of {system} is compared: it is read", {{"ticket", ticket}, {"system", at}}},
      ""};
}

}  // namespace

Delivery compare_order(const SystemName& system, const std::string& when, Instant now) {
  return {kOrderSystem, id_of(system, when), DeliveryKind::order, now,
          records::write(records::Order{"compare", {}, system, std::nullopt})};
}

bool Comparer::is_due(const std::optional<store::Memo>& last, Instant now) const {
  const auto today = std::chrono::floor<std::chrono::days>(core::local_time(parts_.calendar, now));
  const Instant due = core::instant_of(parts_.calendar, today + parts_.at);
  const Instant before = last ? last->at : parts_.store.epoch();
  return now >= due && before < due;
}

Result<bool> Comparer::order(const DeliveryId& id, const records::Order& order) {
  auto tx = parts_.store.begin();
  if (!tx) return tl::unexpected(tx.error());
  const auto arrived = (*tx)->inbox().receive(
      {kOrderSystem, id, DeliveryKind::order, parts_.clock.now(), records::write(order)});
  if (!arrived) return tl::unexpected(arrived.error());
  if (auto committed = (*tx)->commit(); !committed) return tl::unexpected(committed.error());
  if (*arrived == store::Received::now) parts_.engine.notify();
  return *arrived == store::Received::now;
}

Result<bool> Comparer::step() {
  auto tx = parts_.store.begin();
  if (!tx) return tl::unexpected(tx.error());
  const auto known = (*tx)->memory().get(place_of(parts_.name));
  if (!known) return tl::unexpected(known.error());
  tx->reset();
  const Instant now = parts_.clock.now();
  const bool under_way = *known && !(*known)->value.empty();
  parts_.metrics.set("saksbro_compare_under_way", label("system", parts_.name.text()),
                     under_way ? 1 : 0);
  if (!under_way) {
    if (!is_due(*known, now)) return false;
    return order(id_of(parts_.name, day_of(parts_.calendar, now)),
                 {"compare", {}, parts_.name, std::nullopt});
  }
  auto reader = parts_.store.reader();
  if (!reader) return tl::unexpected(reader.error());
  const auto waiting = (*reader)->outbox().compares_waiting(parts_.name);
  if (!waiting) return tl::unexpected(waiting.error());
  if (*waiting > 0) return false;
  reader->reset();
  const store::Memo& place = **known;
  return order(
      id_of(parts_.name, std::to_string(place.at.time_since_epoch().count()) + ":" + place.value),
      {"compare", {}, parts_.name, number_from(place.value)});
}

Result<Compared> compare_page(store::Store& store, store::Transaction& tx,
                              const records::Order& order, const store::InboxRow& row) {
  const store::MemoryKey key = place_of(order.system);
  const Instant now = row.delivery.received_at;
  if (!order.outbox_id) {
    if (auto set = tx.memory().set(key, {now, "0"}); !set) return tl::unexpected(set.error());
    return Compared{
        {"A comparison of all open cases' tickets in {system} begins.", {{"system", order.system}}},
        0};
  }
  const auto place = tx.memory().get(key);
  if (!place) return tl::unexpected(place.error());
  if (!*place || (*place)->value != std::to_string(*order.outbox_id))
    return Compared{{"Nothing to do: this page has been compared.", {}}, 0};
  auto reader = store.reader();
  if (!reader) return tl::unexpected(reader.error());
  const auto tickets = (*reader)->cases().open_tickets(order.system, *order.outbox_id, kPage);
  if (!tickets) return tl::unexpected(tickets.error());
  for (const store::OpenTicket& one : *tickets) {
    auto asked = tx.outbox().append(one.case_number, row.seq, now,
                                    look(order.system, row.delivery.id, one.key));
    if (!asked) return tl::unexpected(asked.error());
  }
  const int count = static_cast<int>(tickets->size());
  const bool more = count == kPage;
  const std::string next = more ? std::to_string(tickets->back().seq) : "";
  if (auto set = tx.memory().set(key, {(*place)->at, next}); !set)
    return tl::unexpected(set.error());
  return Compared{{more ? Sentence("{count} tickets of {system} are compared.")
                        : Sentence("{count} tickets of {system} are compared; these are the last."),
                   {{"count", std::to_string(count)}, {"system", order.system}}},
                  count};
}

}  // namespace saksbro::run
