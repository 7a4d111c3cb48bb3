// What a mail says line by line.
#include <gtest/gtest.h>

#include "connectors/mail/lines.h"

namespace saksbro::mail {
namespace {

using Lines = std::map<std::string, std::string>;

struct Row {
  const char* name;
  const char* subject;
  const char* text;
  Lines lines;
};

class ToldLines : public testing::TestWithParam<Row> {};

TEST_P(ToldLines, AreThoseOfTheWriterThatHaveANameAndAValue) {
  EXPECT_EQ(told_lines(GetParam().subject, GetParam().text), GetParam().lines);
}

INSTANTIATE_TEST_SUITE_P(
    Mail, ToldLines,
    testing::Values(
        Row{"InTheText",
            "",
            "\nAlvorlighet: A - kritisk\nSaksnummer:INC0099\r\n\nKøen er full: 100 %.",
            {{"line.alvorlighet", "A - kritisk"}, {"line.saksnummer", "INC0099"}}},
        Row{"NotBelowWhatIsSaid", "", "Hei.\nDen svarer ikke: æøå.", {}},
        Row{"InTheSubject",
            "[Alvorlighet: A - kritisk] Stopp [Saksnummer: INC7]",
            "",
            {{"line.alvorlighet", "A - kritisk"}, {"line.saksnummer", "INC7"}}},
        Row{"TheSubjectBeforeTheText", "[Sak: 1]", "Sak: 2", {{"line.sak", "1"}}},
        Row{"NorwegianLettersInLowerCase", "", "OMRÅDE: Nett", {{"line.område", "Nett"}}},
        Row{"InBold", "", "*Alvorlighet:* info", {{"line.alvorlighet", "info"}}},
        Row{"NoBreakSpaces", "", "Sak\u00a0nr: 5", {{"line.sak nr", "5"}}},
        Row{"NoAddresses", "", "https://drift.example.no", {}},
        Row{"NoValue", "", "Alvorlighet:", {}}, Row{"NoBracketsLeftOpen", "[Sak: 1", "", {}},
        Row{"NoQuotations", "", "Ok.\n> Alvorlighet: A - kritisk\n", {}},
        Row{"NoSentences", "", "Merk, dette haster (veldig): nå", {}}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace saksbro::mail
