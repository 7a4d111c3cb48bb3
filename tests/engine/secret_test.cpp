// A secret that somebody prints by accident shows nothing.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "bridge/run/web/secret_format.h"

namespace saksbro::run {
namespace {

const Secret kSecret("hush-hush");

TEST(Secret, IsStarsInAStream) {
  std::ostringstream out;
  out << kSecret << Secret();
  EXPECT_EQ(out.str(), "******");
}

TEST(Secret, IsStarsInAFormattedText) {
  EXPECT_EQ(fmt::format("token {}, {:>5}", kSecret, kSecret), "token ***,   ***");
}

TEST(Secret, IsStarsInJson) {
  EXPECT_EQ(nlohmann::json({{"token", kSecret}}).dump(), R"({"token":"***"})");
  EXPECT_EQ(nlohmann::json(std::vector<Secret>{kSecret}).dump(), R"(["***"])");
}

TEST(Secret, IsStarsWhereATestPrintsIt) { EXPECT_EQ(testing::PrintToString(kSecret), "***"); }

}  // namespace
}  // namespace saksbro::run
