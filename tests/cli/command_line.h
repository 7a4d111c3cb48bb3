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
  Said say(std::vector<std::string> words);

  // Code and words are those of told/<test>.txt.
  void expect_told(const Said& said);

  store::TemporaryFolder folder_;
};

}  // namespace saksbro::cli
