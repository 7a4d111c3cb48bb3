// What people write in Redmine, as the core hears it: quotations and code are marked.
#include <gtest/gtest.h>

#include "bridge/contract/own_words.h"
#include "connectors/redmine/read_markup.h"

namespace saksbro::redmine {
namespace {

struct Row {
  const char* name;
  TextFormat format;
  const char* raw;
  const char* text;
};

class ReadMarkup : public testing::TestWithParam<Row> {};

TEST_P(ReadMarkup, MarksWhatIsQuotedAndWhatIsCode) {
  EXPECT_EQ(read_as_text(GetParam().raw, GetParam().format), GetParam().text);
}

const Row kRows[] = {
    {"ABlockOfTextile", TextFormat::textile, "bq. /sak ta\nnå\n\nNei.", "> /sak ta\n> nå\n\nNei."},
    {"ABlockWithAClass", TextFormat::textile, "bq(grå). Hei\r\n", "> Hei\n"},
    {"WordsThatBeginLikeIt", TextFormat::textile, "bqx. Hei\nbq.Hei", "bqx. Hei\nbq.Hei"},
    {"MarksOfMail", TextFormat::textile, "Ola skrev:\n> Vi venter.", "Ola skrev:\n> Vi venter."},
    {"MarkdownHasNoSuchBlock", TextFormat::markdown, "bq. Hei", "bq. Hei"},
    {"Preformatted", TextFormat::textile, "Slik:\n<pre>\n/sak ta\n</pre>\nFerdig",
     "Slik:\n```\n/sak ta\n```\nFerdig"},
    {"PreformattedInALine", TextFormat::textile, "Slik <pre>/sak ta</pre> der",
     "Slik \n```\n/sak ta\n```\n der"},
    {"CodeOfALanguage", TextFormat::textile, "<pre><code class=\"sql\">\nselect 1\n</code></pre>",
     "```\nselect 1\n```"},
    {"WithoutAnEnd", TextFormat::textile, "<pre>\n/sak ta", "```\n/sak ta\n```"},
    {"BackticksInCode", TextFormat::textile, "<pre>\n```\n/sak ta\n</pre>",
     "````\n```\n/sak ta\n````"},
    {"PreformattedInMarkdown", TextFormat::markdown, "<pre>\n/sak ta\n</pre>", "```\n/sak ta\n```"},
    {"FencesOfMarkdown", TextFormat::markdown, "```\n/sak ta\n```", "```\n/sak ta\n```"},
    {"BlocksInCodeAreCode", TextFormat::textile, "<pre>\nbq. x\n</pre>", "```\nbq. x\n```"},
    {"Nothing", TextFormat::textile, "", ""},
};
INSTANTIATE_TEST_SUITE_P(Redmine, ReadMarkup, testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

TEST(ReadMarkup, SeesNoMarkupInWhatWeWroteOurselves) {
  for (const char* text : {"bq. Hei", "<pre>\n/sak ta\n</pre>", "> sitat", "```\nx\n```",
                           "\\<pre>x</pre>", "a\nbq(x). b\n\n<pre class=\"a\">"}) {
    for (const TextFormat format : {TextFormat::textile, TextFormat::markdown})
      EXPECT_EQ(read_as_text(escaped(text, format), format), text);
  }
}

TEST(ReadMarkup, LeavesTheWritersOwnWordsToBeHeard) {
  EXPECT_EQ(own_words(read_as_text("bq. Vi venter.\n\n/sak ta", TextFormat::textile)), "/sak ta");
  EXPECT_EQ(own_words(read_as_text("bq. /sak ta", TextFormat::textile)), "");
}

}  // namespace
}  // namespace saksbro::redmine
