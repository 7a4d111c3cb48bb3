// The inbox table. These functions throw; sqlite_transaction.cpp and sqlite_reader.cpp catch.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bridge/contract/delivery.h"
#include "bridge/contract/error.h"
#include "bridge/contract/time.h"
#include "bridge/store/sqlite/connection.h"
#include "bridge/store/store.h"

namespace saksbro::store::inbox {

[[nodiscard]] Received receive(Connection& connection, const Delivery& delivery);
[[nodiscard]] std::optional<InboxRow> next(Connection& connection);
[[nodiscard]] bool is_next(Connection& connection, std::int64_t seq);
[[nodiscard]] Result<void> handled(Connection& connection, std::int64_t seq,
                                   const std::string& because, Instant at);
[[nodiscard]] Result<void> parked(Connection& connection, std::int64_t seq, const Phrase& why,
                                  Instant at);
[[nodiscard]] Result<void> unpark(Connection& connection, std::int64_t seq);
void count_crash(Connection& connection, std::int64_t seq);

[[nodiscard]] std::vector<InboxRow> list(Connection& connection, std::int64_t after, int most);
[[nodiscard]] std::vector<DecisionRow> decisions_about(Connection& connection,
                                                       const std::string& ticket);
[[nodiscard]] std::vector<ParkedRow> list_parked(Connection& connection);
[[nodiscard]] DeliveryKind kind_of(const std::string& word);

}  // namespace saksbro::store::inbox
