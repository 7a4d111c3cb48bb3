// The blocks `retention:`, `disk:` and `recovery:`: how the store lives long (docs/upkeep.md).
#pragma once

#include <chrono>
#include <cstdint>

#include "bridge/contract/settings.h"

namespace saksbro::load {

struct UpkeepConfiguration {
  std::chrono::hours bodies{24 * 30};  // the raw bodies of handled deliveries
  std::chrono::hours ids{24 * 35};     // their ids, by which one that comes again is known
  std::chrono::hours commands{24 * 90};
  std::chrono::hours decisions{24 * 365};
  std::uint64_t reserve = 32U << 20U;  // bytes kept for the day when the disk is full
  std::chrono::minutes overlap{60};    // that polls go back when a backup was restored

  friend bool operator==(const UpkeepConfiguration&, const UpkeepConfiguration&) = default;
};

// Each block may be missing (nullptr).
struct UpkeepBlocks {
  const Setting* retention = nullptr;
  const Setting* disk = nullptr;
  const Setting* recovery = nullptr;
};
[[nodiscard]] UpkeepConfiguration read_upkeep(const UpkeepBlocks& blocks, Errors& errors);

}  // namespace saksbro::load
