#include "bridge/core/text/text.h"

#include <array>

#include "bridge/contract/own_words.h"

namespace saksbro::core {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == text.npos) return lines;
    text.remove_prefix(end + 1);
  }
}

// Calls `literal` and `name` for the pieces of a text in their order.
template <class Literal, class Name>
void walk(std::string_view text, Literal literal, Name name) {
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    const std::size_t close = open == text.npos ? text.npos : text.find('}', open);
    if (close == text.npos) break;
    literal(text.substr(0, open));
    name(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
  literal(text);
}

std::optional<std::string> command_words(std::string_view line) {
  for (const std::string_view name : {"/sak", "/case"}) {
    if (auto words = after_phrase(trimmed(line), name)) return words;
  }
  return std::nullopt;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::string fill(std::string_view text,
                 const std::function<std::optional<std::string>(std::string_view)>& value) {
  std::string filled;
  walk(
      text, [&](std::string_view literal) { filled += literal; },
      [&](std::string_view name) { filled += value(name).value_or(""); });
  return filled;
}

std::string fill_lines(std::string_view text,
                       const std::function<std::optional<std::string>(std::string_view)>& value) {
  std::string filled;
  bool first = true;
  bool after_gap = false;  // a line was left out below an empty one: one empty line is enough
  for (const std::string_view line : split_lines(text)) {
    bool named = false;
    bool known = false;
    std::string whole = fill(line, [&](std::string_view name) {
      auto found = value(name);
      named = true;
      known = known || (found && !found->empty());
      return found;
    });
    if (named && !known) {
      after_gap = first || filled.ends_with("\n");
      continue;
    }
    if (line.ends_with('}')) whole.erase(whole.find_last_not_of(' ') + 1);  // "{a} {b}", b unknown
    if (after_gap && whole.empty()) continue;
    filled += (first ? "" : "\n") + whole;
    first = false;
    after_gap = false;
  }
  return filled;
}

std::vector<std::string> placeholders(std::string_view text) {
  std::vector<std::string> names;
  walk(
      text, [](std::string_view) {}, [&](std::string_view name) { names.emplace_back(name); });
  return names;
}

std::vector<WrittenCommand> written_commands(std::string_view comment) {
  std::vector<WrittenCommand> commands;
  for (const SpokenLine& line : spoken_lines(comment)) {
    if (line.voice != Voice::own && line.voice != Voice::code) continue;
    const auto words =
        line.voice == Voice::own ? command_words(with_plain_blanks(line.text)) : std::nullopt;
    if (words) {
      commands.push_back({std::string(trimmed(*words)), "", std::string(trimmed(line.text))});
    } else if (!commands.empty()) {
      std::string& more = commands.back().more;
      more += (more.empty() ? "" : "\n") + std::string(line.text);
    }
  }
  for (WrittenCommand& command : commands) command.more = trimmed(command.more);
  return commands;
}

std::string above_commands(std::string_view comment) {
  std::string above;
  for (const SpokenLine& line : spoken_lines(comment)) {
    if (line.voice == Voice::own && command_words(with_plain_blanks(line.text))) break;
    if (line.voice == Voice::own || line.voice == Voice::code)
      above += std::string(line.text) + "\n";
  }
  return std::string(trimmed(above));
}

std::string lower(std::string_view text) {
  std::string low(text);
  for (std::size_t i = 0; i < low.size(); ++i) {
    if (low[i] >= 'A' && low[i] <= 'Z') {
      low[i] = static_cast<char>(low[i] - 'A' + 'a');
    } else if (low[i] == '\xC3' && i + 1 < low.size()) {
      // U+00C0..U+00DE (not the multiplication sign) have their small letters 0x20 further on.
      const auto next = static_cast<unsigned char>(low[i + 1]);
      if (next >= 0x80 && next <= 0x9E && next != 0x97) low[i + 1] = static_cast<char>(next + 0x20);
      ++i;
    }
  }
  return low;
}

std::optional<std::string> after_phrase(std::string_view words, std::string_view phrase) {
  const std::string low = lower(words);
  const std::string wanted = lower(phrase);
  if (!low.starts_with(wanted)) return std::nullopt;
  const std::string_view rest = words.substr(wanted.size());
  if (!rest.empty() && std::string_view(" \t:,.!").find(rest.front()) == std::string_view::npos) {
    return std::nullopt;
  }
  const std::size_t text = rest.find_first_not_of(" \t:,.!");
  return std::string(text == rest.npos ? std::string_view{} : rest.substr(text));
}

}  // namespace saksbro::core
