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
using documents::lost;
using documents::shown;

constexpr int kDocuments = 150;
constexpr int kDocumentsOfAPair = 80;

std::uint32_t seed() {
  const char* given = std::getenv("SAKSBRO_SEED");
  return given == nullptr ? 20261130 : static_cast<std::uint32_t>(std::stoul(given));
}

template <class Check>
void try_documents(bool tame, const Check& check, int count = kDocuments) {
  Dice dice(seed());
  for (int i = 0; i < count; ++i) {
    SCOPED_TRACE(i);
    check(dice.document(tame));
    if (testing::Test::HasFailure()) return;
  }
}

// Plain text has no signs for phrases, and Redmine's Markdown none for a phrase within another.
std::vector<Dialect> with_signs() {
  std::vector<Dialect> all = dialects();
  std::erase_if(
      all, [](const Dialect& one) { return one.name == "Plain" || one.name == "RedmineMarkdown"; });
  return all;
}

Words without_phrases(const Words& words) {
  Words out;
  for (const Inline& one : words) {
    const Words inner = without_phrases(one.parts);
    if (one.parts.empty() || one.kind == InlineKind::link) out.push_back(one);
    if (one.kind != InlineKind::link) out.insert(out.end(), inner.begin(), inner.end());
  }
  return out;
}

std::vector<Block> without_inner_phrases(std::vector<Block> blocks) {
  for (Block& block : blocks) {
    for (Inline& one : block.words) one.parts = without_phrases(one.parts);
    block.blocks = without_inner_phrases(std::move(block.blocks));
  }
  return blocks;
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

TEST(RedmineMarkdown, StructureOfPlainWordsSurvivesButPhrasesWithinOthers) {
  try_documents(true, [&](const Document& document) {
    const Document wanted = normalised(without_inner_phrases(document));
    const std::string text = redmine_markdown_text(document);
    EXPECT_EQ(shown(document_from_markdown(text)), shown(wanted)) << text;
  });
}

TEST_P(TwoDialects, NoWordIsLostBetweenThem) {
  const auto& [from, to] = GetParam();
  try_documents(
      false,
      [&](const Document& document) {
        const Document first = from.read(from.write(document));
        const Document second = to.read(to.write(first));
        EXPECT_EQ(lost(first, second), "") << shown(first) << "\n\n" << to.write(first);
      },
      kDocumentsOfAPair);
}

TEST_P(TwoDialects, GoingToAndFroAddsNothingMore) {
  const auto& [from, to] = GetParam();
  const auto through = [&](const Document& document) {
    return from.read(from.write(to.read(to.write(document))));
  };
  try_documents(
      false,
      [&](const Document& document) {
        Document passed = through(document);
        passed = through(passed);
        EXPECT_EQ(shown(through(passed)), shown(passed));
      },
      kDocumentsOfAPair);
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
