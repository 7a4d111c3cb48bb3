// The words of a closed list have titles by language: people read them, and may type any.
#include "bridge/core/model/word_titles.h"

#include <gtest/gtest.h>

namespace saksbro::core {
namespace {

const ProcessId kProcess{"P"};

Mapping with_titles() {
  Process process;
  process.id = kProcess;
  CaseValue severity;
  severity.words = {"info", "kritisk"};
  severity.word_titles = {{"info", {"info", "info"}}, {"kritisk", {"kritisk", "critical"}}};
  process.values["alvorlighet"] = severity;
  CaseValue plain;
  plain.words = {"ja", "nei"};
  process.values["svar"] = plain;
  Mapping mapping;
  mapping.processes.push_back(process);
  return mapping;
}

TEST(WordTitle, IsReadInTheReadersLanguage) {
  const Mapping mapping = with_titles();
  const Process& process = mapping.process(kProcess);
  EXPECT_EQ(title_of_word(process, "alvorlighet", "kritisk", Language::en), "critical");
  EXPECT_EQ(title_of_word(process, "alvorlighet", "kritisk", Language::nb), "kritisk");
}

TEST(WordTitle, OfAWordThatHasNoneIsTheWord) {
  const Mapping mapping = with_titles();
  const Process& process = mapping.process(kProcess);
  EXPECT_EQ(title_of_word(process, "svar", "ja", Language::en), "ja");
  EXPECT_EQ(title_of_word(process, "alvorlighet", "gul", Language::en), "gul");
  EXPECT_EQ(title_of_word(process, "title", "kritisk", Language::en), "kritisk");
}

TEST(WordTitle, OfASeverityIsThatOfTheListThatHasTheWord) {
  const Mapping mapping = with_titles();
  const Process& process = mapping.process(kProcess);
  EXPECT_EQ(title_of_word(process, "kritisk", Language::en), "critical");
  EXPECT_EQ(title_of_word(process, "ja", Language::en), "ja");
}

TEST(WordTitle, MayBeTypedInAnyLanguageAndInCapitals) {
  const Mapping mapping = with_titles();
  for (const char* typed : {"kritisk", "critical", "Critical", " KRITISK "})
    EXPECT_EQ(listed_word(mapping, kProcess, "alvorlighet", typed), "kritisk") << typed;
}

TEST(WordTitle, MayBeTypedBeforeItIsDecidedWhichProcessATicketStarts) {
  EXPECT_EQ(listed_word(with_titles(), ProcessId{}, "alvorlighet", "critical"), "kritisk");
}

TEST(WordTitle, ThatNoListHasStaysAsItWasTyped) {
  const Mapping mapping = with_titles();
  EXPECT_EQ(listed_word(mapping, kProcess, "alvorlighet", "Gul"), "Gul");
  EXPECT_EQ(listed_word(mapping, kProcess, "svar", "JA"), "JA") << "a plain list is exact";
  EXPECT_EQ(listed_word(mapping, kProcess, "text", "critical"), "critical");
}

}  // namespace
}  // namespace saksbro::core
