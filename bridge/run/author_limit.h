// Two programs that answer each other write faster than people: more than so many deliveries of one
// author within an hour are put aside (FAULTS row 63).
#pragma once

#include <cstdint>
#include <string>

#include "bridge/contract/delivery.h"
#include "bridge/contract/error.h"
#include "bridge/store/store.h"

namespace saksbro::run {

// The last hour's deliveries, one a line: when, which, whether it was let in, by whom.
// Writes this one into `ledger`. True: it is let in; so is one that was put aside before, for then
// a person has asked for it.
[[nodiscard]] bool let_in(std::string& ledger, std::int64_t seq, const std::string& author,
                          Instant now, int most);

// The same with the ledger that the store keeps for the delivery's system.
[[nodiscard]] Result<bool> let_in(store::Transaction& tx, const store::InboxRow& row,
                                  const std::string& author, int most);

}  // namespace saksbro::run
