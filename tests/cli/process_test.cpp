// `saksbro process`, as a person and as a script see it: told/<test>.txt, as in cli_test.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tests/cli/command_line.h"

namespace saksbro::cli {
namespace {

using testing::HasSubstr;

class CliProcess : public CommandLine {};

TEST_F(CliProcess, ProcessListsThem) { expect_told(say({"process"})); }

TEST_F(CliProcess, ProcessShowDrawsOneByAnyWayToWriteItsName) {
  const Said said = say({"process", "show", "m1", "--lang", "nb"});
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.out, HasSubstr("M.1  Saker som meldes fra bruker\n"));
  EXPECT_EQ(say({"process", "show", "M.1", "--lang", "nb"}).out, said.out);
  EXPECT_THAT(say({"process", "show", "M.1", "--lang", "en"}).out,
              HasSubstr("M.1  Cases reported by users\n"));
}

TEST_F(CliProcess, ProcessShowWritesEachFormatToAFile) {
  for (const auto& [format, begins] :
       std::map<std::string, std::string>{{"svg", "<svg "},
                                          {"bpmn", "<?xml "},
                                          {"mermaid", "stateDiagram-v2\n"},
                                          {"text", "M.1 "}}) {
    const std::string file = folder_.file("process." + format);
    const Said said =
        say({"process", "show", "m1", "--lang", "nb", "--format", format, "-o", file});
    EXPECT_EQ(said.code, 0) << said.err;
    EXPECT_EQ(said.out, "");
    EXPECT_TRUE(content_of(file).starts_with(begins)) << format;
  }
}

TEST_F(CliProcess, ProcessShowOfOneThatIsNotThereNamesTheNearest) {
  expect_told(say({"process", "show", "m.3"}));
}

TEST_F(CliProcess, AFileThatCannotBeWrittenIsOne) {
  const Said said = say({"process", "show", "m1", "-o", "/proc/none/m1.txt"});
  EXPECT_EQ(said.code, 1);
  EXPECT_EQ(said.err, "/proc/none/m1.txt: cannot be written: No such file or directory\n");
}

}  // namespace
}  // namespace saksbro::cli
