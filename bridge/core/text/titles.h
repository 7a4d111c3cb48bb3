// The title of a ticket that was given none: trackers refuse a ticket without one. Internal to
// core.
#pragma once

#include <string>
#include <string_view>

namespace saksbro::core {

// Nothing that a person can read: blanks, no-break spaces, characters without width.
[[nodiscard]] bool is_blank(std::string_view text);

struct GivenTitle {
  std::string title;
  std::string text;
  std::string reporter;
};

// `title`; where that is blank, the first words of `text`. One line. Empty: both are blank.
[[nodiscard]] std::string title_or_first_words(const GivenTitle& given);

}  // namespace saksbro::core
