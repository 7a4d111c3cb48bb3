// Values that something rewrites each time we write them: counted, cut, and taken up again. How a
// loop looks: we write, and what we wrote is changed within half a minute, or back to what it was
// before. Three times within an hour is one too many: from then on the attribute is neither written
// nor heard, until it has been quiet for an hour or a person asks. Internal to core.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bridge/core/decision/decision_builder.h"
#include "bridge/core/model/ticket_change.h"

namespace saksbro::core {

// The name of the timer that runs while the attribute is left alone begins with this.
inline constexpr std::string_view kLoopTimer = "loop/";
[[nodiscard]] std::string loop_timer(const SystemName& at, const std::string& slot);

struct CutAttribute {
  SystemName at;
  std::string slot;
};

// "desk/fields/Fagsystem" of a timer.
[[nodiscard]] CutAttribute cut_attribute(std::string_view name);

[[nodiscard]] std::vector<CutAttribute> all_cut(const Case& state);

// Our own write came back: its undoing will be recognised.
void remember_write(DecisionBuilder& builder, const TicketChange& echo, const Intent& intent);

// Counts a change by others that undoes what we wrote. True: it is not heard, the loop is cut.
[[nodiscard]] bool cuts_loop(DecisionBuilder& builder, const TicketChange& news);

// What is cut, in a person's words, one a line: for the case note.
[[nodiscard]] std::string cut_lines(const DecisionBuilder& builder);

}  // namespace saksbro::core
