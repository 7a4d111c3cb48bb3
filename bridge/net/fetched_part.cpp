// What an IMAP server gives as the part of a mail (RFC 9051, msg-att-static and nstring).
#include <charconv>
#include <string>

#include "bridge/contract/ascii.h"
#include "bridge/net/incoming_file.h"

namespace saksbro::net {
namespace {

// What follows the item's name: "BODY[2.1] " or, of a server that tells where it begins,
// "BODY[2.1]<0> ".
std::optional<std::string_view> behind_name(std::string_view answer) {
  const auto name = lower(answer.substr(0, answer.find("\r\n"))).find("body[");
  const auto close = name == answer.npos ? name : answer.find(']', name);
  const auto blank = close == answer.npos ? close : answer.find(' ', close);
  if (blank == answer.npos) return std::nullopt;
  return answer.substr(blank + 1);
}

std::optional<std::string_view> literal(std::string_view text) {
  const auto end = text.find("}\r\n");
  std::size_t size = 0;
  const char* const first = text.data() + 1;
  if (end == text.npos || end < 2) return std::nullopt;
  const auto [stop, problem] = std::from_chars(first, text.data() + end, size);
  if (problem != std::errc{} || stop != text.data() + end) return std::nullopt;
  const std::string_view rest = text.substr(end + 3);
  return rest.size() < size ? std::nullopt : std::optional(rest.substr(0, size));
}

std::optional<std::string_view> quoted_string(std::string_view text, std::string& buffer) {
  buffer.clear();
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') return buffer;
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    buffer += text[i];
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string_view> fetched_part(std::string_view answer, std::string& buffer) {
  // Other lines may come before it, unasked: "* 4 EXISTS".
  while (!answer.empty()) {
    if (const auto text = behind_name(answer)) {
      if (text->starts_with('{')) return literal(*text);
      if (text->starts_with('"')) return quoted_string(*text, buffer);
      return std::nullopt;  // NIL
    }
    const auto end = answer.find("\r\n");
    answer.remove_prefix(end == answer.npos ? answer.size() : end + 2);
  }
  return std::nullopt;
}

}  // namespace saksbro::net
