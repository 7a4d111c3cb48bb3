// What the process makes of what was seen. Pure: `now` and numbers come in, facts, commands and the
// reason go out. "Nothing to do" is a decision with a reason, too.
#pragma once

#include <optional>

#include "bridge/core/model/decision.h"

namespace saksbro::core {

// `state` is the case of the ticket, or none when it belongs to no case.
[[nodiscard]] Decision decide(const Mapping& mapping, const std::optional<Case>& state,
                              const SystemName& at, const Observation& observation,
                              const Surroundings& around);
[[nodiscard]] Decision decide(const Mapping& mapping, const Case& state, const SystemName& at,
                              const CommandResult& settled, const Surroundings& around);
[[nodiscard]] Decision decide(const Mapping& mapping, const Case& state, const TimerFired& timer,
                              const Surroundings& around);
[[nodiscard]] Decision decide(const Mapping& mapping, const Case& state, const ExternalSignal& said,
                              const Surroundings& around);
[[nodiscard]] Decision decide(const Mapping& mapping, const Case& state, const Resumed& resumed,
                              const Surroundings& around);

// Did somebody say there what the process asks of them: a move, an answer, words that were waited
// for? A comment that is only passed on is none.
[[nodiscard]] bool answers(const Decision& decision, const Mapping& mapping, const SystemName& at);

}  // namespace saksbro::core
