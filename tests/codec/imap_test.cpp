// What IMAP servers answer, and what anything else is taken for.
#include "bridge/codec/imap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "bridge/codec/rfc3339.h"

namespace saksbro::codec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ImapFetched, HasWhatTheServerTold) {
  const auto all = read_fetched(
      "* 3 FETCH (UID 5 RFC822.SIZE 1234 INTERNALDATE \"25-Nov-2026 10:05:07 +0100\")\r\n"
      "* 4 EXISTS\r\n"
      "* 4 FETCH (FLAGS (\\Seen) INTERNALDATE \" 5-Nov-2026 10:05:07 -0130\" UID 6 BODY[] {14}\r\n"
      "* 9 FETCH (UID)\r\n)\r\n"
      "* 5 FETCH (UID 7 BODY[HEADER.FIELDS (FROM SUBJECT)] \"a \\\"b\\\" \\\\\" X NIL)\r\n");
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0], (ImapFetched{5, 1234, parse_rfc3339("2026-11-25T09:05:07Z"), {}}));
  EXPECT_EQ(all[1], (ImapFetched{6, {}, parse_rfc3339("2026-11-05T11:35:07Z"), "* 9 FETCH (UID"}));
  EXPECT_EQ(all[2], (ImapFetched{7, {}, {}, "a \"b\" \\"}));
}

TEST(ImapFetched, IsPassedOverWhenItIsBroken) {
  for (const char* lines :
       {"", "* 3 FETCH", "* 3 FETCH (", "* 3 FETCH (UID", "* 3 FETCH (UID 5",
        "* 3 FETCH (UID x)\r\n", "* 3 FETCH (FLAGS ())\r\n",
        "* 3 FETCH (UID 5 BODY[] {999}\r\nabc)\r\n",
        "* 3 FETCH (UID 5 BODY[] {99999999999999999999}\r\nabc)\r\n", "* 3 FETCH (UID 5 BODY[] \"a",
        "* 3 FETCH (UID 5 FLAGS (", "3 FETCH (UID 5)\r\n"}) {
    EXPECT_THAT(read_fetched(lines), IsEmpty()) << lines;
  }
}

TEST(ImapFetched, IsReadFromAnyBytes) {
  const std::string whole =
      "* 3 FETCH (UID 5 INTERNALDATE \"25-Nov-2026 10:05:07 +0100\" BODY[] {3}\r\nabc)\r\n";
  std::mt19937 numbers(3);
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = whole + whole;
    for (int changes = 0; changes < 4; ++changes) {
      const auto at = std::uniform_int_distribution<std::size_t>(0, bytes.size() - 1)(numbers);
      bytes[at] = static_cast<char>(std::uniform_int_distribution<>(0, 255)(numbers));
    }
    EXPECT_LE(read_fetched(bytes).size(), 2U);
    static_cast<void>(read_search(bytes));
  }
}

TEST(ImapSearch, GivesItsNumbersInOrder) {
  EXPECT_THAT(read_search("* SEARCH 9 4 7 4\r\n* 1 EXISTS\r\n* SEARCH 12\r\n"),
              ElementsAre(4, 7, 9, 12));
  EXPECT_THAT(read_search("* SEARCH\r\n"), IsEmpty());
  EXPECT_THAT(read_search("* SEARCH x 99999999999 3"), ElementsAre(3));
}

TEST(ImapDate, IsTheDayByUtc) {
  EXPECT_EQ(imap_date(*parse_rfc3339("2026-11-05T23:59:59Z")), "5-Nov-2026");
}

}  // namespace
}  // namespace saksbro::codec
