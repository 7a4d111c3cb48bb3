// What a command was to do, in words: for refusals. Internal to core.
#pragma once

#include "bridge/contract/phrase.h"
#include "bridge/core/model/decision.h"

namespace saksbro::core {

// "set the status in "Operator"": as much as the verb tells.
[[nodiscard]] Phrase what_was_asked(const std::string& verb, const SystemName& at);

// "set status AVVENTER in "Operator"": `before` still knows what was on its way.
[[nodiscard]] Phrase what_was_asked(const Case& before, const SystemName& at,
                                    const CommandResult& settled);

}  // namespace saksbro::core
