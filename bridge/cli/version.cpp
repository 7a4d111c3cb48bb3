
#include "bridge/cli/cli.h"
#include "bridge/cli/print.h"
#include "bridge/records/order_record.h"
#include "bridge/run/clock.h"

namespace saksbro::cli {
namespace {

// Through the inbox like everything else. The same version at the same moment is one delivery; to
// announce it again wakes the cases that have come to wait for it meanwhile.
int announce(const Chosen& chosen, const std::string& version) {
  auto store = open_store(chosen);
  if (!store) return complain(store.error());
  const Instant now = run::SystemClock{}.now();
  auto tx = (*store)->begin();
  if (!tx) return complain(tx.error());
  const DeliveryId id{"announce:" + version + ":" + std::to_string(now.time_since_epoch().count())};
  const records::Order order{"announce", {}, {}, std::nullopt, version};
  auto stored =
      (*tx)->receive({kOrderSystem, id, DeliveryKind::order, now, records::write(order)});
  if (!stored) return complain(stored.error());
  if (auto committed = (*tx)->commit(); !committed) return complain(committed.error());
  print("Announced: the service wakes the cases that wait for version {}.\n", version);
  return 0;
}

}  // namespace

void add_version(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("version", "versions that cases wait for");
  verb->require_subcommand(1);
  auto* announce_verb =
      verb->add_subcommand("announce", "says that a version is out: cases that wait for it wake");
  auto version = std::make_shared<std::string>();
  announce_verb->add_option("name", *version, "as it was written on the cases: 7.2")->required();
  announce_verb->callback([&chosen, version] {
    chosen.run = [&chosen, version] { return announce(chosen, *version); };
  });
}

}  // namespace saksbro::cli
