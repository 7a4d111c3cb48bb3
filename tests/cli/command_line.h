// The command line in a folder of its own, with the shipped configuration and an empty store.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/store/temporary_folder.h"

namespace saksbro::cli {

struct Said {
  int code = 0;
  std::string out;
  std::string err;
};

[[nodiscard]] std::string content_of(const std::string& path);
[[nodiscard]] std::string replaced(std::string text, const std::string& from,
                                   const std::string& to);

class CommandLine : public testing::Test {
 protected:
  CommandLine();

  [[nodiscard]] std::string configuration() const { return folder_.file("saksbro.yaml"); }

  // `saksbro --config ... <words>`
  [[nodiscard]] Said say(const std::vector<std::string>& words) const;
  // The same, with its output going to that file.
  [[nodiscard]] Said say_to(const char* file, const std::vector<std::string>& words) const;

  void make_store() const;  // as the first `serve` does

  // Code and words are those of told/<test>.txt.
  void expect_told(const Said& said);

  store::TemporaryFolder folder_;

 private:
  [[nodiscard]] int run(std::vector<std::string> words) const;
};

}  // namespace saksbro::cli
