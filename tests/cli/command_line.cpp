#include "tests/cli/command_line.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "bridge/cli/cli.h"
#include "bridge/store/sqlite/sqlite_store.h"

namespace saksbro::cli {

std::string content_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

CommandLine::CommandLine() {
  setenv("TZ", "UTC", 1);
  setenv("DESK_KEY", "k", 1);
  setenv("OPERATOR_TOKEN", "t", 1);
  for (const char* token : {"THIRD_LINE_TOKEN", "LONN_TOKEN", "SKATT_TOKEN", "INNBOKS_PASSWORD"})
    setenv(token, "t", 1);
  setenv("LINKS_SECRET", "a-secret-of-more-than-32-characters", 1);
  setenv("INNBOKS_SECRET", "a-secret-of-more-than-32-characters", 1);
  setenv("OPERATOR_SECRET", "a-secret-of-more-than-32-characters", 1);
  std::string text = content_of(std::string(SAKSBRO_SOURCE) + "/config/saksbro.yaml");
  text = replaced(text, "../.work/saksbro.db", folder_.file("saksbro.db"));
  text = replaced(text, "\nlanguage: nb\n", "\nlanguage: en\n");
  text = replaced(text, "../", std::string(SAKSBRO_SOURCE) + "/");
  std::ofstream(configuration()) << text;
}

void CommandLine::make_store() const {
  constexpr Instant kNoon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} +
                          std::chrono::hours{12}};
  EXPECT_TRUE(store::open_sqlite(folder_.file("saksbro.db"), store::Use::command, kNoon));
}

int CommandLine::run(std::vector<std::string> words) const {
  words.insert(words.begin(), {"saksbro", "--config", configuration()});
  std::vector<const char*> raw;
  for (const std::string& word : words) raw.push_back(word.c_str());
  return cli::main(static_cast<int>(raw.size()), raw.data());
}

Said CommandLine::say_to(const char* file, const std::vector<std::string>& words) const {
  testing::internal::CaptureStderr();
  std::fflush(stdout);
  const int before = dup(STDOUT_FILENO);
  const int there = open(file, O_WRONLY | O_CLOEXEC);
  dup2(there, STDOUT_FILENO);
  Said said;
  said.code = run(words);
  std::fflush(stdout);
  dup2(before, STDOUT_FILENO);
  close(before);
  close(there);
  said.err = testing::internal::GetCapturedStderr();
  return said;
}

Said CommandLine::say(const std::vector<std::string>& words) const {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Said said;
  said.code = run(words);
  std::fflush(stdout);
  said.out = testing::internal::GetCapturedStdout();
  said.err = testing::internal::GetCapturedStderr();
  return said;
}

void CommandLine::expect_told(const Said& said) {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const std::string path = std::string(SAKSBRO_SOURCE) + "/tests/cli/told/" + test->name() + ".txt";
  std::string text = "exit " + std::to_string(said.code) + "\n" + said.out + said.err;
  text = replaced(text, configuration(), "saksbro.yaml");
  text = replaced(text, folder_.file("saksbro.db"), "/saksbro.db");
  text = replaced(text, std::string(SAKSBRO_SOURCE) + "/", "");
  if (std::getenv("SAKSBRO_WRITE_EXPECTED") != nullptr) std::ofstream(path) << text;
  EXPECT_EQ(text, content_of(path)) << path;
}

}  // namespace saksbro::cli
