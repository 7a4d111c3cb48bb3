#include "bridge/codec/visible.h"

#include <utf8proc.h>

#include <optional>

#include "bridge/codec/utf8.h"

namespace saksbro::codec {
namespace {

constexpr std::uint32_t kBasicPlaneMost = 0xFFFF;

constexpr std::string_view kUpperDigits = "0123456789ABCDEF";
constexpr std::string_view kLowerDigits = "0123456789abcdef";

std::string hexadecimal(std::uint32_t value, std::string_view all) {
  constexpr std::size_t kLeast = 4;
  std::string digits;
  for (; value != 0 || digits.size() < kLeast; value >>= 4U)
    digits.insert(digits.begin(), all[value & 0xFU]);
  return digits;
}

// What `text` begins with; nothing when that is no UTF-8. `length` is always at least 1.
std::optional<std::uint32_t> first_point(std::string_view text, std::size_t& length) {
  utf8proc_int32_t point = 0;
  const auto taken = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                      static_cast<utf8proc_ssize_t>(text.size()), &point);
  length = taken > 0 ? static_cast<std::size_t>(taken) : 1;
  if (taken <= 0) return std::nullopt;
  return static_cast<std::uint32_t>(point);
}

// Each code point as it is, or as `instead` writes it.
template <class F>
std::string rewritten(std::string_view text, const F& instead) {
  std::string written;
  written.reserve(text.size());
  while (!text.empty()) {
    std::size_t length = 0;
    const auto point = first_point(text, length);
    if (!point) {
      written += kReplacement;
    } else if (acts_on_its_reader(*point)) {
      written += instead(*point);
    } else {
      written += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return written;
}

std::string named_point(std::uint32_t point) {
  return "<U+" + hexadecimal(point, kUpperDigits) + ">";
}

// CR LF is one end of a line.
std::string with_plain_line_ends(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool pair = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    if (!pair) plain += text[at];
  }
  return plain;
}

std::string escaped_in_json(std::uint32_t point) {
  if (point <= kBasicPlaneMost) return "\\u" + hexadecimal(point, kLowerDigits);
  const std::uint32_t above = point - kBasicPlaneMost - 1;
  return "\\u" + hexadecimal(0xD800U + (above >> 10U), kLowerDigits) + "\\u" +
         hexadecimal(0xDC00U + (above & 0x3FFU), kLowerDigits);
}

}  // namespace

// Of the tags' block (U+E0000) most code points are not assigned, and are as invisible.
bool acts_on_its_reader(std::uint32_t point) {
  if (point >= ' ' && point < 0x7FU) return false;
  if (point >= 0xE0000U && point <= 0xE0FFFU) return true;
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(point))) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return true;
    default:
      return false;
  }
}

std::string visible_line(std::string_view text) {
  return rewritten(with_plain_line_ends(text), [](std::uint32_t point) {
    const bool blank = point == '\n' || point == '\r' || point == '\t';
    return blank ? " " : named_point(point);
  });
}

std::string visible_lines(std::string_view text, std::size_t indent) {
  const std::string line_end = "\n" + std::string(indent, ' ');
  return rewritten(with_plain_line_ends(text), [&](std::uint32_t point) {
    if (point == '\n') return line_end;
    return point == '\t' ? " " : named_point(point);
  });
}

std::string visible_json(std::string_view json) {
  return rewritten(
      json, [](std::uint32_t point) { return point == '\n' ? "\n" : escaped_in_json(point); });
}

}  // namespace saksbro::codec
