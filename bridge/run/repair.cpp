#include "bridge/run/repair.h"

#include <algorithm>

namespace saksbro::run {
namespace {

constexpr std::chrono::minutes kYoung{5};

// The poller and the comparison name their deliveries so; a read that one of them caused carries
// the name in its key.
std::string cause_of(const IdempotencyKey& read, const char* kind) {
  const std::string& key = read.text();
  const auto from = key.find("/" + std::string(kind) + ":");
  if (from == std::string::npos) return "";
  return key.substr(from + 1, key.rfind("/read/") - from - 1);
}

std::string never_came(const SystemName& system, const Abilities& abilities) {
  return "no webhook of " + system.text() + " to " + *abilities.webhook_path + " told of it";
}

}  // namespace

std::optional<Repair> repair_of(const SystemName& system, const Abilities& abilities,
                                const Found& found) {
  if (const std::string poll = cause_of(found.read, "poll"); !poll.empty()) {
    if (!abilities.webhook_path) return std::nullopt;
    return Repair{"poll", "Repaired: " + never_came(system, abilities) + "; " + poll +
                              " found it. The sender's log says why."};
  }
  const std::string compare = cause_of(found.read, "compare");
  if (compare.empty()) return std::nullopt;
  const auto poll = abilities.poll.value_or(std::chrono::milliseconds{0});
  const auto young = std::max<std::chrono::milliseconds>(2 * poll, kYoung);
  if (found.stale && *found.stale < young) return std::nullopt;
  const std::string webhook =
      abilities.webhook_path ? never_came(system, abilities) + ", and " : "";
  return Repair{"compare", "Repaired: " + webhook + "no poll found it; " + compare + " did."};
}

}  // namespace saksbro::run
