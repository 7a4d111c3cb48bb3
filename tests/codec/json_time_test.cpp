#include <gtest/gtest.h>

#include "bridge/codec/json.h"
#include "tests/codec/growth.h"
#include "tests/codec/json_shapes.h"

namespace saksbro::codec {
namespace {

class ParseJsonTime : public testing::TestWithParam<JsonShape> {};

TEST_P(ParseJsonTime, GrowsWithTheLength) {
  testing_growth::expect_linear(
      [](std::size_t pieces) {
        const std::string body = body_of(GetParam(), pieces);
        return testing_growth::seconds_of([&] { (void)parse_json(body, "desk: webhook"); });
      },
      3'000);
}

INSTANTIATE_TEST_SUITE_P(Shapes, ParseJsonTime, testing::ValuesIn(kJsonShapes),
                         [](const auto& shape) { return shape.param.name; });

TEST(ParseJsonValues, AsManyAsRealAnswersHaveAreRead) {
  const JsonShape list{"", "[0", ",0", "]"};
  EXPECT_TRUE(parse_json(body_of(list, kJsonValuesMost - 2), "desk: webhook"));
}

TEST(ParseJsonValues, MoreThanTheServiceHasMemoryForAreRefused) {
  const std::string error = "desk: webhook: JSON has more than 500000 values";
  for (const JsonShape& shape : {JsonShape{"", "[0", ",0", "]"}, JsonShape{"", "[0", ",{}", "]"},
                                 JsonShape{"", "{\"\":0", ",\"N\":0", "}"}}) {
    const auto parsed = parse_json(body_of(shape, kJsonValuesMost), "desk: webhook");
    ASSERT_FALSE(parsed) << shape.piece;
    EXPECT_EQ(parsed.error().text(), error);
  }
}

TEST(ParseJsonMembers, TheLastOfOneNameCounts) {
  const auto parsed = parse_json(R"({"a":{"b":1},"c":2,"a":[3]})", "desk: webhook");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(write_json(*parsed), R"({"a":[3],"c":2})");
}

}  // namespace
}  // namespace saksbro::codec
