// Outages: which systems let nothing through, and what is known of their settings.
#pragma once

#include <cstdint>
#include <optional>

#include "bridge/contract/error.h"
#include "bridge/contract/ids.h"
#include "bridge/contract/phrase.h"
#include "bridge/contract/time.h"

namespace saksbro::store {

// A system that lets nothing through, kept so that a restart does not forget it.
struct Outage {
  SystemName system;
  Instant since{};
  Phrase why;
  std::optional<Instant> parked_at;  // nothing is sent there until a person says so

  friend bool operator==(const Outage&, const Outage&) = default;
};

// Part of a Transaction.
class Outages {
 public:
  Outages() = default;
  Outages(const Outages&) = delete;
  Outages& operator=(const Outages&) = delete;
  virtual ~Outages() = default;

  [[nodiscard]] virtual Result<std::optional<Outage>> of(const SystemName& system) = 0;
  // The first one stays: `since` is when it began. `parked_at` is set once.
  [[nodiscard]] virtual Result<void> set(const Outage& outage) = 0;
  // It is over: what waits there is due (as Outbox::expedite() says), and its week of trying starts
  // anew.
  [[nodiscard]] virtual Result<void> resume(const SystemName& system, Instant at) = 0;
  // Remembers the fingerprint; whether another one was known before.
  [[nodiscard]] virtual Result<bool> settings_changed(const SystemName& system,
                                                      std::int64_t fingerprint) = 0;
};

}  // namespace saksbro::store
