#include "bridge/codec/digest.h"

#include <gtest/gtest.h>

namespace saksbro::codec {
namespace {

TEST(Digest, Sha256IsThatOfFips180) {
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, HmacIsThatOfRfc4231) {
  EXPECT_EQ(to_hex(hmac_sha256(Secret(std::string(20, '\x0b')), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(to_hex(hmac_sha256(Secret("Jefe"), "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(hmac_sha256(Secret(std::string(131, '\xaa')),
                               "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Digest, HmacTakesAnEmptyKeyAndAnEmptyText) {
  EXPECT_EQ(to_hex(hmac_sha256(Secret(), "")),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Digest, HmacOfLongerHashesIsThatOfRfc4231) {
  const Secret jefe("Jefe");
  const std::string text = "what do ya want for nothing?";
  EXPECT_EQ(
      to_hex(hmac(Hash::sha384, jefe, text)),
      "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ec"
      "fab21649");
  EXPECT_EQ(
      to_hex(hmac(Hash::sha512, jefe, text)),
      "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65"
      "f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
  EXPECT_EQ(size_of(Hash::sha384), 48U);
  EXPECT_EQ(size_of(Hash::sha512), 64U);
}

TEST(Digest, Ed25519IsThatOfRfc8032) {
  const std::string key =
      from_hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c").value();
  const std::string signature =
      from_hex(
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f"
          "3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
          .value();
  EXPECT_TRUE(ed25519_signed(key, "r", signature));
  EXPECT_FALSE(ed25519_signed(key, "s", signature));
  EXPECT_FALSE(ed25519_signed(key, "r", signature.substr(1)));
  EXPECT_FALSE(ed25519_signed(key, "r", ""));
  EXPECT_FALSE(ed25519_signed(key.substr(1), "r", signature));
  EXPECT_FALSE(ed25519_signed("", "r", signature));
}

TEST(Hex, GoesBothWays) {
  EXPECT_EQ(to_hex(std::string_view("\0\x1f\xff", 3)), "001fff");
  EXPECT_EQ(from_hex("001fFF"), std::string("\0\x1f\xff", 3));
  EXPECT_EQ(from_hex(""), "");
}

TEST(Hex, RefusesWhatIsNone) {
  for (const char* text : {"0", "0g", "0x", " 00", "00 ", "0\n", "-1"}) {
    EXPECT_EQ(from_hex(text), std::nullopt) << text;
  }
}

struct Pair {
  std::string bytes;
  const char* text;
};

const Pair kRfc4648[] = {{"", ""},
                         {"f", "Zg=="},
                         {"fo", "Zm8="},
                         {"foo", "Zm9v"},
                         {"foob", "Zm9vYg=="},
                         {"fooba", "Zm9vYmE="},
                         {"foobar", "Zm9vYmFy"},
                         {"\xfb\xff\xfe", "+//+"}};

TEST(Base64, GoesBothWays) {
  for (const auto& [bytes, text] : kRfc4648) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
}

TEST(Base64, KeepsEveryByte) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) {
    bytes += static_cast<char>(i);
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes) << i;
  }
}

TEST(Base64, RefusesWhatIsNone) {
  for (const char* text : {"Z", "Zg", "Zg=", "Zg===", "=Zg=", "Zg==Zm8=", "Zm9v\n", " Zm9v", "Zm9-",
                           "Zm_v", "====", "Z===", "Zm=v"}) {
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  }
}

TEST(Base64, HasOneSpellingOnly) {
  EXPECT_EQ(from_base64("Zh=="), std::nullopt);  // the same bytes as Zg==, to a lenient reader
  EXPECT_EQ(from_base64("Zm9="), std::nullopt);
}

TEST(Base64Url, HasLettersOfItsOwnAndMayLeaveOutThePadding) {
  EXPECT_EQ(from_base64url("-_-_"), from_base64("+/+/"));
  EXPECT_EQ(from_base64url("bGE="), "la");
  EXPECT_EQ(from_base64url("bGE"), "la");
  EXPECT_EQ(from_base64url(""), "");
  for (const char* text : {"+/+/", "b", "bGE=a", "bG E", "bGF"})
    EXPECT_EQ(from_base64url(text), std::nullopt) << text;
}

TEST(EqualInConstantTime, ComparesAllOfBoth) {
  EXPECT_TRUE(equal_in_constant_time("", ""));
  EXPECT_TRUE(equal_in_constant_time(std::string_view("a\0b", 3), std::string_view("a\0b", 3)));
  EXPECT_FALSE(equal_in_constant_time(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
  EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
  EXPECT_FALSE(equal_in_constant_time("", "a"));
}

}  // namespace
}  // namespace saksbro::codec
