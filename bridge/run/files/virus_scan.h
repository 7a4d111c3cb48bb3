// Asks a virus scanner about a file: clamd by its socket (INSTREAM, clamd(8)), or a command that
// says it by how it ends, as clamscan and clamdscan do.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace saksbro::run {

// The path of clamd's socket.
struct Clamd {
  std::string socket;
  friend bool operator==(const Clamd&, const Clamd&) = default;
};
// The file's path is added as the last argument. Ends with 0: clean; 1: not; else: not known.
struct ScanCommand {
  std::vector<std::string> words;
  friend bool operator==(const ScanCommand&, const ScanCommand&) = default;
};
using ScanBy = std::variant<Clamd, ScanCommand>;

struct Scanned {
  bool answered = false;
  bool clean = false;
  std::string words;  // the finding's name, or why there is no answer
};

// Takes as long as the scanner takes, at most `longest`. `goes_on` is asked some times a second;
// false ends it, without an answer. A command is ended with all that it has started.
[[nodiscard]] Scanned scan(const ScanBy& by, const std::string& path,
                           std::chrono::milliseconds longest, const std::function<bool()>& goes_on);

}  // namespace saksbro::run
