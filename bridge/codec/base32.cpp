#include "bridge/codec/base32.h"

#include <cstdint>

namespace saksbro::codec {
namespace {

constexpr std::string_view kDigits = "abcdefghijklmnopqrstuvwxyz234567";

}  // namespace

std::string to_base32(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() * 8 + 4) / 5);
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : bytes) {
    bits = (bits << 8U) | static_cast<unsigned char>(c);
    for (count += 8; count >= 5; count -= 5) text += kDigits[(bits >> (count - 5)) & 31U];
  }
  if (count > 0) text += kDigits[(bits << (5 - count)) & 31U];
  return text;
}

std::optional<std::string> from_base32(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() * 5 / 8);
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const std::size_t value = kDigits.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << 5U) | static_cast<std::uint32_t>(value);
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>((bits >> count) & 255U);
  }
  // Left over are less than one digit's bits, and they are zero: else it is another spelling.
  const bool whole = count < 5 && (bits & ((1U << count) - 1U)) == 0;
  return whole ? std::optional(bytes) : std::nullopt;
}

}  // namespace saksbro::codec
