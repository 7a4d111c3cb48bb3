// Who says what in a text: the one place that knows quotations. Connectors give texts as plain text
// in which each quoted line begins with ">" and code stands between lines of ``` ; mails and notes
// bring the rest (attributions, heads of mails, signatures).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace saksbro {

enum class Voice {
  own,        // the writer's, and nothing marks it
  code,       // the writer's, to be read as it stands: a log, a command as an example
  quotation,  // somebody else's, with what introduces it ("Den 1. jan. skrev Kari:", "Fra: ...")
  signature   // after "-- "
};

struct SpokenLine {
  std::string_view text;  // without its line end
  Voice voice = Voice::own;
};

// Each line of `text` in order. Takes time by the length.
[[nodiscard]] std::vector<SpokenLine> spoken_lines(std::string_view text);

// The writer's lines and no others, blank lines at the ends taken off. Only these act or answer.
[[nodiscard]] std::string own_words(std::string_view text);

// From the first line of the writer to the last: quotations between them stay, for the words refer
// to them. Empty when the writer says nothing.
[[nodiscard]] std::string around_own_words(std::string_view text);

// What the writer said above, without the quotation at the end. All of it when nothing is left.
[[nodiscard]] std::string without_quoted_tail(std::string_view text);

// For words that are compared: each of Unicode's spaces is a space; signs that nobody sees (U+200B,
// U+2060, U+FEFF, U+00AD) are left out.
[[nodiscard]] std::string with_plain_blanks(std::string_view text);

}  // namespace saksbro
