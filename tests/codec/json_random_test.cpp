// Whatever the bytes are, parse_json answers, and what it gives can be copied and written.
#include <gtest/gtest.h>

#include <random>

#include "bridge/codec/json.h"

namespace saksbro::codec {
namespace {

constexpr int kTexts = 5'000;

// Fixed: a failure can be repeated.
std::mt19937 dice() { return std::mt19937(20261123); }

void survives(const std::string& text, Bytes bytes) {
  const auto parsed = parse_json(text, "x", bytes);
  if (!parsed) {
    EXPECT_EQ(parsed.error().where, "x");
    EXPECT_FALSE(parsed.error().what.empty());
    return;
  }
  const Json copy = *parsed;
  const auto again = parse_json(write_json(copy), "x");
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_EQ(write_json(*again), write_json(copy));
}

template <class MakeText>
void try_many(MakeText make_text) {
  auto random = dice();
  for (int i = 0; i < kTexts; ++i) {
    SCOPED_TRACE(i);
    const std::string text = make_text(random);
    survives(text, Bytes::utf8);
    survives(text, Bytes::latin1_allowed);
    if (testing::Test::HasFailure()) return;
  }
}

std::size_t below(std::mt19937& random, std::size_t most) { return random() % most; }

TEST(ParseJsonRandom, SurvivesAnyBytes) {
  try_many([](std::mt19937& random) {
    std::string text(below(random, 60), ' ');
    for (char& c : text) c = static_cast<char>(random() & 0xFFU);
    return text;
  });
}

TEST(ParseJsonRandom, SurvivesAnyTokens) {
  static const std::vector<std::string> kTokens = {
      "{",    "}",    "[",  "]",  ",",    ":",      "\"a\"",   "\"\"", "1",  "-1",      "1e400",
      "null", "true", "\"", "\\", "\xe5", "\u00e5", "\\u0000", " ",    "\n", "\\ud800", "//"};
  try_many([](std::mt19937& random) {
    std::string text;
    for (std::size_t left = below(random, 40); left > 0; --left)
      text += kTokens[below(random, kTokens.size())];
    return text;
  });
}

TEST(ParseJsonRandom, SurvivesAnythingDoneToAGoodBody) {
  const std::string body =
      R"({"issue":{"id":7,"subject":"Innlogging feiler for æøå 😀","list":[1,2.5,{"a":null}],"x":"\u00e5\n"}})";
  try_many([&](std::mt19937& random) {
    std::string text = body;
    for (std::size_t left = 1 + below(random, 4); left > 0; --left)
      text[below(random, text.size())] = static_cast<char>(random() & 0xFFU);
    if (below(random, 4) == 0) text.resize(below(random, text.size()));
    return text;
  });
}

TEST(ParseJsonRandom, SurvivesAnyDepth) {
  auto random = dice();
  for (int i = 0; i < 50; ++i) {
    std::string text;
    for (std::size_t left = below(random, 200'000); left > 0; --left)
      text += below(random, 2) == 0 ? "[" : "{\"a\":";
    survives(text, Bytes::utf8);
  }
}

}  // namespace
}  // namespace saksbro::codec
