#include "bridge/core/text/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/core/model/retry.h"

namespace saksbro::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::optional<std::string> value(std::string_view name) {
  if (name == "a") return "{b}";
  if (name == "b") return "B";
  return std::nullopt;
}

TEST(Fill, ReplacesNamesOnceAndNeverLooksIntoValues) {
  EXPECT_EQ(fill("x{a}y{b}{c}z", value), "x{b}yBz");
  EXPECT_EQ(fill("open {a", value), "open {a");
  EXPECT_EQ(fill("}{", value), "}{");
  EXPECT_EQ(fill("", value), "");
}

TEST(Fill, PlaceholdersAreNamedInOrder) {
  EXPECT_THAT(placeholders("{b} and {a} and {b}"), ElementsAre("b", "a", "b"));
}

TEST(FillLines, LeaveOutALineAllOfWhoseNamesAreNothing) {
  EXPECT_EQ(fill_lines("Nå: {b}\nFør: {c}", value), "Nå: B");
  EXPECT_EQ(fill_lines("{b} og {c}", value), "B og") << "one of them is something";
  EXPECT_EQ(fill_lines("x\n\n{c}\n\ny", value), "x\n\ny") << "and no gap stays";
  EXPECT_EQ(fill_lines("{c}\n\nx", value), "x");
  EXPECT_EQ(fill_lines("x\n\n\ny\n", value), "x\n\n\ny\n") << "what names nothing stays";
  EXPECT_EQ(fill_lines("", value), "");
}

TEST(AboveCommands, AreTheWritersOwnLines) {
  EXPECT_EQ(above_commands("Vi fant det.\n> /sak løst\nI natt.\n/sak løst Rettet.\nHilsen Ola"),
            "Vi fant det.\nI natt.");
  EXPECT_EQ(above_commands("/sak løst Rettet."), "");
}

std::vector<std::pair<std::string, std::string>> commands(std::string_view comment) {
  std::vector<std::pair<std::string, std::string>> found;
  for (const WrittenCommand& one : written_commands(comment))
    found.emplace_back(one.words, one.more);
  return found;
}

using Pair = std::pair<std::string, std::string>;

TEST(WrittenCommands, AreLinesThatBeginWithOurName) {
  EXPECT_THAT(commands("/sak info ja\r\nmer\r\n"), ElementsAre(Pair("info ja", "mer")));
  EXPECT_THAT(commands("  /SAK Ta \n/case close"), ElementsAre(Pair("Ta", ""), Pair("close", "")));
  EXPECT_THAT(commands("/sak"), ElementsAre(Pair("", "")));
}

TEST(WrittenCommands, AreNotWordsThatOnlyLookLikeIt) {
  EXPECT_THAT(commands("/saksbehandler ta"), IsEmpty());
  EXPECT_THAT(commands("skriv /sak ta"), IsEmpty());
  EXPECT_THAT(commands("> /sak ta"), IsEmpty());
  EXPECT_THAT(commands("Hei\n--\n/sak ta"), IsEmpty());
  EXPECT_THAT(commands("Hei\n-----Opprinnelig melding-----\n/sak ta"), IsEmpty());
}

TEST(WrittenCommands, AreNotReadFromWhatAMailQuotesBelow) {
  EXPECT_THAT(commands("Takk!\nDen 24. nov. 2026 kl. 09.30 skrev Kari:\n/sak ta"), IsEmpty());
  EXPECT_THAT(commands("Thanks!\nOn 24 Nov 2026, Kari wrote:\n/case take"), IsEmpty());
  EXPECT_THAT(commands("Takk!\nFra: Kari\nSendt: 24. november 2026\n/sak ta"), IsEmpty());
  EXPECT_THAT(commands("Thanks!\nFrom: Kari\r\nDate: 24 Nov 2026\n/case take"), IsEmpty());
  EXPECT_THAT(commands("Fra: i går\n/sak ta"), ElementsAre(Pair("ta", "")));
  EXPECT_THAT(commands("Den kan godt tas:\n/sak ta"), ElementsAre(Pair("ta", "")));
}

TEST(WrittenCommands, AreReadBelowAndBetweenQuotations) {
  EXPECT_THAT(commands("On Sun Nov 29 21:04:32 2026, bro wrote:\n> /sak ta\n\n/sak løst Disken."),
              ElementsAre(Pair("løst Disken.", "")));
  EXPECT_THAT(commands("/sak løst A\n> /sak ta\nB"), ElementsAre(Pair("løst A", "B")));
  EXPECT_THAT(commands("Thanks!\nOn Sun, Acme wrote:\n/case take"), IsEmpty());
}

TEST(WrittenCommands, AreNotReadFromCodeWhichStaysWithTheWords) {
  EXPECT_THAT(commands("```\n/sak ta\n```"), IsEmpty());
  EXPECT_THAT(commands("/sak løst Slik:\n```\n/sak ta\n```\n/sak lukk"),
              ElementsAre(Pair("løst Slik:", "```\n/sak ta\n```"), Pair("lukk", "")));
}

TEST(WrittenCommands, AreReadWhicheverBlanksAWritingProgramPuts) {
  EXPECT_THAT(commands("\u00A0/sak\u00A0info\u202Fja"), ElementsAre(Pair("info ja", "")));
  EXPECT_THAT(commands("\uFEFF/sak\u200B ta\u2060"), ElementsAre(Pair("ta", "")));
}

TEST(AfterPhrase, MatchesWholeWordsWhateverTheirCase) {
  EXPECT_EQ(after_phrase("Info JA: takk", "info ja"), "takk");
  EXPECT_EQ(after_phrase("LØST", "løst"), "");
  EXPECT_EQ(after_phrase("info jaha", "info ja"), std::nullopt);
  EXPECT_EQ(after_phrase("info", "info ja"), std::nullopt);
}

TEST(Lower, KnowsTheNorwegianLetters) { EXPECT_EQ(lower("ÆØÅ ÄÖÉ × abC"), "æøå äöé × abc"); }

constexpr Instant kNoon{std::chrono::hours{12}};

Instant again(int attempts, double chance, std::optional<Instant> not_before = {}) {
  const auto next =
      after_failure({}, {attempts, kNoon, RetryLater{"busy", not_before}}, kNoon, chance);
  return std::get<RetryAt>(next).at;
}

TEST(Retry, WaitsLongerEachTimeAndAtMostFourHours) {
  EXPECT_EQ(again(1, 0.5) - kNoon, std::chrono::seconds{5});
  EXPECT_EQ(again(2, 0.5) - kNoon, std::chrono::seconds{30});
  EXPECT_EQ(again(8, 0.5) - kNoon, std::chrono::hours{4});
  EXPECT_EQ(again(1000, 0.5) - kNoon, std::chrono::hours{4});
}

TEST(Retry, IsSpreadByAFifthEitherWay) {
  EXPECT_EQ(again(1, 0.0) - kNoon, std::chrono::seconds{4});
  EXPECT_LE(again(1, 0.999) - kNoon, std::chrono::seconds{6});
}

TEST(Retry, NeverUndercutsWhatTheSystemAskedFor) {
  EXPECT_EQ(again(1, 0.5, kNoon + std::chrono::hours{1}), kNoon + std::chrono::hours{1});
  EXPECT_EQ(again(1, 0.5, kNoon - std::chrono::hours{1}), kNoon + std::chrono::seconds{5});
}

TEST(Retry, EndsAfterAWeek) {
  const auto next =
      after_failure({}, {50, kNoon, RetryLater{"busy"}}, kNoon + std::chrono::hours{24 * 7}, 0.5);
  EXPECT_EQ(in_english(std::get<GiveUp>(next).why), "no success in 7 days; the last reason: busy");
}

}  // namespace
}  // namespace saksbro::core
