#include "bridge/core/text/media_type.h"

#include <gtest/gtest.h>

namespace saksbro::core {
namespace {

struct TypeRow {
  const char* declared;
  const char* seen;
  bool may;
};

TEST(MediaType, OfAFileIsWhatItsBytesMayBe) {
  for (const TypeRow& row : {TypeRow{"image/png", "image/png", true},
                             {"image/jpg", "image/jpeg", true},
                             {"application/x-pdf", "application/pdf", true},
                             {"application/xml", "text/xml", true},
                             {"image/png", "", true},
                             {"text/csv", "text/plain", true},
                             {"application/json", "text/plain", true},
                             {"application/x-yaml", "text/plain", true},
                             {"image/svg+xml", "text/xml", true},
                             {"text/plain", "inode/x-empty", true},
                             {"application/vnd.openxmlformats-officedocument.wordprocessingml."
                              "document",
                              "application/zip", true},
                             {"application/msword", "application/cdfv2", true},
                             {"application/vnd.ms-excel", "application/vnd.ms-office", true},
                             {"application/x-own", "application/octet-stream", true},
                             {"image/png", "image/gif", false},
                             {"image/png", "text/plain", false},
                             {"image/png", "application/octet-stream", false},
                             {"application/pdf", "application/octet-stream", false},
                             {"application/pdf", "application/zip", false},
                             {"text/plain", "text/html", false},
                             {"text/plain", "application/zip", false},
                             {"application/pdf", "text/html", false}})
    EXPECT_EQ(may_be_type(row.declared, row.seen), row.may)
        << row.declared << " with the bytes of " << row.seen;
}

TEST(MediaType, IsComparedWithoutItsParametersAndInLowerCase) {
  EXPECT_EQ(bare_media_type(" Text/Plain; charset=utf-8"), "text/plain");
  EXPECT_TRUE(says_no_type(bare_media_type("")));
  EXPECT_TRUE(says_no_type(bare_media_type("application/OCTET-stream")));
  EXPECT_FALSE(says_no_type("image/png"));
}

}  // namespace
}  // namespace saksbro::core
