// A child program of a test.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace saksbro::rig {

struct Program {
  std::vector<std::string> argv;
  std::map<std::string, std::string> environment = {};  // beside what this program has
  std::filesystem::path output;                         // stdout and stderr, appended
};

// Runs in a process group of its own. Ended at the latest by the destructor: this process alone, by
// its id, never by name.
class Process {
 public:
  explicit Process(const Program& program);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] bool running();
  // Its exit code, or 128 + signal; nothing when it still runs after that time.
  [[nodiscard]] std::optional<int> wait(std::chrono::milliseconds within);
  void signal(int number);
  int kill9();
  // Asks it to end, and ends it hard when it does not in that time.
  int terminate(std::chrono::milliseconds within = std::chrono::seconds(20));

 private:
  [[nodiscard]] bool reap(int options);

  pid_t pid_ = -1;
  std::optional<int> ended_;
};

struct Finished {
  int exit_code = 0;
  std::string output;  // stdout and stderr
};

// Runs a program to its end; throws when it takes longer.
[[nodiscard]] Finished run(const std::vector<std::string>& argv, std::chrono::milliseconds within,
                           const std::map<std::string, std::string>& environment = {});

}  // namespace saksbro::rig
