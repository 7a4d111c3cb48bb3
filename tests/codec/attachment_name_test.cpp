// Sixty nasty names (docs/libraries.md 7): none is a path, hides what it is, or cannot be saved.
#include "bridge/codec/attachment_name.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "bridge/codec/utf8.h"

namespace saksbro::codec {
namespace {

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

using Row = std::pair<std::string, std::string>;

const std::vector<Row>& rows() {
  static const std::vector<Row> kRows{
      // Paths
      {"../../etc/passwd", "passwd"},
      {"/etc/shadow", "shadow"},
      {"..\\..\\Windows\\System32\\cmd.exe", "cmd.exe"},
      {"C:\\Users\\kari\\faktura.pdf", "faktura.pdf"},
      {"C:faktura.pdf", "C_faktura.pdf"},
      {"\\\\server\\share\\faktura.pdf", "faktura.pdf"},
      {"//server/share/faktura.pdf", "faktura.pdf"},
      {"file:///etc/passwd", "passwd"},
      {"faktura.pdf/", "vedlegg"},
      {"faktura/..", "vedlegg"},
      {"a/b\\c/d.txt", "d.txt"},
      {"%2e%2e%2fetc%2fpasswd", "%2e%2e%2fetc%2fpasswd"},
      // Nothing left
      {"", "vedlegg"},
      {".", "vedlegg"},
      {"..", "vedlegg"},
      {"...", "vedlegg"},
      {" ", "vedlegg"},
      {"/", "vedlegg"},
      {"\\", "vedlegg"},
      {"\xE2\x80\xAE", "vedlegg"},
      {std::string("\0", 1), "vedlegg"},
      // Hidden files, and endings that Windows drops
      {".bashrc", "bashrc"},
      {".htaccess", "htaccess"},
      {"...skjult.txt", "skjult.txt"},
      {" faktura.pdf ", "faktura.pdf"},
      {"faktura.exe.", "faktura.exe"},
      {"faktura.exe . .", "faktura.exe"},
      // What hides the rest
      {std::string("faktura.pdf\0.exe", 16), "faktura.pdf"},
      {"faktura\xE2\x80\xAE"
       "fdp.exe",
       "fakturafdp.exe"},
      {"\xE2\x81\xA6"
       "faktura.pdf\xE2\x81\xA9",
       "faktura.pdf"},
      {"fak\xE2\x80\x8Btura.pdf", "faktura.pdf"},
      {"fak\xE2\x80\x8Dtura.pdf", "faktura.pdf"},
      {"\xEF\xBB\xBF"
       "faktura.pdf",
       "faktura.pdf"},
      {"fak\xC2\xADtura.pdf", "faktura.pdf"},
      {"faktura\xE2\x80\xA8.pdf", "faktura.pdf"},
      {"faktura\xE2\x80\xA9.pdf", "faktura.pdf"},
      {"faktura\xEE\x80\x80.pdf", "faktura.pdf"},
      {"faktura.pdf\xC2\xA0\xC2\xA0\xC2\xA0.exe", "faktura.pdf   .exe"},
      // Control characters, headers and terminals
      {"fak\r\nSet-Cookie_ a=b.pdf", "fakSet-Cookie_ a=b.pdf"},
      {"fak\ttura.pdf", "faktura.pdf"},
      {"\x1B[31mfaktura.pdf", "[31mfaktura.pdf"},
      {"faktura\x7F.pdf", "faktura.pdf"},
      {"faktura\xC2\x9B.pdf", "faktura.pdf"},
      {"faktura\".pdf", "faktura_.pdf"},
      {"faktura.pdf; filename=x.exe", "faktura.pdf; filename=x.exe"},
      {"<script>alert(1)<.html", "_script_alert(1)_.html"},
      {"hva?*.txt", "hva__.txt"},
      {"a|b.txt", "a_b.txt"},
      {"faktura.txt:strøm", "faktura.txt_strøm"},
      // Devices of Windows
      {"CON", "_CON"},
      {"nul.txt", "_nul.txt"},
      {"COM1.pdf", "_COM1.pdf"},
      {"lpt9", "_lpt9"},
      {"aux .txt", "_aux .txt"},
      {"CONTRACT.pdf", "CONTRACT.pdf"},
      // Letters
      {"bl\xE5"
       "b\xE6r.txt",
       "blåbær.txt"},
      {"bla\xCC\x8A.txt", "blå.txt"},
      {"Årsrapport – «æøå» 😀.pdf", "Årsrapport – «æøå» 😀.pdf"},
      {"\xED\xA0\x80.txt", "í .txt"},
      // Lengths
      {repeated("a", 300) + ".pdf", repeated("a", 196) + ".pdf"},
      {repeated("å", 150) + ".pdf", repeated("å", 98) + ".pdf"},
      {repeated("😀", 60), repeated("😀", 50)},
      {"a." + repeated("b", 300), "a." + repeated("b", 198)},
  };
  return kRows;
}

TEST(AttachmentName, IsAPlainNameWhateverWasGiven) {
  EXPECT_GE(rows().size(), 60U);
  for (const auto& [given, shown] : rows()) EXPECT_EQ(attachment_name(given), shown) << given;
}

TEST(AttachmentName, OfANameIsThatName) {
  for (const auto& [given, shown] : rows()) EXPECT_EQ(attachment_name(shown), shown) << given;
}

TEST(AttachmentName, FitsAndIsUtf8WhereverItIsCut) {
  for (int length = 180; length < 230; ++length) {
    for (const char* letter : {"a", "å", "中", "😀"}) {
      const std::string name = attachment_name("x" + repeated(letter, length) + ".txt");
      EXPECT_LE(name.size(), kAttachmentNameBytes);
      EXPECT_EQ(first_invalid_utf8(name), std::nullopt);
      EXPECT_TRUE(name.ends_with(".txt"));
    }
  }
}

TEST(AttachmentName, OfAFileWithoutOneIsThatOfItsType) {
  EXPECT_EQ(attachment_name("", "image/png"), "vedlegg.png");
  EXPECT_EQ(attachment_name("..", "application/pdf"), "vedlegg.pdf");
  EXPECT_EQ(attachment_name("", "text/calendar"), "kalender.ics");
  EXPECT_EQ(attachment_name("", "message/rfc822"), "message.eml");
  EXPECT_EQ(attachment_name("", "application/x-unknown"), "vedlegg");
  EXPECT_EQ(attachment_name("a.png", "image/jpeg"), "a.png");
}

}  // namespace
}  // namespace saksbro::codec
