#include "bridge/codec/json.h"

#include <gtest/gtest.h>

namespace saksbro::codec {
namespace {

std::string error_of(std::string_view text, Bytes bytes = Bytes::utf8) {
  const auto parsed = parse_json(text, "desk: webhook", bytes);
  return parsed ? "parsed: " + write_json(*parsed) : parsed.error().text();
}

struct Row {
  const char* name;
  std::string text;
  const char* error;
};

class ParseJson : public testing::TestWithParam<Row> {};

TEST_P(ParseJson, SaysWhereItIsWrong) { EXPECT_EQ(error_of(GetParam().text), GetParam().error); }

const Row kRows[] = {
    {"Nothing", "", "desk: webhook: expected JSON, got nothing"},
    {"OnlyBlanks", " \r\n\t", "desk: webhook: expected JSON, got nothing"},
    {"WebPage", "\n<!DOCTYPE html><html>", "desk: webhook: expected JSON, got a web page"},
    {"CutOff", "{\"a\":", "desk: webhook: no valid JSON at line 1, byte 6"},
    {"SecondLine", "{\"a\": 1,\n  b: 2}", "desk: webhook: no valid JSON at line 2, byte 3"},
    {"Trailing", "{} x", "desk: webhook: no valid JSON at line 1, byte 4"},
    {"HiddenBehindANul", std::string("{}\0{\"a\":1}", 10),
     "desk: webhook: no valid JSON at line 1, byte 3"},
    {"NulInAText", std::string("[\"a\0b\"]", 7), "desk: webhook: no valid JSON at line 1, byte 4"},
    {"BadUtf8", "{\"a\": \"bl\xe5\"}", "desk: webhook: no valid UTF-8 at line 1, byte 10"},
    {"LoneSurrogate", R"(["\ud800"])", "desk: webhook: no valid JSON at line 1, byte 9"},
    {"HugeNumber", "[1e999]", "desk: webhook: JSON has a number that is too large"},
    {"Comment", "{} // no", "desk: webhook: no valid JSON at line 1, byte 4"},
    {"TrailingComma", "[1,]", "desk: webhook: no valid JSON at line 1, byte 4"},
};

INSTANTIATE_TEST_SUITE_P(Errors, ParseJson, testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

std::string nested(std::size_t levels, const std::string& open, const std::string& close) {
  std::string text;
  for (std::size_t i = 0; i < levels; ++i) text += open;
  text += "1";
  for (std::size_t i = 0; i < levels; ++i) text += close;
  return text;
}

TEST(ParseJsonDepth, SixtyFourLevelsAreRead) {
  EXPECT_EQ(write_json(parse_json(nested(64, "[", "]"), "x").value()), nested(64, "[", "]"));
  EXPECT_EQ(write_json(parse_json(nested(64, "{\"a\":", "}"), "x").value()),
            nested(64, "{\"a\":", "}"));
}

TEST(ParseJsonDepth, OneMoreIsRefused) {
  const char* error = "desk: webhook: JSON is nested deeper than 64 levels";
  EXPECT_EQ(error_of(nested(65, "[", "]")), error);
  EXPECT_EQ(error_of(nested(65, "{\"a\":", "}")), error);
  EXPECT_EQ(error_of(std::string(1'000'000, '[')), error);
  EXPECT_EQ(error_of(nested(500'000, "{\"a\":[", "]}")), error);
}

TEST(ParseJsonDepth, BracketsInATextAreNone) {
  EXPECT_EQ(error_of("[\"" + std::string(100, '[') + "\"]"),
            "parsed: [\"" + std::string(100, '[') + "\"]");
}

TEST(ParseJsonDepth, BesideIsNotBelow) {
  std::string text = "[[]";
  for (int i = 0; i < 1000; ++i) text += ",{}";
  EXPECT_TRUE(parse_json(text + "]", "x"));
}

TEST(ParseJsonLatin1, SingleBytesAreReadAsLatin1) {
  EXPECT_EQ(error_of("[\"bl\xe5 \u00e5 \xf8\"]", Bytes::latin1_allowed),
            "parsed: [\"bl\u00e5 \u00e5 \u00f8\"]");
}

TEST(ParseJsonLatin1, BytesOutsideTextsAreStillNoJson) {
  EXPECT_EQ(error_of("[\xe5]", Bytes::latin1_allowed),
            "desk: webhook: no valid JSON at line 1, byte 2");
}

TEST(WriteJson, ReplacesBytesThatAreNoUtf8) {
  EXPECT_EQ(write_json(Json{{"text", "bl\xe5 b\xc3\xa6r"}}), "{\"text\":\"bl\uFFFD b\u00e6r\"}");
}

class Members : public testing::Test {
 protected:
  const Json json = Json::parse(R"({
    "issue": {"id": 7, "status": {"name": "Løst"}, "text": "7", "empty": "", "none": null, "list": [1],
              "yes": true, "no": false, "yes_in_text": "true", "half": 7.5, "float": 7.0, "minus": -8},
    "largest": 9223372036854775807, "smallest": -9223372036854775808,
    "unsigned": 18446744073709551615, "beyond": 18446744073709551616, "": {"": "odd"}})");
};

TEST_F(Members, AreFoundByTheirPath) {
  EXPECT_EQ(at_path(json, "issue.status.name"), "Løst");
  EXPECT_EQ(at_path(json, ""), json);
}

TEST_F(Members, ThatAreMissingAreNull) {
  for (const char* path : {"x", "issue.x", "issue.id.x", "issue.list.0", "issue.none.x", "issue.",
                           ".issue", "issue..id", "issue.status.name.x"}) {
    EXPECT_TRUE(at_path(json, path).is_null()) << path;
  }
  EXPECT_TRUE(at_path(Json(), "a.b").is_null());
}

TEST_F(Members, TextsAndNumbersAreText) {
  EXPECT_EQ(text_at(json, "issue.status.name"), "Løst");
  EXPECT_EQ(text_at(json, "issue.id"), "7");
  EXPECT_EQ(text_at(json, "issue.text"), "7");
  EXPECT_EQ(text_at(json, "issue.empty"), "");
  EXPECT_EQ(text_at(json, "issue.minus"), "-8");
  EXPECT_EQ(text_at(json, "issue.half"), "7.5");
  EXPECT_EQ(text_at(json, "unsigned"), "18446744073709551615");
}

TEST_F(Members, WhatIsNoTextIsNothing) {
  for (const char* path :
       {"issue", "issue.none", "issue.list", "issue.yes", "issue.no", "missing", "beyond"}) {
    EXPECT_EQ(text_at(json, path), std::nullopt) << path;
    EXPECT_EQ(text_or(json, path, "else"), "else") << path;
  }
  EXPECT_EQ(text_or(json, "issue.empty", "else"), "");
}

TEST_F(Members, IntegersAreReadOnlyWhereTheyFit) {
  EXPECT_EQ(integer_at(json, "issue.id"), 7);
  EXPECT_EQ(integer_at(json, "issue.text"), 7);
  EXPECT_EQ(integer_at(json, "issue.minus"), -8);
  EXPECT_EQ(integer_at(json, "largest"), INT64_MAX);
  EXPECT_EQ(integer_at(json, "smallest"), INT64_MIN);
  for (const char* path : {"unsigned", "beyond", "issue.half", "issue.float", "issue.empty",
                           "issue.none", "issue.yes", "issue.list", "issue.status.name", "missing"})
    EXPECT_EQ(integer_at(json, path), std::nullopt) << path;
}

TEST_F(Members, OnlyTrueIsTrue) {
  EXPECT_TRUE(flag_at(json, "issue.yes"));
  for (const char* path : {"issue.no", "issue.yes_in_text", "issue.id", "issue.none", "missing"})
    EXPECT_FALSE(flag_at(json, path)) << path;
}

}  // namespace
}  // namespace saksbro::codec
