// Foreign text never acts, and shows as what it is: ten thousand texts for each format, built of
// its own signs, rendered by Redmine's own code (tests/markup/redmine_shows.rb). SAKSBRO_SEED=N
// repeats a run.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "bridge/codec/markup/dialects.h"
#include "connectors/redmine/markup.h"
#include "tests/codec/documents.h"
#include "tests/markup/pieces.h"

namespace saksbro::redmine {
namespace {

// What Redmine acts on in every format, and what looks like it.
std::uint32_t seed() {
  const char* given = std::getenv("SAKSBRO_SEED");
  return given == nullptr ? 20261125U
                          : static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10));
}

std::string text_of(const Pieces& own, std::mt19937& random) {
  std::string text;
  for (auto left = 1 + random() % 8; left > 0; --left) {
    const Pieces& pieces = random() % 2 == 0 ? own : kCommon;
    text += pieces[random() % pieces.size()];
  }
  return text;
}

// The words as a document of paragraphs, which no reader has looked at.
codec::Document document_of(std::string_view text) {
  codec::Document document(1);
  for (const char c : text) {
    codec::Words& words = document.back().words;
    if (c != '\n')
      words.push_back(codec::documents::says(std::string(1, c)));
    else if (!words.empty() && words.back().kind == codec::InlineKind::line_break)
      document.emplace_back();
    else
      words.push_back({codec::InlineKind::line_break, {}, {}, {}});
  }
  return codec::normalised(std::move(document));
}

std::string written(const codec::Document& document, TextFormat format) {
  return format == TextFormat::textile ? codec::textile_text(document)
                                       : codec::redmine_markdown_text(document);
}

nlohmann::json row_of(TextFormat format, const std::string& plain, const std::string& written) {
  const bool textile = format == TextFormat::textile;
  return {{"format", textile ? "textile" : "markdown"}, {"plain", plain}, {"written", written}};
}

struct Shown {
  int status = -1;
  std::string said;
};

Shown show(const std::vector<nlohmann::json>& rows, const std::string& option) {
  const auto file = std::filesystem::temp_directory_path() /
                    ("saksbro-markup-" + std::to_string(::getpid()) + ".json");
  {
    std::ofstream out(file);
    for (const nlohmann::json& row : rows) out << row.dump() << "\n";
  }
  const std::string command = std::string("ruby ") + SAKSBRO_SOURCE +
                              "/tests/markup/redmine_shows.rb " + file.string() + option + " 2>&1";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return {-1, "ruby could not be started"};
  Shown shown;
  char bytes[4096];
  while (const std::size_t count = std::fread(bytes, 1, sizeof bytes, pipe))
    shown.said.append(bytes, count);
  const int status = ::pclose(pipe);
  std::filesystem::remove(file);
  shown.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return shown;
}

using Writer = std::string (*)(const std::string& plain, TextFormat format);

void expect_inert(Writer write) {
  std::mt19937 random(seed());
  std::vector<nlohmann::json> rows;
  for (const TextFormat format : {TextFormat::textile, TextFormat::markdown}) {
    for (int i = 0; i < 10'000; ++i) {
      const std::string plain =
          text_of(format == TextFormat::textile ? kTextile : kMarkdown, random);
      rows.push_back(row_of(format, plain, write(plain, format)));
    }
  }
  const Shown shown = show(rows, "");
  EXPECT_EQ(shown.said, "20000 texts, 0 wrong\n") << "SAKSBRO_SEED=" << seed();
  EXPECT_EQ(shown.status, 0);
}

TEST(ForeignText, ShowsInRedmineAsWhatItIsAndActsOnNothing) {
  expect_inert([](const std::string& plain, TextFormat format) { return escaped(plain, format); });
}

TEST(ForeignText, ActsOnNothingAsADocumentEither) {
  expect_inert([](const std::string& plain, TextFormat format) {
    return written(document_of(plain), format);
  });
}

// What Redmine shows is read as any page.
class RedminesPage : public testing::TestWithParam<TextFormat> {
 protected:
  static std::vector<nlohmann::json> pages(const std::vector<codec::Document>& documents) {
    std::vector<nlohmann::json> rows;
    for (const codec::Document& one : documents)
      rows.push_back(row_of(GetParam(), "", written(one, GetParam())));
    const std::string said = show(rows, " --html").said;
    std::vector<nlohmann::json> pages;
    std::istringstream lines(said);
    for (std::string line; std::getline(lines, line);) {
      pages.push_back(nlohmann::json::parse(line, nullptr, false));
      if (pages.back().is_discarded()) ADD_FAILURE() << said.substr(0, 1'000);
    }
    EXPECT_EQ(pages.size(), documents.size());
    pages.resize(documents.size());
    return pages;
  }

  static std::vector<codec::Document> documents(bool tame, int count) {
    codec::documents::Dice dice(seed());
    std::vector<codec::Document> all;
    for (int i = 0; i < count; ++i) all.push_back(dice.document(tame));
    return all;
  }
};

TEST_P(RedminesPage, HasTheStructureOfTheDocument) {
  const auto read = [&](const std::string& text) {
    return GetParam() == TextFormat::textile ? codec::document_from_textile(text)
                                             : codec::document_from_markdown(text);
  };
  const auto all = documents(true, 1'000);
  const auto shown = pages(all);
  int wrong = 0;
  for (std::size_t i = 0; i < all.size() && wrong < 5; ++i) {
    const std::string text = written(all[i], GetParam());
    const std::string page = shown[i].value("html", "");
    const std::string seen = codec::documents::shown(codec::document_from_html(page));
    if (seen == codec::documents::shown(read(text))) continue;
    ++wrong;
    EXPECT_EQ(seen, codec::documents::shown(read(text))) << text << "\n\n" << page;
  }
}

TEST_P(RedminesPage, LosesNoWordAndActsOnNothing) {
  const auto all = documents(false, 2'000);
  const auto shown = pages(all);
  int wrong = 0;
  for (std::size_t i = 0; i < all.size() && wrong < 5; ++i) {
    const std::string page = shown[i].value("html", "");
    const codec::Document seen = codec::document_from_html(page);
    const std::string lost = codec::documents::lost(all[i], seen);
    const std::string acts = shown[i].value("acts", "?");
    if (lost.empty() && acts.empty()) continue;
    ++wrong;
    EXPECT_EQ(lost + acts, "") << codec::documents::shown(all[i]) << "\n\n"
                               << written(all[i], GetParam()) << "\n\n"
                               << page;
  }
}

INSTANTIATE_TEST_SUITE_P(Redmine, RedminesPage,
                         testing::Values(TextFormat::textile, TextFormat::markdown),
                         [](const auto& row) {
                           return row.param == TextFormat::textile ? "Textile" : "Markdown";
                         });

}  // namespace
}  // namespace saksbro::redmine
