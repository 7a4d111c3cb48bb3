#include "tests/rig/folder.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>

namespace saksbro::rig {

Folder::Folder(std::string_view name, WhenFailed when_failed) : when_failed_(when_failed) {
  std::string pattern =
      (std::filesystem::temp_directory_path() / ("saksbro-" + std::string(name) + "-XXXXXX"))
          .string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder: " + pattern);
  path_ = pattern;
}

Folder::~Folder() {
  if (when_failed_ == WhenFailed::keep && testing::Test::HasFailure()) {
    std::cerr << "kept for a look: " << path_.string() << '\n';
    return;
  }
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void write_file(const std::filesystem::path& path, std::string_view text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

std::string read_file(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace saksbro::rig
