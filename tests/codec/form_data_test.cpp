#include "bridge/codec/form_data.h"

#include <gtest/gtest.h>

namespace saksbro::codec {
namespace {

const BlobRef kBlob{"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", 7};

TEST(FormData, IsOneFieldWithTheFileBetweenItsTexts) {
  const FormData form = form_of_file("file", {"skjerm æøå.png", "image/png", kBlob});
  EXPECT_EQ(form.content_type,
            "multipart/form-data; boundary=saksbro-0123456789abcdef0123456789abcdef01234567");
  ASSERT_EQ(form.parts.size(), 2U);
  EXPECT_EQ(form.parts[0].text,
            "--saksbro-0123456789abcdef0123456789abcdef01234567\r\n"
            "Content-Disposition: form-data; name=\"file\"; filename=\"skjerm æøå.png\"\r\n"
            "Content-Type: image/png\r\n\r\n");
  EXPECT_EQ(form.parts[0].blob, kBlob);
  EXPECT_EQ(form.parts[0].encoding, BodyPart::Encoding::raw);
  EXPECT_EQ(form.parts[1].text, "\r\n--saksbro-0123456789abcdef0123456789abcdef01234567--\r\n");
  EXPECT_FALSE(form.parts[1].blob);
}

TEST(FormData, ANameOrATypeEndsNoHeader) {
  const FormData form = form_of_file("file", {"a\"\r\nX: y", "text/plain\r\nX: y", kBlob});
  EXPECT_NE(form.parts[0].text.find("filename=\"a%22%0D%0AX: y\"\r\n"), std::string::npos);
  EXPECT_NE(form.parts[0].text.find("Content-Type: application/octet-stream\r\n\r\n"),
            std::string::npos);
}

TEST(FormData, ATypeThatIsNoneIsBytes) {
  for (const char* type : {"", "text", "/plain", "text/", "text/plain; charset=utf-8", "a/b/c"}) {
    EXPECT_NE(form_of_file("file", {"x", type, kBlob})
                  .parts[0]
                  .text.find("Content-Type: application/octet-stream\r\n"),
              std::string::npos)
        << type;
  }
}

}  // namespace
}  // namespace saksbro::codec
