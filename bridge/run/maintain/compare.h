// The slow, full comparison: once a night every ticket of every open case is read again, so that
// what neither a webhook nor a poll has told is found: deleted, moved and silently changed tickets.
// It goes by pages through the inbox; how far it has come is on disk, so that it goes on where it
// was after a restart. The looks themselves wait in the outbox, within the system's own budgets.
#pragma once

#include <chrono>

#include "bridge/contract/error.h"
#include "bridge/contract/phrase.h"
#include "bridge/core/time/calendar.h"
#include "bridge/records/order_record.h"
#include "bridge/run/observe/clock.h"
#include "bridge/run/observe/metrics.h"
#include "bridge/run/observe/wake.h"
#include "bridge/store/store.h"

namespace saksbro::run {

// All must outlive the comparer.
struct ComparerParts {
  SystemName name;
  std::chrono::minutes at{};  // since midnight on the calendar's clock
  const core::Calendar& calendar;
  store::Store& store;
  const Clock& clock;
  Metrics& metrics;
  Wake& engine;
};

// Says when the next page is due. Not for several threads.
class Comparer {
 public:
  explicit Comparer(ComparerParts parts) : parts_(std::move(parts)) {}

  // Puts the order for the next page into the inbox; false when none is due, or the looks of the
  // last one are still to be made.
  [[nodiscard]] Result<bool> step();

 private:
  [[nodiscard]] Result<bool> order(const DeliveryId& id, const records::Order& order);
  [[nodiscard]] bool is_due(const std::optional<store::Memo>& last, Instant now) const;

  ComparerParts parts_;
};

// The engine's part: begins a comparison, or asks for the looks of one page. Says what was done.
struct Compared {
  Phrase because;
  int tickets = 0;
};
[[nodiscard]] Result<Compared> compare_page(store::Store& store, store::Transaction& tx,
                                            const records::Order& order,
                                            const store::InboxRow& row);

// The order that begins one (no system: everywhere); `when` makes it a delivery of its own.
[[nodiscard]] Delivery compare_order(const SystemName& system, const std::string& when,
                                     Instant now);

}  // namespace saksbro::run
