// Texts with {placeholders}, and the commands that people write in comments. Plain text in, plain
// text out.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saksbro::core {

// Replaces each {name} once, in a single pass: what a value contains is never looked at again.
// A name that `value` does not know becomes nothing.
[[nodiscard]] std::string fill(
    std::string_view text,
    const std::function<std::optional<std::string>(std::string_view)>& value);

// The same; but a line all of whose names become nothing says nothing, and is left out.
[[nodiscard]] std::string fill_lines(
    std::string_view text,
    const std::function<std::optional<std::string>(std::string_view)>& value);

// The names in braces, in order. Load checks them, so that a misspelling is found before it is
// sent.
[[nodiscard]] std::vector<std::string> placeholders(std::string_view text);

// A line that begins with /sak or /case.
struct WrittenCommand {
  std::string words;  // the rest of the line, blanks trimmed: "videresend drift haster"
  std::string more;   // the lines after it, up to the next command
  std::string typed;  // the line as it was typed: "/case forward operations urgent"
};

// Read are the writer's own lines only (contract/own_words.h): no quotation, no code, no signature.
// Spaces of every kind are spaces, and signs that nobody sees are none.
[[nodiscard]] std::vector<WrittenCommand> written_commands(std::string_view comment);

// What stands above the first command of a comment.
[[nodiscard]] std::string above_commands(std::string_view comment);

// Lower case for ASCII and for the letters that Norwegian adds (ÆØÅ, ÄÖÉ).
[[nodiscard]] std::string lower(std::string_view text);
[[nodiscard]] std::string_view trimmed(std::string_view text);

// The rest after `phrase`, when `words` begins with it as whole words: ("info ja takk", "info ja")
// -> "takk".
[[nodiscard]] std::optional<std::string> after_phrase(std::string_view words,
                                                      std::string_view phrase);

}  // namespace saksbro::core
