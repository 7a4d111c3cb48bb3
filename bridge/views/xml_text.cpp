#include "bridge/views/xml_text.h"

#include <cstdint>

#include "bridge/codec/utf8.h"
#include "bridge/codec/visible.h"
#include "bridge/contract/ascii.h"

namespace saksbro::views {
namespace {

bool needs_no_escape(char c) { return is_ascii_alnum(c) || c == '.'; }

// Texts of mappings are valid UTF-8: bridge/load refuses others.
std::uint32_t take_code_point(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  text.remove_prefix(1);
  if (first < 0x80U) return first;
  std::uint32_t value = first & (first < 0xE0U ? 0x1FU : first < 0xF0U ? 0x0FU : 0x07U);
  while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xC0U) == 0x80U) {
    value = (value << 6U) | (static_cast<unsigned char>(text.front()) & 0x3FU);
    text.remove_prefix(1);
  }
  return value;
}

std::string hexadecimal(std::uint32_t value) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string digits;
  do {
    digits.insert(digits.begin(), kDigits[value & 0xFU]);
    value >>= 4U;
  } while (value != 0);
  return digits;
}

std::string of_one_point(std::string_view& text) {
  const std::string_view before = text;
  const std::uint32_t point = take_code_point(text);
  if (codec::acts_on_its_reader(point)) return "&#x" + hexadecimal(point) + ";";
  return std::string(before.substr(0, before.size() - text.size()));
}

}  // namespace

// XML 1.0 has no control characters; what else acts on a reader is written as a number.
std::string xml_text(std::string_view text) {
  if (codec::first_invalid_utf8(text)) return xml_text(codec::repair_latin1(text));
  std::string escaped;
  while (!text.empty()) {
    const char c = text.front();
    if (static_cast<unsigned char>(c) >= 0x7FU) {
      escaped += of_one_point(text);
      continue;
    }
    text.remove_prefix(1);
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\n':
        escaped += "&#10;";
        break;
      case '\t':
        escaped += "&#9;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= ' ') escaped += c;
    }
  }
  return escaped;
}

std::string id_part(std::string_view name) {
  std::string id;
  while (!name.empty()) {
    const char c = name.front();
    if (needs_no_escape(c)) {
      id += c;
      name.remove_prefix(1);
    } else if (c == ' ') {
      id += '-';
      name.remove_prefix(1);
    } else {
      id += "_x" + hexadecimal(take_code_point(name)) + "_";
    }
  }
  return id;
}

}  // namespace saksbro::views
