#include "bridge/codec/url.h"

#include <gtest/gtest.h>

namespace saksbro::codec {
namespace {

TEST(PercentEncode, LeavesOnlyTheUnreserved) {
  EXPECT_EQ(percent_encode("AZaz09-._~"), "AZaz09-._~");
  EXPECT_EQ(percent_encode("a/b?c=d&e#f%g h+i"), "a%2Fb%3Fc%3Dd%26e%23f%25g%20h%2Bi");
  EXPECT_EQ(percent_encode(">="), "%3E%3D");
}

TEST(PercentEncode, EncodesBytesNotCharacters) {
  EXPECT_EQ(percent_encode("Løst"), "L%C3%B8st");
  EXPECT_EQ(percent_encode(std::string_view("\0\r\n\xff", 4)), "%00%0D%0A%FF");
}

TEST(PercentEncode, OfNothingIsNothing) { EXPECT_EQ(percent_encode(""), ""); }

}  // namespace
}  // namespace saksbro::codec
