#include "bridge/codec/base32.h"

#include <gtest/gtest.h>

namespace saksbro::codec {
namespace {

struct Pair {
  const char* bytes;
  const char* text;
};

const Pair kRfc4648[] = {{"", ""},
                         {"f", "my"},
                         {"fo", "mzxq"},
                         {"foo", "mzxw6"},
                         {"foob", "mzxw6yq"},
                         {"fooba", "mzxw6ytb"},
                         {"foobar", "mzxw6ytboi"}};

TEST(Base32, IsThatOfRfc4648InLowerCaseWithoutPadding) {
  for (const auto& [bytes, text] : kRfc4648) {
    EXPECT_EQ(to_base32(bytes), text);
    EXPECT_EQ(from_base32(text), bytes);
  }
}

TEST(Base32, TakesEveryByte) {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  EXPECT_EQ(from_base32(to_base32(bytes)), bytes);
}

TEST(Base32, HasOneSpellingForAValueAndRefusesAllOthers) {
  // Upper case, padding, a digit that is none, bits left over, a digit too many.
  for (const char* text : {"MY", "my======", "m1", "mz", "mya", "m", "m y", "my\n", "mæ"}) {
    EXPECT_EQ(from_base32(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace saksbro::codec
