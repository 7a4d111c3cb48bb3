#include "bridge/run/engine/release_authors.h"

#include "bridge/records/order_record.h"
#include "bridge/run/engine/author_limit.h"

namespace saksbro::run {

Result<void> release_limited_authors(store::Store& store, const Systems& systems,
                                     const Clock& clock) {
  const Instant now = clock.now();
  for (const auto& [name, system] : systems) {
    const auto most = system->abilities().hourly_per_author;
    if (!most) continue;
    auto tx = store.begin();
    if (!tx) return tl::unexpected(tx.error());
    const auto some = some_may_come_in(**tx, name, now, *most);
    if (!some) return tl::unexpected(some.error());
    if (!*some) continue;
    const DeliveryId id{"let in:" + name.text() + ":" +
                        std::to_string(now.time_since_epoch().count())};
    records::Order order;
    order.verb = "let in";
    order.system = name;
    auto stored =
        (*tx)->inbox().receive({kOrderSystem, id, DeliveryKind::order, now, records::write(order)});
    if (!stored) return tl::unexpected(stored.error());
    if (auto committed = (*tx)->commit(); !committed) return committed;
  }
  return {};
}

}  // namespace saksbro::run
