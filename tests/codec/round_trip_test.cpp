// Whatever a text is written in, and whatever it goes through: no word is lost, what both can say
// survives, and what was read and written once stays as it is. SAKSBRO_SEED=N repeats a run.
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/codec/documents.h"

namespace saksbro::codec {
namespace {

using documents::Dialect;
using documents::dialects;
using documents::Dice;
using documents::shown;

constexpr int kDocuments = 150;

std::uint32_t seed() {
  const char* given = std::getenv("SAKSBRO_SEED");
  return given == nullptr ? 20261130 : static_cast<std::uint32_t>(std::stoul(given));
}

void words_of(const Words& words, std::vector<std::string>& out) {
  for (const Inline& one : words) {
    if (!one.text.empty()) out.push_back(one.text);
    words_of(one.parts, out);
  }
}

std::vector<std::string> words_of(const Document& document) {
  std::vector<std::string> out;
  for (const Block& block : document) {
    if (!block.text.empty()) out.push_back(block.text);
    words_of(block.words, out);
    for (std::string& inner : words_of(block.blocks)) out.push_back(std::move(inner));
  }
  return out;
}

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\n') out += c;
  }
  return out;
}

// The first word of `before` that does not stand in `after`, in this order.
std::string lost(const Document& before, const Document& after) {
  const std::string said = without_blanks(spoken_text(after));
  std::size_t at = 0;
  for (const std::string& word : words_of(before)) {
    const std::string wanted = without_blanks(word);
    at = said.find(wanted, at);
    if (at == said.npos) return wanted;
    at += wanted.size();
  }
  return "";
}

template <class Check>
void try_documents(bool tame, const Check& check) {
  Dice dice(seed());
  for (int i = 0; i < kDocuments; ++i) {
    SCOPED_TRACE(i);
    check(dice.document(tame));
    if (testing::Test::HasFailure()) return;
  }
}

// Plain text has no signs for phrases.
std::vector<Dialect> with_signs() {
  std::vector<Dialect> all = dialects();
  std::erase_if(all, [](const Dialect& one) { return one.name == "Plain"; });
  return all;
}

class OneDialect : public testing::TestWithParam<Dialect> {};
class DialectWithSigns : public OneDialect {};
class TwoDialects : public testing::TestWithParam<std::tuple<Dialect, Dialect>> {};

TEST_P(OneDialect, WhatIsReadIsNormalised) {
  try_documents(false, [&](const Document& document) {
    const Document read = GetParam().read(GetParam().write(document));
    EXPECT_EQ(shown(normalised(read)), shown(read));
  });
}

TEST_P(OneDialect, NoWordIsLost) {
  try_documents(false, [&](const Document& document) {
    const std::string text = GetParam().write(document);
    EXPECT_EQ(lost(document, GetParam().read(text)), "") << shown(document) << "\n\n" << text;
  });
}

TEST_P(OneDialect, WhatWasWrittenOnceStaysAsItIs) {
  try_documents(false, [&](const Document& document) {
    const std::string once = GetParam().write(GetParam().read(GetParam().write(document)));
    EXPECT_EQ(GetParam().write(GetParam().read(once)), once) << shown(document);
  });
}

TEST_P(DialectWithSigns, StructureOfPlainWordsSurvives) {
  try_documents(true, [&](const Document& document) {
    const std::string text = GetParam().write(document);
    EXPECT_EQ(shown(GetParam().read(text)), shown(document)) << text;
  });
}

TEST_P(TwoDialects, NoWordIsLostBetweenThem) {
  const auto& [from, to] = GetParam();
  try_documents(false, [&](const Document& document) {
    const Document first = from.read(from.write(document));
    const Document second = to.read(to.write(first));
    EXPECT_EQ(lost(first, second), "") << shown(first) << "\n\n" << to.write(first);
  });
}

TEST_P(TwoDialects, GoingToAndFroAddsNothingMore) {
  const auto& [from, to] = GetParam();
  const auto through = [&](const Document& document) {
    return from.read(from.write(to.read(to.write(document))));
  };
  try_documents(false, [&](const Document& document) {
    Document passed = through(document);
    passed = through(passed);
    EXPECT_EQ(shown(through(passed)), shown(passed));
  });
}

INSTANTIATE_TEST_SUITE_P(Markup, OneDialect, testing::ValuesIn(dialects()),
                         [](const auto& row) { return row.param.name; });
INSTANTIATE_TEST_SUITE_P(Markup, DialectWithSigns, testing::ValuesIn(with_signs()),
                         [](const auto& row) { return row.param.name; });
INSTANTIATE_TEST_SUITE_P(Markup, TwoDialects,
                         testing::Combine(testing::ValuesIn(dialects()),
                                          testing::ValuesIn(dialects())),
                         [](const auto& row) {
                           return std::get<0>(row.param).name + "And" + std::get<1>(row.param).name;
                         });

}  // namespace
}  // namespace saksbro::codec
