#include "bridge/load/fingerprint.h"

#include <string_view>

namespace saksbro::load {
namespace {

// FNV-1a, https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
class Print {
 public:
  explicit Print(std::uint64_t before) : value_(kBasis ^ before) {}

  void add(std::string_view text) {
    for (const char byte : text) add_byte(static_cast<unsigned char>(byte));
    add_byte(kEnd);
  }
  void add(const Setting& setting) {
    if (const auto* text = std::get_if<Setting::Text>(&setting.value)) return add(*text);
    if (const auto* secret = std::get_if<Secret>(&setting.value)) return add(*secret);
    if (const auto* list = std::get_if<Setting::List>(&setting.value)) {
      for (const Setting& one : *list) add(one);
    } else {
      for (const auto& [key, one] : std::get<Setting::Map>(setting.value)) {
        add(key);
        add(one);
      }
    }
    add_byte(kEnd);
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  static constexpr std::uint64_t kBasis = 14695981039346656037ULL;
  static constexpr std::uint64_t kPrime = 1099511628211ULL;
  static constexpr unsigned char kEnd = 0xFF;  // no byte of UTF-8

  void add_byte(unsigned char byte) { value_ = (value_ ^ byte) * kPrime; }
  void add(const Secret& secret) {
    constexpr std::uint64_t kKept = 0xFFFF;
    Print whole(0);
    whole.add(secret.reveal());
    add(std::to_string((whole.value() >> 32U) & kKept));
  }

  std::uint64_t value_;
};

}  // namespace

std::int64_t fingerprint(const Setting& settings, std::int64_t before) {
  Print print(static_cast<std::uint64_t>(before));
  print.add(settings);
  constexpr std::uint64_t kPositive = 0x7FFFFFFFFFFFFFFFULL;
  const auto value = static_cast<std::int64_t>(print.value() & kPositive);
  return value == 0 ? 1 : value;
}

}  // namespace saksbro::load
