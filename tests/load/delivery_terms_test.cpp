#include "bridge/load/delivery_terms.h"

#include <gtest/gtest.h>

#include "bridge/load/yaml_file.h"

namespace saksbro::load {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

core::DeliveryPolicy read(const std::string& yaml) {
  Errors errors;
  const auto tree = parse_yaml("saksbro.yaml", yaml, errors);
  SettingsReader reader(*tree);
  core::DeliveryPolicy delivery = read_delivery(reader, errors);
  for (const Error& error : errors) ADD_FAILURE() << error.text();
  for (const Error& error : reader.finish()) ADD_FAILURE() << error.text();
  return delivery;
}

TEST(DeliveryTerms, AreReadFromTheSystemsOwnMap) {
  const core::DeliveryPolicy found = read(
      "limits: { calls: 10/s, searches: 30/min, reads: 5/s, writes: 1000/h, per_ticket: 20/min, "
      "at_once: 3 }\n"
      "doubt: [15s, 1m, 3m, 10m]\n");
  EXPECT_EQ(found.limits.calls, (core::Rate{10, seconds{1}}));
  EXPECT_EQ(found.limits.searches, (core::Rate{30, minutes{1}}));
  EXPECT_EQ(found.limits.reads, (core::Rate{5, seconds{1}}));
  EXPECT_EQ(found.limits.writes, (core::Rate{1000, hours{1}}));
  EXPECT_EQ(found.limits.per_ticket, (core::Rate{20, minutes{1}}));
  EXPECT_EQ(found.limits.at_once, 3);
  EXPECT_EQ(found.doubt, (std::vector<std::chrono::milliseconds>{seconds{15}, minutes{1},
                                                                 minutes{3}, minutes{10}}));
}

TEST(DeliveryTerms, LimitNothingWhereNothingIsSaid) {
  EXPECT_EQ(read("limits: { calls: 10/s }\n").limits.writes, std::nullopt);
  EXPECT_EQ(read("doubt: [5s]\n").limits, core::Limits{});
}

TEST(DeliveryTerms, KnowWhatIsNoRate) {
  for (const char* text :
       {"", "10", "/s", "10/", "0/s", "-1/s", "1.5/s", "10/sec", "10/day", "10 /s", "1000001/s"})
    EXPECT_EQ(parse_rate(text), std::nullopt) << text;
}

}  // namespace
}  // namespace saksbro::load
