// The alert rules that are shipped: promtool plays what each hears (tests/alerts), and they speak
// of metrics that there are.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace saksbro::load {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = SAKSBRO_SOURCE;

std::string run(const std::string& command, int& status) {
  std::string output;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return "popen failed";
  std::array<char, 4096> piece{};
  while (std::fgets(piece.data(), static_cast<int>(piece.size()), pipe) != nullptr)
    output += piece.data();
  status = pclose(pipe);
  return output;
}

std::string content_of(const fs::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  return files;
}

// Each word that begins like a metric of ours.
std::set<std::string> metrics_in(const std::string& text) {
  static constexpr const char* kLetters = "abcdefghijklmnopqrstuvwxyz_";
  std::set<std::string> found;
  for (std::size_t at = text.find("saksbro_"); at != text.npos; at = text.find("saksbro_", at + 1))
    found.insert(text.substr(at, text.find_first_not_of(kLetters, at) - at));
  return found;
}

// Promises 24, 29.
TEST(AlertRules, RingForWhatTheyAreForAndForNothingElse) {
  const auto tests = files_in(kRoot / "tests/alerts");
  EXPECT_FALSE(tests.empty());
  for (const fs::path& file : tests) {
    int status = -1;
    const std::string output = run("promtool test rules " + file.string(), status);
    EXPECT_EQ(status, 0) << output;
  }
}

TEST(AlertRules, SpeakOfMetricsThatThereAre) {
  const std::string described = content_of(kRoot / "bridge/run/observe/metrics.cpp");
  for (const fs::path& file : files_in(kRoot / "config/prometheus")) {
    const auto metrics = metrics_in(content_of(file));
    EXPECT_FALSE(metrics.empty()) << file;
    for (const std::string& metric : metrics)
      EXPECT_NE(described.find('"' + metric + '"'), described.npos) << file << ": " << metric;
  }
}

}  // namespace
}  // namespace saksbro::load
