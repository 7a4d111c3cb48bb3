// The tables of cases, facts, decisions, cross-references, markers. These functions throw, as in
// inbox.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bridge/contract/error.h"
#include "bridge/core/model/case.h"
#include "bridge/store/sqlite/connection.h"
#include "bridge/store/store.h"

namespace saksbro::store::cases {

[[nodiscard]] Result<std::optional<core::Case>> load(Connection& connection,
                                                     const CaseNumber& number);
[[nodiscard]] Result<std::vector<core::Case>> list(Connection& connection);

[[nodiscard]] std::optional<CaseNumber> of_ticket(Connection& connection, const SystemName& at,
                                                  const RemoteKey& ticket);
[[nodiscard]] std::optional<CaseNumber> of_marker(Connection& connection, const SystemName& at,
                                                  const std::string& marker);
[[nodiscard]] std::vector<CaseNumber> named(Connection& connection, const std::string& typed);
[[nodiscard]] std::vector<CaseNumber> where(Connection& connection, const std::string& name,
                                            const std::string& text);
[[nodiscard]] std::vector<UnseenWrite> unseen(Connection& connection);
[[nodiscard]] std::vector<OpenTicket> open_tickets(Connection& connection, const SystemName& system,
                                                   std::int64_t after, int most);
[[nodiscard]] CaseNumber next_number(Connection& connection, const std::string& prefix, int year);

// The series goes on beyond this number.
void take_number(Connection& connection, const CaseNumber& number);

[[nodiscard]] Result<void> append(Connection& connection, const core::Case& after,
                                  std::int64_t cause, Instant at,
                                  std::span<const core::Fact> facts);
void decided(Connection& connection, const std::optional<CaseNumber>& number, std::int64_t cause,
             const std::string& because);

// The case's ticket in a system: the one linked last.
[[nodiscard]] std::optional<RemoteKey> ticket_in(Connection& connection, const CaseNumber& number,
                                                 const SystemName& system);
[[nodiscard]] std::vector<CaseRef> references(Connection& connection, const CaseNumber& number);
[[nodiscard]] Result<std::vector<FactRow>> facts(Connection& connection, const CaseNumber& number);
[[nodiscard]] std::vector<DecisionRow> decisions(Connection& connection, const CaseNumber& number);

}  // namespace saksbro::store::cases
