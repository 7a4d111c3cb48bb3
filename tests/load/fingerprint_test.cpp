#include "bridge/load/fingerprint.h"

#include <gtest/gtest.h>

#include "bridge/load/yaml_file.h"

namespace saksbro::load {
namespace {

std::int64_t print_of(const std::string& yaml, std::int64_t before = 0) {
  Errors errors;
  const auto tree = parse_yaml("one.yaml", yaml, errors);
  EXPECT_TRUE(errors.empty());
  return fingerprint(*tree, before);
}

std::int64_t with_secret(const char* secret) {
  Setting map{"one.yaml:1:1", "", Setting::Map{}};
  std::get<Setting::Map>(map.value).push_back({"key", {"", "key", Secret(secret)}});
  return fingerprint(map);
}

TEST(Fingerprint, IsTheSameForTheSameSettingsWhereverTheyStand) {
  EXPECT_EQ(print_of("a: 1\nb: [x, y]\n"), print_of("# a word\n\na: '1'\nb:\n  - x\n  - y\n"));
}

TEST(Fingerprint, ChangesWithEachValueKeyAndShape) {
  const auto one = print_of("a: 1\nb: [x, y]\n");
  for (const char* other : {"a: 2\nb: [x, y]\n", "c: 1\nb: [x, y]\n", "a: 1\nb: [x, y, z]\n",
                            "a: 1\nb: [xy]\n", "a: 1\n"})
    EXPECT_NE(one, print_of(other)) << other;
  EXPECT_NE(print_of("a: 1\n", 5), print_of("a: 1\n", 6));
}

TEST(Fingerprint, SeesThatASecretWasRenewed) {
  EXPECT_EQ(with_secret("one"), with_secret("one"));
  EXPECT_NE(with_secret("one"), with_secret("two"));
}

// Whoever has the number can not tell many secrets apart by it.
TEST(Fingerprint, KeepsNoMoreThanSixteenBitsOfASecret) {
  std::set<std::int64_t> seen;
  for (int i = 0; i < 200'000; ++i) seen.insert(with_secret(std::to_string(i).c_str()));
  EXPECT_LE(seen.size(), 65'536U);
}

}  // namespace
}  // namespace saksbro::load
