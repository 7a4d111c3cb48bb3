#include "connectors/redmine/markup.h"

#include <algorithm>

#include "bridge/codec/fit.h"
#include "bridge/codec/markup/words.h"

namespace saksbro::redmine {
namespace {

using codec::is_one_of;
using codec::kJoiner;

constexpr std::string_view kMarkdownSigns = "\\`*_[]<>|~!&^";
constexpr std::string_view kAtEntity = "&#64;";

// In one walk: each change in place would move all that follows it.
std::string with_each(std::string_view text, std::string_view part, std::string_view in_its_place) {
  std::string out;
  out.reserve(text.size());
  std::size_t from = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, from)) {
    out += text.substr(from, at - from);
    out += in_its_place;
    from = at + part.size();
  }
  return out += text.substr(from);
}

// "\*" -> "*", and the two blanks at a line's end that make a line break.
std::string without_backslashes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char after = i + 1 < text.size() ? text[i + 1] : '\0';
    const bool sign = is_one_of(after, kMarkdownSigns) || is_one_of(after, ".)");
    if (text[i] == '\\' && sign) ++i;
    if (text[i] == '\n' && out.ends_with("  ")) out.erase(out.size() - 2);
    out += text[i];
  }
  return out;
}

}  // namespace

std::string escaped(std::string_view plain, TextFormat format) {
  return codec::inert_in_redmine({{codec::with_unix_ends(plain)}}, format, false);
}

std::string unescaped(std::string_view raw, TextFormat format) {
  const std::string text = codec::with_unix_ends(raw);
  if (format == TextFormat::markdown) {
    return with_each(without_backslashes(text), kJoiner, "");
  }
  // The joiner last: in "&|#64;" it says that the writer meant these signs.
  return with_each(with_each(text, kAtEntity, "@"), kJoiner, "");
}

std::string one_line(std::string_view text, std::size_t most) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return (c >= '\0' && c < ' ') || c == '\x7F'; }, ' ');
  return codec::cut_to(line, most, codec::Measure::code_points);
}

}  // namespace saksbro::redmine
