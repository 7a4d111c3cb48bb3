// What a system's tickets say, by the tables of its mapping. Internal to core.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bridge/core/model/case.h"
#include "bridge/core/model/mapping.h"

namespace saksbro::core {

// Two systems or more take the value from their tickets: what one says goes to the others.
[[nodiscard]] bool is_shared(const Mapping& mapping, const std::string& value);

// The system's own word for a case value, where its `read:` table has one.
[[nodiscard]] std::string their_word(const SystemMapping& system, const WrittenField& written,
                                     const std::string& value);

// The process's word for what a system shows.
[[nodiscard]] std::string our_word(const Mapping& mapping, const Case& state, const ReadField& read,
                                   const std::string& theirs);

// The signals that a cue which fits stands for.
[[nodiscard]] std::vector<Signal> cued(const SystemMapping& system,
                                       const std::function<bool(const Cue&)>& fits);

// The signals that a status is, in the process's word or in the system's.
[[nodiscard]] std::vector<Signal> status_signals(const SystemMapping& system,
                                                 const std::optional<Status>& status);

[[nodiscard]] std::vector<Signal> said_by_status(const SystemMapping& system,
                                                 const std::string& theirs);

}  // namespace saksbro::core
