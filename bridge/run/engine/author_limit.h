// Two programs that answer each other write faster than people: more than so many deliveries of one
// author within an hour are held back (docs/promises.md row 63), and let in by and by when the hour
// is over.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bridge/contract/delivery.h"
#include "bridge/contract/error.h"
#include "bridge/store/store.h"

namespace saksbro::run {

enum class Entrance {
  open,  // let in
  late,  // let in after it was held back: an hour has passed, or a person has asked for it
  held
};

// The last hour's deliveries and those that are held back, one a line: when, which, whether it was
// let in, by whom. Writes this one into `ledger`. `awaited`: it is the answer of somebody whom the
// case waits for, and those are never held back.
[[nodiscard]] Entrance allow_author(std::string& ledger, std::int64_t seq,
                                    const std::string& author, Instant now, int most,
                                    bool awaited = false);

// Those that were held back for an hour and may come in now, `most` of each author within an hour,
// the oldest first; `ledger` then says so.
[[nodiscard]] std::vector<std::int64_t> let_in_late(std::string& ledger, Instant now, int most);

// The same with the ledger that the store keeps for the delivery's system.
[[nodiscard]] Result<Entrance> allow_author(store::Transaction& tx, const store::InboxRow& row,
                                            const std::string& author, int most, bool awaited);
// Puts them back into the inbox's turn; says how many.
[[nodiscard]] Result<int> let_in_late(store::Transaction& tx, const SystemName& system, Instant now,
                                      int most);
// Is there anything that let_in_late() would let in?
[[nodiscard]] Result<bool> some_may_come_in(store::Transaction& tx, const SystemName& system,
                                            Instant now, int most);

}  // namespace saksbro::run
