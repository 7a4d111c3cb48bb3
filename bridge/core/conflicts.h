// Case values that people write in several systems. Whose value holds: the owner's that the mapping
// names; else a person's over what we were about to write. What is lost is kept in a comment.
// Internal to core.
#pragma once

#include <string>
#include <vector>

#include "bridge/core/echo.h"
#include "bridge/core/unfolding.h"

namespace saksbro::core {

// What became of one of the news before it is heard.
enum class Heed {
  news,   // somebody else did it
  echo,   // our own write came back
  ours,   // our own account did it, by no intent that is known
  lost,   // the store before this one wrote it: a backup was restored
  parked  // a loop was cut there
};

struct Heeded {
  News news;
  Heed heed = Heed::news;
  IdempotencyKey command{};  // echo: what wrote it
};

// Two systems or more take the value from their tickets: what one says goes to the others.
[[nodiscard]] bool is_shared(const Mapping& mapping, const std::string& value);

// The status that the ticket will show when all that we have sent is done.
[[nodiscard]] std::string status_to_come(const Case& state, const SystemName& at);

// What the field will show when all that we have sent is done. None: it has never been seen.
[[nodiscard]] std::optional<std::string> field_to_come(const Case& state, const SystemName& at,
                                                       const std::string& field);

// The system's own word for a case value, where its `read:` table has one.
[[nodiscard]] std::string their_word(const SystemMapping& system, const WrittenField& written,
                                     const std::string& value);

// Takes over the values that the system's `read:` table names, as people have changed them.
void take_edits(Unfolding& unfolding, const Ticket& ticket, const std::vector<Heeded>& news);

// What stands in the field now counts, however it came there.
void take_what_stands(Unfolding& unfolding, const SystemName& at, const std::string& field);

}  // namespace saksbro::core
