#include "bridge/core/text/fingerprint.h"

#include <array>
#include <charconv>
#include <cstdint>

namespace saksbro::core {

std::string fingerprint(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char byte : text) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 0x100000001B3U;
  }
  std::array<char, 16> digits{};
  const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), hash, 16).ptr;
  return "fp:" + std::string(digits.data(), static_cast<std::size_t>(end - digits.data())) + "." +
         std::to_string(text.size());
}

}  // namespace saksbro::core
