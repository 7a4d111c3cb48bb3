// What outsiders write must not become a line of the log, or move the reader's cursor
// (docs/libraries.md 7); a log that cannot be written must not stop the service.
#include "bridge/run/observe/log.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "bridge/run/observe/log_sink.h"

namespace saksbro::run {
namespace {

using nlohmann::json;

struct Row {
  const char* name;
  std::string value;
  std::string written;
};

class LogField : public testing::TestWithParam<Row> {};

TEST_P(LogField, IsOneLineThatNothingActsIn) {
  const std::string line = log::line("x", {{"v", GetParam().value}});
  EXPECT_EQ(line, "\"event\":\"x\",\"v\":\"" + GetParam().written + "\"");
  EXPECT_FALSE(json::parse("{" + line + "}", nullptr, false).is_discarded());
}

INSTANTIATE_TEST_SUITE_P(
    Of, LogField,
    testing::Values(Row{"Text", "Sak: «æøå» 😀", "Sak: «æøå» 😀"},
                    Row{"AForgedLine", "x\n{\"level\":\"info\",\"event\":\"admin logged in\"}",
                        "x\\n{\\\"level\\\":\\\"info\\\",\\\"event\\\":\\\"admin logged in\\\"}"},
                    Row{"ACarriageReturn", "a\rb", "a\\rb"},
                    Row{"AnEscape", "\x1b[2J\x1b]0;x\x07", "\\u001b[2J\\u001b]0;x\\u0007"},
                    Row{"ANul", std::string("a\0b", 3), "a\\u0000b"},
                    Row{"ADelete", "a\x7f", "a\\u007f"},
                    Row{"AC1Control", "a\u0085b\u009bc", "a\\u0085b\\u009bc"},
                    Row{"AnInvertedMarkIsNone", "a\u00a0\u00bfb", "a\u00a0\u00bfb"},
                    Row{"UnicodeLineEnds", "a\u2028b\u2029c", "a\\u2028b\\u2029c"},
                    Row{"ATurnedDirection", "a\u202egnp.exe\u2066", "a\\u202egnp.exe\\u2066"},
                    Row{"AMarkOfDirectionThatIsOld", "\u061ca\u206ab", "\\u061ca\\u206ab"},
                    Row{"ATagThatNobodySees", "a\U000E0041", "a\\udb40\\udc41"},
                    Row{"BytesThatAreNoUtf8", "a\xff\xc2", "a\uFFFD\uFFFD"},
                    Row{"AFormat", "{} %s {0}", "{} %s {0}"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(LogLine, NumbersAreNumbersAndAYesIsTrue) {
  const std::uint64_t times = 16'000;
  EXPECT_EQ(log::line("x", {{"seq", std::int64_t{37}}, {"times", times}, {"parked", false}}),
            R"("event":"x","seq":37,"times":16000,"parked":false)");
  EXPECT_EQ(log::line("x", {{"number", "37"}, {"said", "true"}}),
            R"("event":"x","number":"37","said":"true")")
      << "a text stays one";
}

TEST(LogLine, NamesAreEscapedAsWell) {
  EXPECT_EQ(log::line("a\nb", {{"k\n", "v"}}), R"("event":"a\nb","k\n":"v")");
}

TEST(LogLine, AFieldIsCutAt2KilobytesBetweenCharacters) {
  const auto value_of = [](const std::string& value) {
    return json::parse("{" + log::line("x", {{"v", value}}) + "}").at("v").get<std::string>();
  };
  EXPECT_EQ(value_of(std::string(2048, 'x')), std::string(2048, 'x'));
  EXPECT_EQ(value_of(std::string(2049, 'x')), std::string(2045, 'x') + "...");
  EXPECT_EQ(value_of(std::string(2044, 'x') + "ææææ"), std::string(2044, 'x') + "...");
}

// --- where lines go

class Lines {
 public:
  explicit Lines(int descriptor) : logger_("test", std::make_shared<LineSink>(descriptor)) {
    logger_.set_pattern("%v");
    before_ = dropped_log_lines();
  }
  void write(const std::string& text) { logger_.info(text); }
  [[nodiscard]] std::uint64_t dropped() const { return dropped_log_lines() - before_; }

 private:
  spdlog::logger logger_;
  std::uint64_t before_ = 0;
};

// Promise 31.
TEST(LogSink, DropsAndCountsWhatAFullDiskDoesNotTake) {
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  ASSERT_GE(full, 0);
  Lines lines(full);
  for (int i = 0; i < 3; ++i) lines.write("a line");
  EXPECT_EQ(lines.dropped(), 3U);
  ::close(full);
  lines.write("to a descriptor that is closed");
  EXPECT_EQ(lines.dropped(), 4U);
  EXPECT_THAT(log::dropped_lines(), testing::Ge(4U));
}

TEST(LogSink, GoesOnWithALineOfItsOwnWhenThereIsRoomAgain) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_NONBLOCK | O_CLOEXEC), 0);
  Lines lines(ends[1]);
  const std::string large(300'000, 'x');  // more than a pipe holds
  lines.write(large);
  EXPECT_EQ(lines.dropped(), 1U);
  lines.write("there is no room for this one either");
  EXPECT_EQ(lines.dropped(), 2U);
  const auto read_all = [&] {
    std::string all;
    char bytes[4096];
    for (ssize_t count; (count = ::read(ends[0], bytes, sizeof bytes)) > 0;)
      all.append(bytes, static_cast<std::size_t>(count));
    return all;
  };
  EXPECT_EQ(read_all().find_first_not_of('x'), std::string::npos);
  lines.write("whole");
  EXPECT_EQ(read_all(), "\nwhole\n");
  EXPECT_EQ(lines.dropped(), 2U);
  ::close(ends[0]);
  ::close(ends[1]);
}

}  // namespace
}  // namespace saksbro::run
