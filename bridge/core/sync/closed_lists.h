// Values that may only be one of a few words (`words:` of the process). Internal to core.
#pragma once

#include <string>

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

// Whether the case may take `ours` for what its ticket shows as `theirs`. If not, the ticket says
// once which words are known: "fagsystem «1» is none of: Lønn, Skatt".
[[nodiscard]] bool takes_word(DecisionBuilder& builder, const ReadField& read,
                              const std::string& theirs, const std::string& ours);

}  // namespace saksbro::core
