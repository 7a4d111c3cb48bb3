// Cases: their state and facts, the tickets and markers by which they are found, their decisions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bridge/contract/error.h"
#include "bridge/contract/ids.h"
#include "bridge/contract/time.h"
#include "bridge/core/model/case.h"
#include "bridge/core/model/facts.h"
#include "bridge/store/inbox.h"

namespace saksbro::store {

struct CaseRef {
  CaseNumber case_number;
  SystemName system;
  RemoteKey key;
  std::string number;
  std::string url;
};

struct FactRow {
  std::int64_t seq = 0;
  std::int64_t cause = 0;  // inbox seq
  Instant at{};
  core::Fact fact;
};

// A ticket of a case that is open. `seq`: the place of the case among all cases.
struct OpenTicket {
  std::int64_t seq = 0;
  CaseNumber case_number;
  RemoteKey key;
};

// A write that was done, and that no look at its ticket has shown: the case may stand still.
struct UnseenWrite {
  CaseNumber case_number;
  SystemName system;
  std::string verb;
  Instant since{};  // when people were told of it
  friend bool operator==(const UnseenWrite&, const UnseenWrite&) = default;
};

// Part of a Transaction.
class Cases {
 public:
  Cases() = default;
  Cases(const Cases&) = delete;
  Cases& operator=(const Cases&) = delete;
  virtual ~Cases() = default;

  [[nodiscard]] virtual Result<std::optional<core::Case>> find(const CaseNumber& number) = 0;
  [[nodiscard]] virtual Result<std::optional<CaseNumber>> of_ticket(const SystemName& at,
                                                                    const RemoteKey& ticket) = 0;
  [[nodiscard]] virtual Result<std::optional<CaseNumber>> of_marker(const SystemName& at,
                                                                    const std::string& marker) = 0;
  // The cases whose value `name` is `text`, oldest first; open ones and closed ones.
  [[nodiscard]] virtual Result<std::vector<CaseNumber>> where(const std::string& name,
                                                              const std::string& text) = 0;
  // The same number until a case has been appended with it: a ticket that starts no case wastes
  // none.
  [[nodiscard]] virtual Result<CaseNumber> next_number(const std::string& prefix, int year) = 0;
  // Adds the facts, writes the state that they lead to, and keeps cross-references (TicketLinked),
  // markers (TicketOpening) and timers up to date. A second CaseOpened for a number is an error.
  // A case with a solution is a known solution as long as that stands (SolutionSource).
  [[nodiscard]] virtual Result<void> append(const core::Case& after, std::int64_t cause, Instant at,
                                            std::span<const core::Fact> facts) = 0;
  // Records the reason under the delivery.
  [[nodiscard]] virtual Result<void> decided(const std::optional<CaseNumber>& number,
                                             std::int64_t cause, const std::string& because) = 0;
};

// Part of a Reader.
class CaseReader {
 public:
  CaseReader() = default;
  CaseReader(const CaseReader&) = delete;
  CaseReader& operator=(const CaseReader&) = delete;
  virtual ~CaseReader() = default;

  [[nodiscard]] virtual Result<std::vector<core::Case>> list() = 0;  // newest first
  [[nodiscard]] virtual Result<std::optional<core::Case>> find(const CaseNumber& number) = 0;
  [[nodiscard]] virtual Result<std::optional<CaseNumber>> of_ticket(const SystemName& at,
                                                                    const RemoteKey& ticket) = 0;
  [[nodiscard]] virtual Result<std::optional<CaseNumber>> of_marker(const SystemName& at,
                                                                    const std::string& marker) = 0;
  // By our number, a ticket's key or its number ("17", "#17"), in any system. Several may share
  // one.
  [[nodiscard]] virtual Result<std::vector<CaseNumber>> named(const std::string& number) = 0;
  [[nodiscard]] virtual Result<std::vector<CaseRef>> references(const CaseNumber& number) = 0;
  [[nodiscard]] virtual Result<std::vector<FactRow>> facts(const CaseNumber& number) = 0;
  [[nodiscard]] virtual Result<std::vector<DecisionRow>> decisions(const CaseNumber& number) = 0;
  // For a comparison of everything: the open cases' tickets in that system behind `after`, oldest
  // case first.
  [[nodiscard]] virtual Result<std::vector<OpenTicket>> open_tickets(const SystemName& system,
                                                                     std::int64_t after,
                                                                     int most) = 0;
  [[nodiscard]] virtual Result<std::vector<UnseenWrite>> unseen() = 0;  // oldest first
};

}  // namespace saksbro::store
