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

#include "connectors/redmine/markup.h"

namespace saksbro::redmine {
namespace {

using Pieces = std::vector<std::string>;

// What Redmine acts on in every format, and what looks like it.
const Pieces kCommon = {"a",
                        "b",
                        "Sak",
                        "ø",
                        " ",
                        " ",
                        "\n",
                        "\n\n",
                        ".",
                        ",",
                        "-",
                        "1",
                        "12",
                        "x@y.no",
                        "per@xn--blbr-roah.no",
                        "[a.b+c@y.no]",
                        "[a_b@y.no]",
                        "http://xn--blbr-roah.no/a--b",
                        "http://x.no/a?b=1",
                        "https://e.no",
                        "www.x.no",
                        "ftp://x.no",
                        "#12",
                        "#1",
                        "##3",
                        "#note-4",
                        "r12",
                        "user#5",
                        "user:kari",
                        "@kari",
                        "@alle",
                        "commit:abc",
                        "source:a/b",
                        "attachment:x.png",
                        "version:\"1.0\"",
                        "document#3",
                        "sak:r7",
                        "repo|r9",
                        "project:x",
                        "[[Side]]",
                        "[[Side|x]]",
                        "{{toc}}",
                        "{{include(x)}}",
                        "{{",
                        "}}",
                        "[",
                        "]",
                        "[[",
                        "]]",
                        "!",
                        "(",
                        ")",
                        "\"",
                        "'",
                        "<",
                        ">",
                        "&",
                        "&lt;",
                        "&amp;",
                        "&#64;",
                        "|",
                        "\\",
                        "/",
                        "~",
                        "`",
                        "=",
                        "+",
                        "*",
                        "_",
                        "^",
                        "%",
                        "?",
                        "@",
                        "#",
                        ":",
                        "$",
                        "{",
                        "}"};
const Pieces kTextile = {"h1. ",
                         "h2. ",
                         "bq. ",
                         "bc. ",
                         "p. ",
                         "p(x). ",
                         "p{color:red}. ",
                         "fn1. ",
                         "table. ",
                         "* ",
                         "# ",
                         "- ",
                         "> ",
                         ">",
                         "|a|b|",
                         "|_. a|",
                         "!bilde.png!",
                         "!http://x.no/y.png!",
                         "\"l\":http://x.no",
                         "\"l\":/x",
                         "*fet*",
                         "_kursiv_",
                         "-strek-",
                         "+under+",
                         "^opp^",
                         "~ned~",
                         "@kode@",
                         "%span%",
                         "%{color:red}x%",
                         "??sitat??",
                         "==rå==",
                         "ABC(forklart)",
                         "[1]",
                         "<pre>",
                         "</pre>",
                         "<code>",
                         "<notextile>",
                         "<b>",
                         "<br>",
                         "<a href=\"x\">",
                         "---",
                         "***",
                         "___",
                         "...",
                         "--",
                         " -- ",
                         "(c)",
                         "(tm)",
                         "(r)",
                         "2x3",
                         "<redpre#0>",
                         "<!--",
                         "%%",
                         "**",
                         "__",
                         "@@"};
const Pieces kMarkdown = {"# ",
                          "## ",
                          "* ",
                          "- ",
                          "+ ",
                          "1. ",
                          "1) ",
                          "> ",
                          "    ",
                          "\t",
                          "```",
                          "~~~",
                          "```ruby\n",
                          "---",
                          "***",
                          "___",
                          "===",
                          "**fet**",
                          "*k*",
                          "_k_",
                          "__f__",
                          "~~s~~",
                          "`k`",
                          "[l](http://x.no)",
                          "![b](http://x.no)",
                          "[l][1]",
                          "[1]: http://x.no",
                          "<http://x.no>",
                          "<b>",
                          "<br>",
                          "<!--",
                          "\\*",
                          "\\",
                          "  \n",
                          "|a|b\n|-|-|\n",
                          "a|b\n-|-",
                          "[^1]",
                          "[^1]: x",
                          "^sup",
                          "==m==",
                          "- [ ] ",
                          ": ",
                          "&copy;"};

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

void write_texts(std::ostream& out, TextFormat format, std::mt19937& random) {
  const bool textile = format == TextFormat::textile;
  for (int i = 0; i < 10'000; ++i) {
    const std::string plain = text_of(textile ? kTextile : kMarkdown, random);
    out << nlohmann::json{{"format", textile ? "textile" : "markdown"},
                          {"plain", plain},
                          {"written", escaped(plain, format)}}
               .dump()
        << "\n";
  }
}

struct Shown {
  int status = -1;
  std::string said;
};

Shown show(const std::filesystem::path& file) {
  const std::string command = std::string("ruby ") + SAKSBRO_SOURCE +
                              "/tests/markup/redmine_shows.rb " + file.string() + " 2>&1";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return {-1, "ruby could not be started"};
  Shown shown;
  char bytes[4096];
  while (const std::size_t count = std::fread(bytes, 1, sizeof bytes, pipe))
    shown.said.append(bytes, count);
  const int status = ::pclose(pipe);
  shown.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return shown;
}

TEST(ForeignText, ShowsInRedmineAsWhatItIsAndActsOnNothing) {
  std::mt19937 random(seed());
  const auto file = std::filesystem::temp_directory_path() /
                    ("saksbro-markup-" + std::to_string(::getpid()) + ".json");
  {
    std::ofstream out(file);
    write_texts(out, TextFormat::textile, random);
    write_texts(out, TextFormat::markdown, random);
  }
  const Shown shown = show(file);
  std::filesystem::remove(file);
  EXPECT_EQ(shown.said, "20000 texts, 0 wrong\n") << "SAKSBRO_SEED=" << seed();
  EXPECT_EQ(shown.status, 0);
}

}  // namespace
}  // namespace saksbro::redmine
