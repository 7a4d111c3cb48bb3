#include "bridge/run/engine/repair.h"

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

Phrase never_came(const SystemName& system, const Abilities& abilities) {
  return {"no webhook of {system} to {path} reported it",
          {{"system", system}, {"path", *abilities.webhook_path}}};
}

}  // namespace

std::optional<Repair> repair_of(const SystemName& system, const Abilities& abilities,
                                const Found& found) {
  if (const std::string poll = cause_of(found.read, "poll"); !poll.empty()) {
    if (!abilities.webhook_path) return std::nullopt;
    return Repair{"poll",
                  {"Repaired: {lost}; {found} found it. The sender's log says why.",
                   {{"lost", never_came(system, abilities)}, {"found", poll}}}};
  }
  const std::string compare = cause_of(found.read, "compare");
  if (compare.empty()) return std::nullopt;
  const auto poll = abilities.poll.value_or(std::chrono::milliseconds{0});
  const auto young = std::max<std::chrono::milliseconds>(2 * poll, kYoung);
  if (found.stale && *found.stale < young) return std::nullopt;
  if (!abilities.webhook_path)
    return Repair{"compare", {"Repaired: no poll found it; {found} did.", {{"found", compare}}}};
  return Repair{"compare",
                {"Repaired: {lost}, and no poll found it; {found} did.",
                 {{"lost", never_came(system, abilities)}, {"found", compare}}}};
}

}  // namespace saksbro::run
