#include "bridge/core/text/fingerprint.h"

#include <gtest/gtest.h>

namespace saksbro::core {
namespace {

// The values are those of the FNV-1a reference (offset basis for "", and "foobar"): a store that an
// older version wrote is understood by a newer one.
TEST(Fingerprint, OfATextIsTheSameInEveryVersion) {
  EXPECT_EQ(fingerprint(""), "fp:cbf29ce484222325.0");
  EXPECT_EQ(fingerprint("foobar"), "fp:85944171f73967e8.6");
}

TEST(Fingerprint, OfAnotherTextIsAnother) {
  EXPECT_NE(fingerprint("Status: NY"), fingerprint("Status: nY"));
  EXPECT_NE(fingerprint("Ø"), fingerprint("ø"));
}

}  // namespace
}  // namespace saksbro::core
