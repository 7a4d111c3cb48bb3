// The product under test: its real program, in a folder of configuration.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/rig/folder.h"
#include "tests/rig/process.h"

namespace saksbro::rig {

// File name (below the folder) to text, in which {{name}} stands for a value.
using ConfigTexts = std::map<std::string, std::string>;
using Values = std::map<std::string, std::string>;

// Which program: the one that was built with the tests, with their sanitizers and failpoints, or
// the one that users have, where SAKSBRO_RELEASED_PATH names it (tests/run does).
enum class Build { tested, released };

class Saksbro {
 public:
  // Writes the texts. Known without being given: {{folder}}, {{webhooks_port}},
  // {{operations_port}}. The main file is saksbro.yaml. Nothing is started yet.
  Saksbro(const ConfigTexts& texts, Values values, Build build = Build::tested);

  // Starts `saksbro serve` and waits until GET /readyz says 200; throws with its log if not.
  // `environment`: e.g. failpoints.
  void start(const Values& environment = {});
  // With a failpoint that its first rounds pass it may be dead before anybody sees that it is
  // ready.
  void start_until_ready_or_dead(const Values& environment);
  [[nodiscard]] bool running();
  [[nodiscard]] pid_t pid() { return process().pid(); }
  void signal(int number);
  int kill9();
  int terminate(std::chrono::milliseconds within = std::chrono::seconds(20));
  // Until it ends by itself (a failpoint): its exit code.
  [[nodiscard]] int wait(std::chrono::milliseconds within);

  // Runs `saksbro <words> --config <the file>` to its end.
  [[nodiscard]] Finished verb(std::vector<std::string> words) const;

  [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }
  [[nodiscard]] std::string webhooks_url() const;
  [[nodiscard]] std::string operations_url() const;
  [[nodiscard]] std::string operations(const std::string& path) const;  // a GET's body
  [[nodiscard]] std::string log() const;
  // Writes one file again, e.g. before a restart.
  void write(const std::string& file, const std::string& text);

 private:
  [[nodiscard]] Process& process();

  Folder folder_;
  std::string program_;
  Values values_;
  std::unique_ptr<Process> process_;
};

// Where the program is: SAKSBRO_BINARY_PATH, else the one that was built with the tests.
[[nodiscard]] std::string saksbro_program();

// Throws when a placeholder is left over: a typing error in a test would be hard to see else.
[[nodiscard]] std::string filled(std::string text, const Values& values);

}  // namespace saksbro::rig
