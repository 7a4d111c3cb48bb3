// A record that cannot be read is an Error that names what is wrong, never an exception.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "bridge/records/answer_record.h"
#include "bridge/records/case_record.h"
#include "bridge/records/command_record.h"
#include "bridge/records/fact_record.h"
#include "bridge/records/link_record.h"
#include "bridge/records/order_record.h"
#include "bridge/records/timer_record.h"
#include "tests/records/random_values.h"

namespace saksbro::records {
namespace {

std::string told(const auto& result) { return result ? "no error" : result.error().text(); }
std::string fact(const char* name, const char* text) { return told(read_fact(name, text)); }

struct Row {
  const char* name;
  std::string found;
  const char* expected;
};

const char* const kCommand = R"({"v":1,"key":"k","to":"desk","attempt":1,"action":)";

// To copy or to print it would end the process.
const std::string kDeepVersion =
    "{\"process\":\"M.1\",\"v\":" + std::string(1'000'000, '[') + std::string(1'000'000, ']') + "}";

const std::vector<Row> rows{
    {"NotJson", fact("CaseOpened", "{"), "fact CaseOpened: is not JSON"},
    {"Empty", fact("CaseOpened", ""), "fact CaseOpened: is not JSON"},
    {"AList", fact("CaseOpened", "[]"), "fact CaseOpened: expected an object"},
    {"NoVersion", fact("CaseOpened", "{}"), "fact CaseOpened: v is missing: the record's version"},
    {"NewerVersion", fact("CaseOpened", R"({"v":2,"process":"M.1"})"),
     "fact CaseOpened: has version 2, and this program reads 1"},
    {"VersionIsAMillionDeep", fact("CaseOpened", kDeepVersion.c_str()),
     "fact CaseOpened: is not JSON"},
    {"VersionIsText", fact("CaseOpened", R"({"v":"1","process":"M.1"})"),
     "fact CaseOpened: has version \"1\", and this program reads 1"},
    {"UnknownFact", fact("CaseOpend", R"({"v":1})"), "fact CaseOpend: no fact has this name"},
    {"LinkWithoutRole",
     told(read_link(R"({"v":1,"case_number":"S","signal":"s","organisation":"","text":""})")),
     "link: role: is missing"},
    {"MissingMember", fact("CaseOpened", R"({"v":1})"), "fact CaseOpened: process: is missing"},
    {"NumberForText", fact("CaseOpened", R"({"v":1,"process":7})"),
     "fact CaseOpened: process: expected a text"},
    {"TextForNumber", fact("TimerSet", R"({"v":1,"name":"n","due":"7"})"),
     "fact TimerSet: due: expected a whole number"},
    {"FractionForNumber", fact("TimerSet", R"({"v":1,"name":"n","due":7.5})"),
     "fact TimerSet: due: expected a whole number"},
    {"NumberTooLarge", fact("TimerSet", R"({"v":1,"name":"n","due":9223372036854775808})"),
     "fact TimerSet: due: the number is too large or too small"},
    {"TextForTruth",
     fact("CommandSettled",
          R"({"v":1,"command":"k","at":"","verb":"","delivered":"true","why":""})"),
     "fact CommandSettled: delivered: expected true or false"},
    {"DeepInside",
     fact("CommandIssued",
          R"({"v":1,"verb":"","intent":{"command":"","at":"","attribute":"","values":["a",2]}})"),
     "fact CommandIssued: intent.values.1: expected a text"},
    {"ObjectForList",
     fact("CommandIssued",
          R"({"v":1,"verb":"","intent":{"command":"","at":"","attribute":"","values":{}}})"),
     "fact CommandIssued: intent.values: expected a list"},
    {"NullForObject", fact("CommandIssued", R"({"v":1,"verb":"","intent":null})"),
     "fact CommandIssued: intent: expected an object"},
    {"UnknownVerb", told(read_command(std::string(kCommand) + R"({"verb":"delete"}})")),
     "command: action: unknown verb \"delete\""},
    {"NoVerb", told(read_command(std::string(kCommand) + "{}}")),
     "command: action.verb: expected a text"},
    {"UnknownVisibility",
     told(read_command(
         std::string(kCommand) +
         R"({"verb":"comment","ticket":"","text":"","reference":"","visibility":"all"}})")),
     "command: action.visibility: expected \"internal\" or \"everyone\""},
    {"CaseIsEmpty", told(read_case(R"({"v":1})")), "case: number: is missing"},
    {"IssuedIsEmpty", told(read_issued(R"({"v":1})")), "issued command: command: is missing"},
    {"AnswerIsEmpty", told(read_answer(R"({"v":1})")), "answer: command: is missing"},
    {"TimerIsEmpty", told(read_timer(R"({"v":1})")), "timer: case_number: is missing"},
    {"UnknownOrder",
     told(read_order(
         R"({"v":1,"verb":"delete","case_number":"","system":"","outbox_id":null,"version":""})")),
     "order: unknown verb \"delete\"; known verbs: redrive, hasten, unpark, announce, compare and "
     "let "
     "in"},
};

class BrokenRecord : public testing::TestWithParam<Row> {};

TEST_P(BrokenRecord, NamesWhatIsWrong) { EXPECT_EQ(GetParam().found, GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(Records, BrokenRecord, testing::ValuesIn(rows),
                         [](const auto& row) { return row.param.name; });

TEST(BrokenRecords, WithAnyByteChangedAreReadOrRefused) {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    Random random{seed};
    std::string text = write(random.one<core::Case>());
    for (std::size_t i = random.below(3) + 1; i > 0; --i) {
      text[random.below(text.size())] = static_cast<char>(random.below(256));
    }
    const Result<core::Case> back = read_case(text);
    EXPECT_TRUE(back.has_value() || !back.error().what.empty()) << "seed " << seed;
  }
}

TEST(BrokenRecords, CutOffAnywhereAreRefused) {
  const std::string text = write(Random{3}.one<core::Case>());
  for (std::size_t length = 0; length < text.size(); ++length) {
    EXPECT_EQ(told(read_case(text.substr(0, length))), "case: is not JSON");
  }
}

TEST(OlderRecords, WithoutAMemberThatWasAddedLaterAreRead) {
  std::string text = write(core::Case{});
  const std::string older = R"("stuck":{"k":{"at":"desk","verb":"status","why":"no"}})";
  text.replace(text.find(R"("stuck":{})"), 10, older);
  const Result<core::Case> back = read_case(text);
  ASSERT_TRUE(back.has_value()) << back.error().text();
  EXPECT_EQ(back->failed_commands.at(IdempotencyKey{"k"}),
            (core::FailedCommand{SystemName{"desk"}, "status", "no", std::nullopt}));
}

TEST(BrokenRecords, NestedAMillionDeepAreRefused) {
  EXPECT_EQ(told(read_case(std::string(1'000'000, '['))), "case: is not JSON");
}

}  // namespace
}  // namespace saksbro::records
