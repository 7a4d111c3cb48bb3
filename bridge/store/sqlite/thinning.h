// Facts of older programs that say nothing new. Each look at a ticket was a fact once, also when it
// showed what the one before had shown; now it is none.
#pragma once

#include "bridge/store/sqlite/connection.h"

namespace saksbro::store::thinning {

// Goes on with the next cases, within a transaction; false: all have been gone through. Of looks
// (TicketSeen) that are equal but for the time of reading, the first and the last stay: so the
// facts lead to the same state as before, and each state of the ticket has its time. Throws.
[[nodiscard]] bool thin_facts(Connection& connection);

}  // namespace saksbro::store::thinning
