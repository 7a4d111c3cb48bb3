// What tickets tell a store that was restored from a backup: which of their writes are ours, and
// which case number they bear. Pure.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "bridge/contract/ids.h"
#include "bridge/contract/ticket.h"
#include "bridge/core/model/case.h"
#include "bridge/core/model/mapping.h"

namespace saksbro::core {

// Who signs comments with references of this case, and who opened the ticket when it bears a
// marker: the bridge's own accounts there (Person::id).
[[nodiscard]] std::set<std::string> own_accounts(const Mapping& mapping, const Case& state,
                                                 const SystemName& at, const Ticket& ticket);

// What a case that begins with this ticket has for its origin: "desk.17".
[[nodiscard]] std::string origin_of(const SystemName& at, const RemoteKey& ticket);

// The case number that stands on a ticket of no case, in the field that we would write it to.
[[nodiscard]] std::string number_in_field(const Mapping& mapping, const SystemName& at,
                                          const Ticket& ticket);

// A number of ours on a ticket: in the field that the mapping writes it to, else in the signature
// of a comment of ours. `origin` is the ticket that the case began with: this one, or the one that
// its marker names.
struct BorneNumber {
  std::string origin;  // "desk.17", as a case remembers it
  CaseNumber number;

  friend bool operator==(const BorneNumber&, const BorneNumber&) = default;
};
[[nodiscard]] std::optional<BorneNumber> borne_number(const Mapping& mapping, const SystemName& at,
                                                      const Ticket& ticket);

// A marker of ours that stands on the ticket in another place than the marker's field: in another
// field, or on a line of its text. A create of ours made the ticket, whatever became of that field.
[[nodiscard]] std::string misplaced_marker(const Mapping& mapping, const SystemName& at,
                                           const Ticket& ticket);

// The marker that the ticket bears; empty: a person registered it.
[[nodiscard]] std::string borne_marker(const Mapping& mapping, const SystemName& at,
                                       const Ticket& ticket);

}  // namespace saksbro::core
