// What the writers of all dialects need to know about words. Internal to codec and to connectors
// that write markup.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace saksbro::codec {

// U+2060: invisible, no line break, and neither a space nor a letter to any dialect's rules. Put
// between a sign and what makes it act, it disarms the sign. Every reader takes it out.
inline constexpr std::string_view kJoiner = "\u2060";
[[nodiscard]] std::string without_joiners(std::string_view text);

// CRLF and CR become LF.
[[nodiscard]] std::string with_unix_ends(std::string_view text);

// Without the line ends; a text that ends with one has no empty line after it.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

[[nodiscard]] bool is_ascii_word(char c);  // a letter, a digit, '_'
[[nodiscard]] bool is_word_byte(char c);   // or a byte of a character beyond ASCII
[[nodiscard]] bool is_one_of(char c, std::string_view set);

// An address that says something to who reads it elsewhere, and does nothing but lead there:
// "https://...", "mailto:...", without blanks and control characters; empty for "#top", "cid:1",
// "javascript:...".
[[nodiscard]] std::string web_address(std::string_view address);

// An image's target that names a file beside the text ("skjerm.png", "/uploads/1/skjerm.png"), and
// loads nothing from elsewhere.
[[nodiscard]] bool names_a_file(std::string_view target);

// "http://..." or "https://..." at the beginning of `text`: how long it is, without the full stop
// or bracket of the sentence around it; else 0.
[[nodiscard]] std::size_t address_at(std::string_view text);

// "www.example.no" and "https://www.example.no/" say the same.
[[nodiscard]] bool same_address(std::string_view one, std::string_view other);

// Each line of `text` with `first` before the first and `rest` before the others; an empty line
// gets no blanks at its end.
[[nodiscard]] std::string with_margin(std::string_view text, std::string_view first,
                                      std::string_view rest);

// What stands before `text` so that a line that it begins is no command ("/close", "/sak ta").
[[nodiscard]] std::string_view quiet(std::string_view text);

// One more than the longest run of `sign` in `text`, and at least `least`.
[[nodiscard]] std::string fence_around(std::string_view text, char sign, std::size_t least);

// "#12", "@kari", "!3", "~label": a joiner behind each of `signs` that a word follows, and that
// does not stand within an address of mail.
[[nodiscard]] std::string disarmed(std::string_view text, std::string_view signs);

}  // namespace saksbro::codec
