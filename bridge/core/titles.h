// The title of a ticket that was given none: trackers refuse a ticket without one. Internal to
// core.
#pragma once

#include <string>
#include <string_view>

#include "bridge/core/unfolding.h"

namespace saksbro::core {

// Nothing that a person can read: blanks, no-break spaces, characters without width.
[[nodiscard]] bool is_blank(std::string_view text);

struct GivenTitle {
  std::string title;
  std::string text;
  std::string reporter;
};

// `title`; where that is blank, the first words of `text`; where that is blank too, what the house
// calls a ticket that says nothing, in the language of `reader`. One line.
[[nodiscard]] std::string title_or_made_up(const Unfolding& unfolding, const GivenTitle& given,
                                           const SystemName& reader);

}  // namespace saksbro::core
