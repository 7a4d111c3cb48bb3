// The block `files:`: what becomes of files on their way between tickets.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "bridge/contract/settings.h"

namespace saksbro::load {

struct FilesConfiguration {
  std::chrono::hours keep{24 * 7};          // so long a file lies in the spool that nobody asks for
  std::uint64_t bytes_most = 4ULL << 30U;   // of the spool
  bool programs = false;                    // programs and scripts are copied, too
  std::string clamd{};                      // the socket of a virus scanner; empty: none
  std::vector<std::string> scan_command{};  // another one; empty: none

  friend bool operator==(const FilesConfiguration&, const FilesConfiguration&) = default;
};

// The block may be missing (nullptr).
[[nodiscard]] FilesConfiguration read_files(const Setting* block, Errors& errors);

}  // namespace saksbro::load
