#include "bridge/codec/json.h"

#include <cmath>
#include <cstddef>
#include <utility>

#include "bridge/codec/json_tree.h"
#include "bridge/codec/utf8.h"
#include "bridge/contract/settings.h"

namespace saksbro::codec {
namespace {

// Own words instead of the library's: those quote the text, and it may be personal or very long.
Phrase::Args place_of(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte == 0 ? 0 : byte - 1);
  std::size_t line = 1;
  for (const char c : before) line += c == '\n' ? 1U : 0U;
  const auto line_end = before.rfind('\n');
  const std::size_t start = line_end == std::string_view::npos ? 0 : line_end + 1;
  return {{"line", std::to_string(line)}, {"byte", std::to_string(before.size() - start + 1)}};
}

bool looks_like_a_web_page(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '<';
}

tl::unexpected<Error> no_json(std::string_view text, const std::string& where, std::size_t byte) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
    return fail(where, Phrase("expected JSON, got nothing", {}));
  if (looks_like_a_web_page(text)) return fail(where, Phrase("expected JSON, got a web page", {}));
  return fail(where, Phrase("no valid JSON at line {line}, byte {byte}", place_of(text, byte)));
}

Result<Json> parse_utf8(std::string_view text, const std::string& where) {
  // The library takes a NUL for the end of the text and would not look at what follows.
  if (const auto nul = text.find('\0'); nul != std::string_view::npos)
    return no_json(text, where, nul + 1);
  JsonTree tree;
  if (Json::sax_parse(text, &tree)) return std::move(tree).taken();
  switch (tree.fault()) {
    case JsonTree::Fault::too_deep:
      return fail(where, Phrase("JSON is nested deeper than {count} levels",
                                {{"count", std::to_string(kJsonDepthMost)}}));
    case JsonTree::Fault::too_many:
      return fail(where, Phrase("JSON has more than {count} values",
                                {{"count", std::to_string(kJsonValuesMost)}}));
    case JsonTree::Fault::number:
      return fail(where, Phrase("JSON has a number that is too large", {}));
    case JsonTree::Fault::syntax:
      break;
  }
  return no_json(text, where, tree.fault_at());
}

// 2^53: from here on a double does not tell one whole number from the next.
constexpr double kExactMost = 9007199254740992.0;

const Json& nothing() {
  static const Json kNull;
  return kNull;
}

}  // namespace

Result<Json> parse_json(std::string_view text, const std::string& where, Bytes bytes) {
  const auto bad = first_invalid_utf8(text);
  if (!bad) return parse_utf8(text, where);
  if (bytes == Bytes::latin1_allowed) return parse_utf8(repair_latin1(text), where);
  return fail(where,
              Phrase("no valid UTF-8 at line {line}, byte {byte}", place_of(text, *bad + 1)));
}

std::string write_json(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

const Json& at_path(const Json& json, std::string_view path) {
  if (path.empty()) return json;
  const auto dot = path.find('.');
  const auto member = json.is_object() ? json.find(std::string(path.substr(0, dot))) : json.end();
  if (member == json.end()) return nothing();
  if (dot == std::string_view::npos) return *member;
  const std::string_view rest = path.substr(dot + 1);
  return rest.empty() ? nothing() : at_path(*member, rest);
}

std::optional<std::string> text_at(const Json& json, std::string_view path) {
  const Json& found = at_path(json, path);
  if (found.is_string()) return found.get_ref<const std::string&>();
  if (found.is_number_integer()) return found.dump();
  // A whole number of 2^64 or more has become a double and lost digits: no text is better than
  // another ticket's id.
  if (found.is_number_float() && std::abs(found.get<double>()) < kExactMost) return found.dump();
  return std::nullopt;
}

std::string text_or(const Json& json, std::string_view path, std::string_view fallback) {
  return text_at(json, path).value_or(std::string(fallback));
}

std::optional<std::int64_t> integer_at(const Json& json, std::string_view path) {
  const Json& found = at_path(json, path);
  if (found.is_string()) return parse_whole_number(found.get_ref<const std::string&>());
  if (!found.is_number_integer()) return std::nullopt;
  if (found.is_number_unsigned() && found.get<std::uint64_t>() > INT64_MAX) return std::nullopt;
  return found.get<std::int64_t>();
}

bool flag_at(const Json& json, std::string_view path) {
  const Json& found = at_path(json, path);
  return found.is_boolean() && found.get<bool>();
}

}  // namespace saksbro::codec
