#include "bridge/codec/link_token.h"

#include <gtest/gtest.h>

#include <random>

#include "bridge/codec/base32.h"
#include "bridge/codec/digest.h"

namespace saksbro::codec {
namespace {

const Secret kSecret("a secret of the tests, 32 bytes long");
const Secret kOther("another secret, and as long as that");
const LinkFields kFields{"SAK-2026-00001", "løst", "first_line", "Bærum"};

TEST(LinkToken, IsTheSameForTheSameFieldsAndAsShortAsThis) {
  EXPECT_EQ(
      LinkTokens({kSecret}).make(kFields),
      "1bzjucszngiydenrngaydambravwmhodtoqfgm2lson2f63djnzsqmqwduzzhk3nzwamq2foefjvnkz7vxbdfr6ha");
}

struct Row {
  const char* name;
  LinkFields fields;
};

const std::vector<Row> kRows{
    {"Plain", {"SAK-2026-00001", "kvittert", "second_line", ""}},
    {"NorwegianLetters", {"SAK-2026-00001", "løst på nytt", "first_line", "Bærum Ælø Ås"}},
    {"Empty", {"", "", "", ""}},
    {"AsLongAsItGoes",
     {std::string(255, 'a'), std::string(255, 'b'), std::string(255, 'c'),
      std::string(255, '\xff')}},
    {"AnyByte", {std::string("\0\n/", 3), "?&#", "%2F", "\xf0\x9f\x98\x80"}},
};

TEST(LinkToken, GivesBackWhatItWasMadeOfAndIsMadeOfLettersAndDigits) {
  const LinkTokens tokens({kSecret});
  for (const auto& [name, fields] : kRows) {
    const std::string token = tokens.make(fields);
    EXPECT_EQ(token.find_first_not_of("abcdefghijklmnopqrstuvwxyz01234567"), token.npos) << name;
    EXPECT_EQ(tokens.read(token), fields) << name;
  }
}

TEST(LinkToken, SaysWhichFieldIsWhich) {
  const LinkTokens tokens({kSecret});
  EXPECT_NE(tokens.make({"ab", "c", "", ""}), tokens.make({"a", "bc", "", ""}));
  EXPECT_NE(tokens.make({"", "a", "", ""}), tokens.make({"a", "", "", ""}));
}

TEST(LinkToken, IsNotMadeOfAFieldThatIsTooLong) {
  const LinkTokens tokens({kSecret});
  EXPECT_EQ(tokens.make({std::string(256, 'a'), "", "", ""}), "");
  EXPECT_EQ(tokens.make({"", "", "", std::string(256, 'a')}), "");
}

TEST(LinkToken, WithAnyBitFlippedIsRefused) {
  const LinkTokens tokens({kSecret});
  const std::string token = tokens.make(kFields);
  for (std::size_t bit = 0; bit < token.size() * 8; ++bit) {
    std::string altered = token;
    altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_EQ(tokens.read(altered), std::nullopt) << "bit " << bit << ": " << altered;
  }
}

// Below the spelling: what is signed, and the signature.
TEST(LinkToken, WithAnyBitOfItsContentFlippedIsRefused) {
  const LinkTokens tokens({kSecret});
  const std::string bytes = from_base32(tokens.make(kFields).substr(1)).value_or("");
  ASSERT_GT(bytes.size(), 50U);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string altered = bytes;
    altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_EQ(tokens.read("1" + to_base32(altered)), std::nullopt) << "bit " << bit;
  }
}

TEST(LinkToken, CutOffAtAnyLengthIsRefused) {
  const LinkTokens tokens({kSecret});
  const std::string token = tokens.make(kFields);
  for (std::size_t length = 0; length < token.size(); ++length) {
    EXPECT_EQ(tokens.read(token.substr(0, length)), std::nullopt) << length;
    EXPECT_EQ(tokens.read(token.substr(length + 1)), std::nullopt) << length;
  }
}

TEST(LinkToken, WithSomethingAddedIsRefused) {
  const LinkTokens tokens({kSecret});
  const std::string token = tokens.make(kFields);
  for (const char* more : {"a", "aaaaaaaa", "=", ".", " ", "\n", "/", "1"}) {
    EXPECT_EQ(tokens.read(token + more), std::nullopt) << more;
    EXPECT_EQ(tokens.read(more + token), std::nullopt) << more;
  }
  EXPECT_EQ(tokens.read("1" + std::string(1'000'000, 'a')), std::nullopt);
}

TEST(LinkToken, OfAnotherVersionIsRefused) {
  std::string token = LinkTokens({kSecret}).make(kFields);
  for (const char version : {'0', '2', 'a', '\0'}) {
    token.front() = version;
    EXPECT_EQ(LinkTokens({kSecret}).read(token), std::nullopt) << version;
  }
}

TEST(LinkToken, OfAnotherSecretIsRefusedAndTwoAreLiveDuringARotation) {
  const std::string old = LinkTokens({kSecret}).make(kFields);
  EXPECT_EQ(LinkTokens({kOther}).read(old), std::nullopt);
  const LinkTokens rotating({kOther, kSecret});
  EXPECT_EQ(rotating.read(old), kFields);
  EXPECT_EQ(rotating.make(kFields), LinkTokens({kOther}).make(kFields)) << "the first one signs";
  EXPECT_EQ(rotating.read(rotating.make(kFields)), kFields);
}

TEST(LinkToken, WithoutASecretIsNeitherMadeNorRead) {
  for (const LinkTokens& none : {LinkTokens({}), LinkTokens({Secret()})}) {
    EXPECT_EQ(none.make(kFields), "");
    EXPECT_EQ(none.read(LinkTokens({kSecret}).make(kFields)), std::nullopt);
    EXPECT_EQ(none.read("1" + to_base32(std::string(4, '\0') +
                                        hmac_sha256(Secret(), "1\0\0\0\0").substr(0, 16))),
              std::nullopt);
  }
}

// The same secret may sign webhooks: what it signs there must not be a token here.
TEST(LinkToken, IsNotWhatTheBareSecretSigns) {
  const std::string content = std::string("\0\0\0\0", 4);
  const std::string mac = hmac_sha256(kSecret, "1" + content).substr(0, 16);
  EXPECT_EQ(LinkTokens({kSecret}).read("1" + to_base32(content + mac)), std::nullopt);
}

TEST(LinkToken, OfRandomLettersIsRefusedAndHarmless) {
  const LinkTokens tokens({kSecret});
  std::mt19937 random{1};
  for (int i = 0; i < 10'000; ++i) {
    std::string token = "1";
    for (std::size_t length = random() % 120; token.size() < length;)
      token += "abcdefghijklmnopqrstuvwxyz234567"[random() % 32];
    EXPECT_EQ(tokens.read(token), std::nullopt) << token;
  }
}

}  // namespace
}  // namespace saksbro::codec
