// Processes to draw: what is shipped, a small one with every kind of line, and random ones. And how
// a text is compared with its golden file, and read by another program.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "bridge/load/configuration.h"
#include "bridge/views/look.h"

namespace saksbro::views {

[[nodiscard]] const load::Configuration& shipped();
[[nodiscard]] const core::Process& shipped_process(const std::string& name);
[[nodiscard]] Look look_of(const core::Process& process, core::Language language);

[[nodiscard]] core::Process small_process();
[[nodiscard]] Look small_look(core::Language language);
// Any graph that a mapping can hold, sensible or not.
[[nodiscard]] core::Process random_process(std::mt19937& random);

// `path` from the source's root. SAKSBRO_WRITE_EXPECTED=1 writes it anew.
void expect_told(const std::string& told, const std::string& path);

// What a program says; nothing when it ended well and had nothing to say.
[[nodiscard]] std::string complaint_of(const std::string& command);
// The same of tests/views/tools/check.mjs about these texts.
[[nodiscard]] std::string complaint_about(const std::string& kind,
                                          const std::vector<std::string>& texts);

class TextFile {  // gone with this object
 public:
  explicit TextFile(const std::string& text);
  TextFile(const TextFile&) = delete;
  TextFile& operator=(const TextFile&) = delete;
  ~TextFile();
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace saksbro::views
