// Help, what is wrong with a command line, and what was done, whole and in both languages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "tests/cli/one_case.h"

namespace saksbro::cli {
namespace {

using testing::HasSubstr;

const std::vector<std::vector<std::string>> kVerbs{{},
                                                   {"serve"},
                                                   {"check"},
                                                   {"cases"},
                                                   {"cases", "list"},
                                                   {"cases", "show"},
                                                   {"compare"},
                                                   {"explain"},
                                                   {"outbox"},
                                                   {"process"},
                                                   {"process", "show"},
                                                   {"redrive"},
                                                   {"export"},
                                                   {"version"},
                                                   {"version", "list"},
                                                   {"version", "announce"},
                                                   {"deviations"},
                                                   {"report"},
                                                   {"solutions"},
                                                   {"token"},
                                                   {"token", "create"},
                                                   {"backup"},
                                                   {"restore"},
                                                   {"status"}};

class CliHelp : public OneCase {
 protected:
  [[nodiscard]] Said all_help(const std::string& language) const {
    Said all;
    for (std::vector<std::string> words : kVerbs) {
      words.insert(words.end(), {"--help", "--lang", language});
      const Said said = say(words);
      EXPECT_EQ(said.code, 0);
      EXPECT_EQ(said.err, "");
      all.out += said.out;
    }
    return all;
  }
};

TEST_F(CliHelp, HelpOfEachVerbInNorwegian) { expect_told(all_help("nb")); }

TEST_F(CliHelp, HelpOfEachVerbInEnglish) { expect_told(all_help("en")); }

TEST_F(CliHelp, HelpIsInTheLanguageOfTheConfigurationWhereNoneIsAskedFor) {
  EXPECT_EQ(say({"--help"}).out, say({"--help", "--lang", "en"}).out);
}

TEST_F(CliHelp, ACommandLineThatIsWrongIsToldInEitherLanguage) {
  using Words = std::vector<std::string>;
  const std::vector<std::pair<Words, std::pair<const char*, const char*>>> rows{
      {{"cases", "--opne"},
       {"Ukjent argument: --opne", "The following argument was not expected: --opne"}},
      {{"cases", "a", "b"},
       {"Ukjente argumenter: b a", "The following arguments were not expected: b a"}},
      {{"explain"}, {"number må oppgis", "number is required"}},
      {{"outbox", "--lang", "fr"},
       {"--lang: «fr» er ingen av: nb,en", "--lang: fr not in {nb,en}"}},
      {{"solutions", "x", "--most", "0"},
       {"--most: verdien 0 er ikke mellom 1 og 100", "--most: Value 0 not in range 1 to 100"}},
      {{"solutions", "x", "--most", "ti"},
       {"--most: verdien ti er ikke mellom 1 og 100", "--most: Value ti not in range 1 to 100"}},
      {{"report", "--month", "mai"},
       {"--month: ventet en måned, slik: 2026-11", "--month: expected a month like 2026-11"}},
      {{"report", "--csv", "--json"},
       {"--json kan ikke brukes sammen med --csv", "--json excludes --csv"}},
      {{"report", "--month"},
       {"--month: verdien mangler (TEXT)", "--month: 1 required TEXT missing"}},
      {{"token", "create", "owner"},
       {"ROLE: «owner» er ingen av: viewer,operator,admin",
        "ROLE: owner not in {viewer,operator,admin}"}}};
  for (const auto& [words, texts] : rows) {
    for (const bool nb : {true, false}) {
      Words asked = words;
      asked.insert(asked.begin(), {"--lang", nb ? "nb" : "en"});
      if (words.size() > 1 && words[1] == "--lang") asked = {"--lang", "fr", "outbox"};
      const Said said = say(asked);
      EXPECT_EQ(said.code, 2);
      EXPECT_EQ(said.out, "");
      if (words.size() > 1 && words[1] == "--lang" && nb) continue;  // it asks for neither
      EXPECT_EQ(said.err,
                nb ? std::string(texts.first) + "\nKjør med --help for mer informasjon.\n"
                   : std::string(texts.second) + "\nRun with --help for more information.\n");
    }
  }
}

TEST_F(CliHelp, WhatWasDoneIsToldInNorwegian) {
  prepare();
  const std::string store = folder_.file("saksbro.db");
  const std::string copy = folder_.file("copy.db");
  const Said made = say({"backup", copy, "--lang", "nb"});
  EXPECT_EQ(made.out.substr(0, copy.size() + 4), copy + ": 0,") << made.out;
  EXPECT_THAT(made.out, HasSubstr(" MB, kontrollert og skrevet til disk.\n"));
  const std::string next =
      "Neste `saksbro serve` leser alle systemer før den skriver noe: `saksbro status`\nviser hvor "
      "langt den er kommet.\n";
  EXPECT_EQ(say({"restore", "--in-place", "--lang", "nb"}).out,
            store + " behandles som gjenopprettet.\n" + next);
  const Said restored = say({"restore", copy, "--lang", "nb"});
  EXPECT_THAT(restored.out, HasSubstr(store + " har nå sikkerhetskopien fra 20"));
  EXPECT_THAT(restored.out, HasSubstr("\nDet forrige lageret er tatt vare på som " + store +
                                      ".before-restore-20"));
  EXPECT_THAT(restored.out, testing::EndsWith(next));
  const std::string token = say({"token", "create", "viewer", "--lang", "nb"}).out;
  EXPECT_THAT(token, HasSubstr("\n\nTokenet vises én gang og lagres ikke. I konfigurasjonen, under "
                               "listen.operations:\n\n    tokens:\n      NAVN: { role: viewer, "
                               "sha256: "));
  EXPECT_THAT(token, HasSubstr(", expires: ÅÅÅÅ-MM-DD }\n"));
}

TEST_F(CliHelp, CheckOfARightConfigurationInNorwegian) {
  expect_told(say({"check", "--lang", "nb"}));
}

}  // namespace
}  // namespace saksbro::cli
