// Recovery, by SQLite: the recovery tables (schema.cpp).
#pragma once

#include "bridge/store/recovery.h"
#include "bridge/store/sqlite/connection.h"

namespace saksbro::store {

class SqliteRecovery final : public Recovery {
 public:
  // The transaction is open on it, and the connection outlives this.
  explicit SqliteRecovery(Connection& connection) : connection_(connection) {}

  Result<RecoveryState> state() override;
  Result<void> mark(Instant backup_at) override;
  Result<RecoveryState> begin(Instant now, std::chrono::minutes overlap) override;
  Result<void> go_on(RecoveryStage to, Instant at) override;
  Result<void> bears(const std::string& origin, const CaseNumber& number, Instant created) override;
  Result<std::optional<CaseNumber>> number_of(const std::string& origin) override;
  Result<std::optional<CaseNumber>> copied_by(const std::string& origin) override;
  Result<void> put_off(const TicketPlace& ticket) override;
  Result<std::vector<TicketPlace>> put_off() override;
  Result<std::vector<TicketPlace>> tickets_in(const SystemName& system) override;
  Result<int> untried(const SystemName& system, Instant now) override;

 private:
  Connection& connection_;
};

}  // namespace saksbro::store
