// A folder of a test's own.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace saksbro::rig {

enum class WhenFailed { keep, remove };

// Made empty below the system's temporary folder; removed at the end, except when the test has
// failed: then it is named and kept.
class Folder {
 public:
  explicit Folder(std::string_view name, WhenFailed when_failed = WhenFailed::keep);
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  WhenFailed when_failed_;
  std::filesystem::path path_;
};

void write_file(const std::filesystem::path& path, std::string_view text);
[[nodiscard]] std::string read_file(const std::filesystem::path& path);  // "" when not there

}  // namespace saksbro::rig
