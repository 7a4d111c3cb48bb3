// The outbox table: commands in lanes. These functions throw, as in inbox.h.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bridge/contract/error.h"
#include "bridge/store/sqlite/connection.h"
#include "bridge/store/store.h"

namespace saksbro::store::outbox {

[[nodiscard]] Result<void> append(Connection& connection, const std::optional<CaseNumber>& number,
                                  std::int64_t cause, Instant at, const core::Issued& issued);
[[nodiscard]] std::vector<OutboxRow> claim(Connection& connection, const SystemName& system,
                                           Instant now, int most, Together together, Load which);
[[nodiscard]] bool has_due(Connection& connection, const SystemName& system, Instant now,
                           Load which);
[[nodiscard]] Result<std::set<std::string>> files_needed(Connection& connection);

[[nodiscard]] bool renew(Connection& connection, const OutboxRow& row, Instant now);
[[nodiscard]] int found(Connection& connection, const CaseNumber& number, const SystemName& system,
                        const std::string& marker, const RemoteKey& ticket);

[[nodiscard]] bool done(Connection& connection, const OutboxRow& row, Instant at);
[[nodiscard]] bool later(Connection& connection, const OutboxRow& row, const Phrase& why,
                         Instant at, Instant next_at, std::optional<Instant> not_before);
[[nodiscard]] bool dead(Connection& connection, const OutboxRow& row, const Phrase& why,
                        Instant at);

[[nodiscard]] int redrive(Connection& connection, const DeadLetterFilter& wanted, Instant at);
[[nodiscard]] int expedite(Connection& connection, const SystemName& system, Instant at);
[[nodiscard]] int withdraw(Connection& connection, const CaseNumber& number,
                           const SystemName& system, const std::string& slot, Instant at);
[[nodiscard]] int release_claims(Connection& connection, Instant now);
void count_crash(Connection& connection, std::int64_t id);
[[nodiscard]] Result<std::vector<OutboxRow>> reclaim_expired_leases(Connection& connection,
                                                                    Instant now);

[[nodiscard]] Result<std::vector<OutboxRow>> list(Connection& connection,
                                                  const std::optional<CaseNumber>& number,
                                                  bool only_open);
[[nodiscard]] Result<std::vector<OutboxRow>> list_open(Connection& connection, std::int64_t after,
                                                       int most);
[[nodiscard]] Result<OutboxRow> load(Connection& connection, std::int64_t id);
[[nodiscard]] std::map<SystemName, std::int64_t> open_by_system(Connection& connection);
[[nodiscard]] int compares_waiting(Connection& connection, const SystemName& system);
[[nodiscard]] std::vector<AttemptRow> attempts(Connection& connection, std::int64_t id);

}  // namespace saksbro::store::outbox
