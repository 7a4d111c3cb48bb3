#include "bridge/views/look.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/views/text_width.h"
#include "bridge/views/wording.h"
#include "bridge/views/xml_text.h"
#include "tests/views/example.h"

namespace saksbro::views {
namespace {

using testing::ElementsAre;

TEST(Look, ActivitiesStandAsTheMappingTellsThem) {
  core::Process process;
  for (const char* id : {"M.2.1.9", "M.2.1.10", "A.1"}) {
    core::Activity one;
    one.id = core::ActivityId{id};
    process.order.push_back(one.id);
    process.activities.emplace(one.id, one);
  }
  std::vector<std::string> order;
  for (const core::Activity* one : in_order(process)) order.push_back(one->id.text());
  EXPECT_THAT(order, ElementsAre("M.2.1.9", "M.2.1.10", "A.1"));
}

TEST(Look, TheSubprocessIsReadFromTheNumber) {
  const auto subprocess = [](const char* id) { return subprocess_of(core::ActivityId{id}); };
  EXPECT_EQ(subprocess("M.1.3.2"), "M.1.3");
  EXPECT_EQ(subprocess("M.2.1.10"), "M.2.1");
  EXPECT_EQ(subprocess("M.1.1.3 retur"), "M.1.1");
  EXPECT_EQ(subprocess("M.1 slutt"), "");
  EXPECT_EQ(subprocess("M.1"), "");
  EXPECT_EQ(subprocess("registrert"), "");
  EXPECT_EQ(subprocess("M."), "");
}

TEST(Look, ColumnsStandAsTheProcessSaysAndUnnamedRolesBehind) {
  const auto columns = columns_of(small_process(), small_look(core::Language::nb));
  EXPECT_THAT(columns, ElementsAre(core::Role{"operator"}, core::Role{"third_line"},
                                   core::Role{"first_line"}, core::Role{"end_user"}));
  EXPECT_EQ(title_of(core::Role{"end_user"}, small_look(core::Language::nb)), "end_user");
  EXPECT_EQ(title_of(core::Role{"first_line"}, small_look(core::Language::en)), "1st line");
}

TEST(Look, AProcessIsFoundHoweverItsNameIsWritten) {
  const core::Mapping& mapping = shipped().mapping;
  for (const char* name : {"M.1", "m.1", "M1", "m1"})
    EXPECT_EQ((*find_process(mapping, name))->id.text(), "M.1") << name;
  EXPECT_EQ(find_process(mapping, "m.3").error().text(),
            "no process is called \"m.3\"; did you mean \"M.1\"?; there is M.1, M.2");
  EXPECT_EQ(find_process(mapping, "incident").error().text(),
            "no process is called \"incident\"; there is M.1, M.2");
  EXPECT_EQ(find_process({}, "m1").error().text(), "no process is called \"m1\"; there is none");
}

TEST(Look, ConditionsAreSaidAsPeopleSayThem) {
  const Look nb = small_look(core::Language::nb);
  const Look en = small_look(core::Language::en);
  const struct {
    core::Condition condition;
    const char* nb;
    const char* en;
  } rows[]{
      {{"løsning", std::nullopt, false}, "løsning er kjent", "løsning is known"},
      {{"versjon", std::nullopt, true}, "versjon ikke er kjent", "versjon is not known"},
      {{"type", "feil", false}, "type er feil", "type is feil"},
      {{"type", "feil", true}, "type ikke er feil", "type is not feil"},
      {{"desk.number", std::nullopt, false}, "desk har saken", "desk has the case"},
      {{"desk.number", std::nullopt, true}, "desk ikke har saken", "desk does not have the case"},
      {{"desk.ticket", std::nullopt, false}, "det er en sak hos desk", "there is a ticket in desk"},
      {{"desk.ticket", std::nullopt, true},
       "det ikke er noen sak hos desk",
       "there is no ticket in desk"},
      {{"case.number", std::nullopt, false}, "case.number er kjent", "case.number is known"},
      {{"reporter.role", "first_line", false},
       "innmelder er Brukerstøtte 1. linje",
       "the reporter is 1st line"},
      {{"reporter.role", "first_line", true},
       "innmelder ikke er Brukerstøtte 1. linje",
       "the reporter is not 1st line"},
      {{"receipts.missing", std::nullopt, false},
       "noen ikke har kvittert",
       "somebody has not acknowledged"},
      {{"receipts.missing", std::nullopt, true}, "alle har kvittert", "all have acknowledged"},
      {{"receipts.told", std::nullopt, false}, "noen er informert", "somebody has been notified"},
      {{"receipts.told", std::nullopt, true}, "ingen er informert", "nobody has been notified"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(if_words({row.condition}, nb), std::string(" hvis ") + row.nb);
    EXPECT_EQ(if_words({row.condition}, en), std::string(" if ") + row.en);
  }
}

TEST(Look, LinesBreakAtBlanksButNotAfterAnOrdinal) {
  const Measure count = [](std::string_view one) { return static_cast<int>(code_points(one)); };
  EXPECT_THAT(wrapped("Brukerstøtte 2. linje", 15, count), ElementsAre("Brukerstøtte", "2. linje"));
  EXPECT_THAT(wrapped("  én  to ", 9, count), ElementsAre("én to"));
  EXPECT_THAT(wrapped("ærespåskjønnelse", 6, count), ElementsAre("ærespå", "skjønn", "else"));
  EXPECT_THAT(wrapped("", 6, count), ElementsAre());
  EXPECT_EQ(padded("på", 4), "på  ");
  EXPECT_EQ(pixels("æøå", 10), 3 * pixels("å", 10));
}

TEST(Look, IdsAreAsciiAndDifferentForDifferentNames) {
  EXPECT_EQ(id_part("M.1 slutt"), "M.1-slutt");
  EXPECT_EQ(id_part("løst"), "l_xF8_st");
  EXPECT_EQ(id_part("a-b_c"), "a_x2D_b_x5F_c");
  EXPECT_EQ(id_part("→"), "_x2192_");
}

TEST(Look, XmlTextsHoldNothingThatXmlForbids) {
  EXPECT_EQ(xml_text("a<b> & \"c\"\n\x01\tæ"), "a&lt;b&gt; &amp; &quot;c&quot;&#10;&#9;æ");
}

}  // namespace
}  // namespace saksbro::views
