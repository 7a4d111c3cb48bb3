#include "bridge/codec/form.h"

#include <algorithm>

#include "bridge/codec/digest.h"
#include "bridge/codec/utf8.h"

namespace saksbro::codec {
namespace {

constexpr std::string_view kBlank = " \t\n";

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i] == '+' ? ' ' : text[i];
      continue;
    }
    const auto byte = from_hex(text.substr(i + 1, 2));
    if (!byte || byte->size() != 1) return std::nullopt;
    plain += *byte;
    i += 2;
  }
  if (first_invalid_utf8(plain)) return std::nullopt;
  return plain;
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n') || byte == 0x7F;
}

}  // namespace

std::optional<std::map<std::string, std::string>> read_form(std::string_view body) {
  std::map<std::string, std::string> fields;
  while (!body.empty()) {
    const std::size_t end = std::min(body.find('&'), body.size());
    const std::string_view pair = body.substr(0, end);
    body.remove_prefix(std::min(end + 1, body.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto name = percent_decoded(pair.substr(0, equals));
    auto value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())));
    if (!name || !value) return std::nullopt;
    fields.emplace(std::move(*name), std::move(*value));
  }
  return fields;
}

std::string typed_words(std::string_view field) {
  std::string words;
  for (std::size_t i = 0; i < field.size(); ++i) {
    const bool lone_return = field[i] == '\r' && field.substr(i + 1, 1) != "\n";
    if (lone_return) words += '\n';
    if (!is_control(field[i])) words += field[i];
  }
  const std::size_t first = words.find_first_not_of(kBlank);
  if (first == words.npos) return {};
  return words.substr(first, words.find_last_not_of(kBlank) - first + 1);
}

}  // namespace saksbro::codec
