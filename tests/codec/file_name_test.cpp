#include "bridge/codec/file_name.h"

#include <gtest/gtest.h>

namespace saksbro::codec {
namespace {

struct Row {
  const char* given;
  const char* shown;
};

TEST(FileName, IsNeverAPathAndHidesNothing) {
  const Row rows[] = {
      {"rapport.pdf", "rapport.pdf"},
      {"Årsrapport (endelig) 2026.pdf", "Årsrapport (endelig) 2026.pdf"},
      {"../../etc/passwd", "passwd"},
      {"/etc/shadow", "shadow"},
      {"..\\..\\windows\\system32\\cmd.exe", "cmd.exe"},
      {"C:\\x\\y.txt", "y.txt"},
      {"\\\\server\\share\\z.doc", "z.doc"},
      {"a/b\\c/d", "d"},
      {"..", "?"},
      {".", "?"},
      {"", "?"},
      {"/", "?"},
      {"...", "?"},
      {" . ", "?"},
      {".htaccess", "htaccess"},
      {"...ssh", "ssh"},
      {"file.", "file"},
      {"file. . ", "file"},
      {" led.pdf ", "led.pdf"},
      {"x\u202egnp.exe", "xgnp.exe"},
      {"a\u2066b\u2069c", "abc"},
      {"a\u200bb", "ab"},
      {"\ufefffil.txt", "fil.txt"},
      {"fil\r\nContent-Type: x", "filContent-Type: x"},
      {"fil\nto", "filto"},
      {"a\tb", "ab"},
      {"a\x1b[31mb", "a[31mb"},
      {"a\x7f"
       "b",
       "ab"},
      {"caf\xe9.txt", "caf.txt"},
      {"\xff\xfe", "?"},
      {"con", "con"},
      {"%2e%2e%2fpasswd", "%2e%2e%2fpasswd"},
      {"a:b", "a:b"},
      {"<script>.html", "<script>.html"},
      {"\u2028", "?"},
      {"🇳🇴.png", "🇳🇴.png"},
  };
  for (const Row& row : rows) EXPECT_EQ(shown_file_name(row.given), row.shown) << row.given;
  EXPECT_EQ(shown_file_name(std::string("a\0b", 3)), "ab");
}

TEST(FileName, IsCutAt200BytesBetweenCharacters) {
  EXPECT_EQ(shown_file_name(std::string(200, 'x')), std::string(200, 'x'));
  EXPECT_EQ(shown_file_name(std::string(300, 'x')), std::string(197, 'x') + "…");
  EXPECT_EQ(shown_file_name(std::string(196, 'x') + "øøøø"), std::string(196, 'x') + "…");
}

}  // namespace
}  // namespace saksbro::codec
