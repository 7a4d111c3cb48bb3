// Personal numbers leave for no external party (docs/libraries.md 8): fødselsnummer, D- and
// H-numbers and the synthetic ones of the test population are masked, by the check digits of today
// and those from 2032.
#pragma once

#include <string>
#include <string_view>

namespace saksbro::core {

struct Redacted {
  std::string text;  // each number found is replaced by "***********"
  int count = 0;     // for the reason; the numbers themselves are told nowhere
};

// Finds 11 digits that stand alone, also written with blanks, dots, no-break spaces or a line break
// after the sixth digit (and "ddmmyy nnn nn"), whose date and check digits fit.
[[nodiscard]] Redacted redact(std::string_view text);

}  // namespace saksbro::core
