// How text is read into words, and compounds into parts.
#include "bridge/search/norwegian.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saksbro::store {
namespace {

using testing::ElementsAreArray;

std::vector<std::string> plain(std::string_view text) {
  const search::NorwegianReader reader;
  std::vector<std::string> words;
  for (const search::Word& word : reader.words_in(text)) words.push_back(word.plain);
  return words;
}

struct Read {
  const char* name;
  std::string text;
  std::vector<std::string> words;
};

class WordsOfText : public testing::TestWithParam<Read> {};

TEST_P(WordsOfText, GivesTheWords) {
  EXPECT_THAT(plain(GetParam().text), ElementsAreArray(GetParam().words));
}

INSTANTIATE_TEST_SUITE_P(
    Norwegian, WordsOfText,
    testing::Values(
        Read{"LowerCaseAlsoOfTheNorwegianLetters",
             "FAKTURA Ærlig ØSTRE Ås",
             {"faktura", "ærlig", "østre", "ås"}},
        Read{"TheNorwegianLettersAreLettersOfTheirOwn",
             "får far bønn bonn",
             {"far", "bønn", "bonn"}},
        Read{"OtherAccentsAreLeftOut", "idé kafé Muñoz", {"ide", "kafe", "munoz"}},
        Read{"SwedishLettersAreReadAsOurs", "Källa söker", {"kælla", "søker"}},
        Read{"SamiLettersAreReadAsPeopleTypeThem", "Čállin Đŋ", {"callin", "dn"}},
        Read{"ARingOrDotsBehindTheirLetterMakeIt",
             "a\xCC\x8Apen to\xCC\x88vel e\xCC\x81n2",
             {"åpen", "tøvel", "en2"}},
        Read{"StopWordsSayNothing",
             "hei og takk for hjelpen med denne fakturaen",
             {"hjelpen", "fakturaen"}},
        Read{"OneLetterBeforeAHyphenBelongsToTheWord",
             "e-post A-melding Agresso-faktura",
             {"epost", "amelding", "agresso", "faktura"}},
        Read{"ASoftHyphenIsNotThere", "god\xC2\xADkjenning", {"godkjenning"}},
        Read{"NumbersAndCodesAreWords",
             "ORA-01017 på konto 7790",
             {"ora", "01017", "konto", "7790"}},
        Read{"SignsPartWords",
             "lønn/skatt (mva) «faktura»…ordre_17",
             {"lønn", "skatt", "mva", "faktura", "ordre", "17"}},
        Read{"WhatIsNoUtf8PartsWords",
             "lønn\xFF"
             "skatt\xC3",
             {"lønn", "skatt"}},
        Read{"OtherAlphabetsAreKeptAsTheyAre", "ПАРОЛЬ Λόγος", {"пароль", "λόγος"}},
        Read{"PicturesAreNoWords", "faktura 😀", {"faktura"}},
        Read{"AKeyOfFiftyLettersIsNoWord", std::string(50, 'x') + " faktura", {"faktura"}},
        Read{"NothingIsInNothing", "", {}}),
    [](const auto& row) { return row.param.name; });

TEST(Norwegian, SaysWhereAWordStands) {
  const std::string text = "på Ærlig lønn.";
  const search::NorwegianReader reader;
  for (const search::Word& word : reader.words_in(text)) {
    const std::string there = text.substr(word.begin, word.end - word.begin);
    EXPECT_EQ(there, word.plain == "lønn" ? "lønn" : "Ærlig");
  }
}

// Words that people use for one thing have one stem.
class Stems : public testing::TestWithParam<const char*> {};

TEST_P(Stems, AreTheSameForWordsOfOneKind) {
  const search::NorwegianReader reader;
  const auto words = reader.words_in(GetParam());
  ASSERT_GE(words.size(), 2U);
  for (const search::Word& word : words) EXPECT_EQ(word.stem, words.front().stem) << word.plain;
}

INSTANTIATE_TEST_SUITE_P(Norwegian, Stems,
                         testing::Values("faktura fakturaen fakturaer fakturaene",
                                         "lønn lønnen lønnens", "bilag bilaget bilagene",
                                         "attestasjon attestere attesterer attestert attestering",
                                         "kontering konteringer kontere kontert",
                                         "godkjenning godkjenne godkjent godkjenner",
                                         "utbetaling utbetale utbetalt utbetalinger",
                                         "skriver skriveren skriverne",
                                         "sikkerhetskopi sikkerhetskopiering"));

TEST(English, WordsOfOneKindHaveOneEnglishStem) {
  const search::NorwegianReader reader;
  for (const char* text : {"approval approve approved approving", "printer printers",
                           "connection connected connecting", "invoice invoices invoiced"}) {
    const auto words = reader.words_in(text);
    ASSERT_GE(words.size(), 2U);
    for (const search::Word& word : words)
      EXPECT_EQ(word.english, words.front().english) << word.plain;
  }
}

class Apart : public testing::TestWithParam<const char*> {};

TEST_P(Apart, HaveStemsOfTheirOwn) {
  const search::NorwegianReader reader;
  const auto words = reader.words_in(GetParam());
  ASSERT_EQ(words.size(), 2U);
  EXPECT_NE(words[0].stem, words[1].stem);
}

INSTANTIATE_TEST_SUITE_P(Norwegian, Apart,
                         testing::Values("konto kontering", "lån lønn", "ting tall", "sak søk",
                                         "stasjon stas", "post påstand"));

TEST(Norwegian, TurnsLettersNotBytes) {
  EXPECT_EQ(search::backwards("lønn"), "nnøl");
  EXPECT_EQ(search::backwards("åæ"), "æå");
  EXPECT_EQ(search::backwards(""), "");
  EXPECT_EQ(search::letters_in("lønn"), 4U);
}

}  // namespace
}  // namespace saksbro::store
