#include "bridge/codec/address_range.h"

#include <gtest/gtest.h>

namespace saksbro::codec {
namespace {

struct Row {
  const char* range;
  const char* address;
  bool in;
};

TEST(AddressRange, HoldsTheAddressesOfItsLengthAndNoOthers) {
  const Row rows[] = {
      {"192.0.2.7", "192.0.2.7", true},
      {"192.0.2.7", "192.0.2.6", false},
      {"192.0.2.0/24", "192.0.2.255", true},
      {"192.0.2.0/24", "192.0.3.0", false},
      {"10.0.0.0/8", "10.255.255.255", true},
      {"10.0.0.0/8", "11.0.0.0", false},
      {"192.0.2.128/25", "192.0.2.127", false},
      {"192.0.2.128/25", "192.0.2.128", true},
      {"192.0.2.0/31", "192.0.2.1", true},
      {"192.0.2.0/31", "192.0.2.2", false},
      {"2001:db8::/32", "2001:db8:ffff::1", true},
      {"2001:db8::/32", "2001:db9::", false},
      {"2001:db8::1", "2001:db8:0:0::1", true},
      {"2001:db8::/125", "2001:db8::7", true},
      {"2001:db8::/125", "2001:db8::8", false},
      {"fe80::/10", "febf::1", true},
      {"fe80::/10", "fec0::1", false},
      // An IPv4 address is the same however it is written, on both sides.
      {"192.0.2.0/24", "::ffff:192.0.2.9", true},
      {"192.0.2.0/24", "::ffff:c000:209", true},
      {"::ffff:192.0.2.0/120", "192.0.2.9", true},
      {"::ffff:0:0/96", "192.0.2.9", true},
      // A range of IPv6 holds no IPv4 address, and the other way round.
      {"::/1", "192.0.2.9", false},
      {"::/95", "::ffff:192.0.2.9", false},
      {"0.0.0.0/1", "::1", false},
  };
  for (const Row& row : rows) {
    const auto range = parse_address_range(row.range);
    ASSERT_TRUE(range) << row.range;
    EXPECT_EQ(lies_in(row.address, {*range}), row.in) << row.address << " in " << row.range;
  }
}

TEST(AddressRange, IsRefusedWhenItCouldBeMeantInAnotherWay) {
  for (const char* text : {"",
                           "192.0.2",
                           "192.0.2.7.1",
                           "192.0.2.256",
                           "192.0.2.0/33",
                           "192.0.2.0/",
                           "192.0.2.0/-1",
                           "192.0.2.0/24 ",
                           " 192.0.2.0/24",
                           "192.0.2.7/24",
                           "192.0.2.0/2x",
                           "+1.2.3.4",
                           "0x7f.1",
                           "gitlab.example",
                           "192.0.2.7:80",
                           "[2001:db8::1]",
                           "2001:db8::1%eth0",
                           "2001:db8::1/32",
                           "2001:db8::/129",
                           ":::",
                           "1::2::3",
                           "::ffff:192.0.2.7/120"}) {
    EXPECT_FALSE(parse_address_range(text)) << text;
  }
}

TEST(AddressRange, LetsNothingInThatIsNoAddress) {
  const auto all = parse_address_range("0.0.0.0/1").value();
  for (const char* text : {"", "localhost", "1.2.3", "1.2.3.4 ", "1.2.3.4:80", "unix:"})
    EXPECT_FALSE(lies_in(text, {all})) << text;
  EXPECT_FALSE(lies_in("1.2.3.4", {}));
}

}  // namespace
}  // namespace saksbro::codec
