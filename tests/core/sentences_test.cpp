// What the code says to people has its Norwegian. The sentences are found in the sources, as
// xgettext finds them: they stand as literals where they are used (contract/phrase.h).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "bridge/core/speech/translation.h"
#include "bridge/core/text/text.h"
#include "tests/core/play.h"

namespace saksbro::core {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;
using testing::SizeIs;

struct Literal {
  std::string text;    // adjacent ones are one
  std::string before;  // the code before it, blanks left out
  std::string after;
};

std::string without_blanks(std::string_view code) {
  std::string text;
  std::copy_if(code.begin(), code.end(), std::back_inserter(text),
               [](char one) { return one != ' ' && one != '\n' && one != '\t'; });
  return text;
}

// One literal that begins at `at`; moves behind it.
std::string literal_at(const std::string& code, std::size_t& at) {
  std::string text;
  for (++at; at < code.size() && code[at] != '"'; ++at) {
    if (code[at] == '\\') ++at;
    text += code[at];
  }
  ++at;
  return text;
}

std::string without_comments(const std::string& code) {
  std::string text;
  std::istringstream lines(code);
  for (std::string line; std::getline(lines, line);) {
    const auto first = line.find_first_not_of(' ');
    if (first == line.npos || line.compare(first, 2, "//") != 0) text += line + "\n";
  }
  return text;
}

std::vector<Literal> literals_in(const std::string& code) {
  std::vector<Literal> all;
  for (std::size_t at = code.find('"'); at < code.size(); at = code.find('"', at)) {
    if (code[at - 1] == '\'' || code[at - 1] == 'R') {  // '"', or a raw literal
      at = code[at - 1] == 'R' ? code.find(")\"", at) : at + 1;
      at = at == code.npos ? code.size() : at + 1;
      if (code[at] == '"') ++at;
      continue;
    }
    Literal one;
    const std::size_t from = at > 60 ? at - 60 : 0;
    one.before = without_blanks(std::string_view(code).substr(from, at - from));
    while (at < code.size() && code[at] == '"') {
      one.text += literal_at(code, at);
      const std::size_t next = code.find_first_not_of(" \n\t", at);
      if (next != code.npos && code[next] == '"') at = next;
    }
    one.after = without_blanks(std::string_view(code).substr(at, 40));
    all.push_back(std::move(one));
  }
  return all;
}

// Phrase("...", and Phrase why("...",
bool begins_phrase(const std::string& before) {
  const auto at = before.rfind("Phrase");
  if (at == before.npos || !before.ends_with("(")) return false;
  return std::all_of(before.begin() + static_cast<std::ptrdiff_t>(at), before.end() - 1,
                     [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

bool is_sentence(const Literal& one) {
  // A reason without arguments stands alone; no plain text can (contract/outcome.h).
  for (const char* call :
       {"because(", "nothing(", "Sentence(", "Rejected(", "Rejected{", "RetryLater(", "RetryLater{",
        "NotSent(", "NotSent{", "InDoubt(", "InDoubt{", "refuse("}) {
    if (one.before.ends_with(call)) return true;
  }
  // {"A comment", {}}: keys of JSON and names of log events have no blanks.
  const bool with_arguments = one.after.starts_with(",{") ||
                              one.after.starts_with(",Phrase::Args") ||
                              one.after.starts_with(",args") || one.after.starts_with(",told(");
  const bool has_blank = one.text.find(' ') != std::string::npos;
  return has_blank && (begins_phrase(one.before) || (one.before.ends_with("{") && with_arguments));
}

template <class Look>
void for_each_source(const std::string& folder, const Look& look) {
  for (const auto& entry : fs::recursive_directory_iterator(SAKSBRO_SOURCE + folder)) {
    if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
    std::ifstream file(entry.path());
    std::ostringstream text;
    text << file.rdbuf();
    look(entry.path(), without_comments(text.str()));
  }
}

std::set<std::string> sentences_in(const fs::path& folder) {
  std::set<std::string> all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".cpp") && !name.ends_with(".h")) continue;
    if (name.ends_with("_nb.cpp")) continue;
    std::ifstream file(entry.path());
    std::ostringstream text;
    text << file.rdbuf();
    for (const Literal& one : literals_in(without_comments(text.str()))) {
      if (is_sentence(one)) all.insert(one.text);
    }
  }
  return all;
}

std::set<std::string> sentences() {
  std::set<std::string> all;
  for (const char* folder : {"/bridge", "/connectors"})
    all.merge(sentences_in(std::string(SAKSBRO_SOURCE) + folder));
  return all;
}

std::set<std::string> names_in(std::string_view sentence) {
  std::set<std::string> names;
  for (std::string& name : placeholders(sentence)) {
    if (name.ends_with(".nb")) name.resize(name.size() - 3);  // {span.nb}: {span} in Norwegian
    names.insert(std::move(name));
  }
  return names;
}

TEST(Sentences, OfTheCodeAreFound) {
  const auto all = sentences();
  EXPECT_TRUE(all.contains("Enters {activity.titled}."));
  EXPECT_TRUE(all.contains("{how} by {role} means \"{signal}\" at {activity}."));
  EXPECT_TRUE(all.contains("a public comment is written in {system}"));
  // A refusal by itself, one to come, one that bears a name, and the argument lists of codec.
  EXPECT_TRUE(all.contains("the recipient of the notice is not a mail address"));
  EXPECT_TRUE(all.contains("another worker holds the claim"));
  EXPECT_TRUE(all.contains("it failed {count} times: {why}"));
  EXPECT_TRUE(
      all.contains("{call} was answered {code} by a page that is not JSON: in doubt, it may "
                   "have been carried out"));
  EXPECT_GT(all.size(), 300U);
}

// What it says then stands among the deliveries that were put aside.
TEST(Sentences, WhatAConnectorCannotReadIsOne) {
  std::vector<std::string> plain;
  for (const auto& entry :
       fs::recursive_directory_iterator(std::string(SAKSBRO_SOURCE) + "/connectors")) {
    if (entry.path().extension() != ".cpp") continue;
    std::ifstream file(entry.path());
    std::ostringstream text;
    text << file.rdbuf();
    for (const Literal& one : literals_in(without_comments(text.str()))) {
      if (one.before.ends_with("fail(where,")) plain.push_back(one.text);
    }
  }
  EXPECT_THAT(plain, IsEmpty()) << "fail(where, Phrase(...))";
}

// A record of our own that cannot be read is told beside them.
TEST(Sentences, WhatARecordCannotBeReadAsIsOne) {
  std::vector<std::string> plain;
  for_each_source("/bridge/records", [&](const fs::path&, const std::string& code) {
    for (const Literal& one : literals_in(code)) {
      const auto call = one.before.rfind("fail(");
      if (call != one.before.npos && one.before.find("Phrase", call) == one.before.npos &&
          one.before.ends_with(","))
        plain.push_back(one.text);
    }
  });
  EXPECT_THAT(plain, IsEmpty()) << "fail(where, Phrase(...))";
}

// Phrase(text) of a variable is words that stay as they are: no scan can tell whether they are a
// sentence. An argument becomes such words by itself. contract/error.h alone does it by hand, for
// errors that others worded.
TEST(Sentences, NoVariableIsMadeAPhraseByHand) {
  static const std::regex by_hand(R"(\bPhrase(\s+[a-z_]+)?[({]\s*[a-z_][a-z_0-9.:>()-]*\s*[)}])");
  for (const char* code : {"Phrase(text)", "Phrase{error.what}", "const Phrase why(words);"})
    EXPECT_TRUE(std::regex_search(code, by_hand)) << code;
  std::vector<std::string> found;
  for (const char* folder : {"/bridge", "/connectors"}) {
    for_each_source(folder, [&](const fs::path& path, const std::string& code) {
      if (path.parent_path().filename() == "contract") return;
      for (std::sregex_iterator one(code.begin(), code.end(), by_hand), end; one != end; ++one)
        found.push_back(path.filename().string() + ": " + one->str());
    });
  }
  EXPECT_THAT(found, IsEmpty());
}

TEST(Sentences, EachHaveTheirNorwegian) {
  std::vector<std::string> untranslated;
  for (const std::string& one : sentences()) {
    if (!norwegian(one)) untranslated.push_back(one);
  }
  EXPECT_THAT(untranslated, IsEmpty()) << "a line each in bridge/core/speech/sentences_nb.cpp, or "
                                          "in the connector's sentences_nb.inc";
}

// The example's rows are in no program, for it is in no registry.
TEST(Sentences, OfTheExampleOfAConnectorHaveTheirNorwegianBesideThem) {
  const std::map<std::string, std::string> beside{
#include "examples/connector/connectors/example_tracker/sentences_nb.inc"
  };
  std::vector<std::string> untranslated;
  for (const std::string& one :
       sentences_in(std::string(SAKSBRO_SOURCE) + "/examples/connector/connectors")) {
    if (!norwegian(one) && !beside.contains(one)) untranslated.push_back(one);
  }
  EXPECT_THAT(untranslated, IsEmpty());
}

TEST(Sentences, SayTheSameArgumentsInBothLanguages) {
  std::vector<std::string> different;
  for (const std::string& one : sentences()) {
    const auto ours = norwegian(one);
    if (ours && names_in(one) != names_in(*ours)) different.push_back(one);
  }
  EXPECT_THAT(different, IsEmpty());
}

TEST(Phrase, IsSaidInNorwegianByTheTitlesOfTheProcess) {
  const Mapping& mapping = shipped_mapping();
  const Process& process = mapping.process(ProcessId{"M.1"});
  const Phrase phrase{
      "{how} by {role} means \"{signal}\" at {activity}.",
      {{"how", "/sak løst"}, {"role", "second_line"}, {"signal", "løst"}, {"activity", "M.1.1.3"}},
      "m1.yaml:88:7"};
  EXPECT_EQ(spoken(phrase, tongue(Language::nb, mapping, process)),
            "/sak løst av Brukerstøtte 2. linje betyr «løst» i M.1.1.3 (m1.yaml:88:7).");
  EXPECT_EQ(in_english(phrase),
            "/sak løst by second_line means \"løst\" at M.1.1.3 (m1.yaml:88:7).");
}

TEST(Phrase, OfAnArgumentIsInTheSameLanguage) {
  const Mapping& mapping = shipped_mapping();
  const Process& process = mapping.process(ProcessId{"M.1"});
  const Phrase phrase{"Nothing to do: {what}.", {{"what", Phrase("A comment", {})}}};
  EXPECT_EQ(spoken(phrase, tongue(Language::nb, mapping, process)),
            "Ingenting å gjøre: En kommentar.");
}

TEST(Phrase, DoesNotFillInWhatAPersonWroteInBraces) {
  EXPECT_EQ(in_english(Phrase("Status \"{word}\"", {{"word", "{word} {role}"}})),
            "Status \"{word} {role}\"");
}

}  // namespace
}  // namespace saksbro::core
