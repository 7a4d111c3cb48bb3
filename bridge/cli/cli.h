// The command line: one file a verb. Each verb registers itself on the app and sets `run`.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bridge/contract/error.h"
#include "bridge/core/report/course.h"
#include "bridge/load/configuration.h"
#include "bridge/run/systems.h"
#include "bridge/store/store.h"

namespace saksbro::cli {

// Filled by the parser, then run by main: the exit code comes out.
struct Chosen {
  std::string configuration = "config/saksbro.yaml";
  bool json = false;
  std::function<int()> run;
  std::string language{};  // "nb", "en"; empty: see language_of()
};

void add_serve(CLI::App& app, Chosen& chosen);
void add_check(CLI::App& app, Chosen& chosen);
void add_cases(CLI::App& app, Chosen& chosen);
void add_compare(CLI::App& app, Chosen& chosen);
void add_explain(CLI::App& app, Chosen& chosen);
void add_export(CLI::App& app, Chosen& chosen);
void add_outbox(CLI::App& app, Chosen& chosen);
void add_process(CLI::App& app, Chosen& chosen);
void add_redrive(CLI::App& app, Chosen& chosen);
void add_version(CLI::App& app, Chosen& chosen);
void add_deviations(CLI::App& app, Chosen& chosen);
void add_report(CLI::App& app, Chosen& chosen);
void add_solutions(CLI::App& app, Chosen& chosen);
void add_token(CLI::App& app, Chosen& chosen);
void add_backup(CLI::App& app, Chosen& chosen);
void add_restore(CLI::App& app, Chosen& chosen);
void add_status(CLI::App& app, Chosen& chosen);

// Parses and runs; what main returns. 0 done, 1 refused or failed, 2 the command line was wrong.
[[nodiscard]] int main(int count, const char* const* words);

// --- for the verbs
// ------------------------------------------------------------------------------------

class Speech;  // speech.h

struct Instance {
  load::Configuration configuration;
  run::Systems systems;
};

// Configuration, mappings and connectors; every error of them all at once.
[[nodiscard]] tl::expected<Instance, Errors> load_instance(const std::string& path);
// The same while files may be being written: only what did not change during a moment counts.
[[nodiscard]] tl::expected<Instance, Errors> load_settled_instance(const std::string& path);
// Configuration and mappings for looking only: variables with secrets need not be set.
[[nodiscard]] tl::expected<load::Configuration, Errors> load_to_look(const Chosen& chosen);
// As much of it as could be read, whatever is wrong with the rest.
[[nodiscard]] load::Configuration look_at(const Chosen& chosen);
[[nodiscard]] Result<std::string> store_path(const Chosen& chosen);
// To look: before the first `serve` there is none, and none is made.
[[nodiscard]] Result<std::unique_ptr<store::Store>> open_store(const Chosen& chosen);
// For an order, which the service carries out.
[[nodiscard]] Result<std::unique_ptr<store::Store>> open_store_to_order(const Chosen& chosen);
// Prints them; returns 1. What is wrong with a configuration is told in English, as it is written.
int complain(const Errors& errors);
// In the reader's language.
int complain(const Chosen& chosen, const Error& error);
int complain(const Speech& speech, const Error& error);
// Of an order that cannot be carried out as it was given.
[[nodiscard]] Error refusal(Phrase why);

// The case that `name` names, by our number or any party's. Several: an error that lists them.
[[nodiscard]] Result<CaseNumber> find_named(store::Reader& reader, const std::string& name);

// Where a verb writes what is for another program: a file, or stdout when `path` is empty. The
// first failure is kept until close().
class Sink {
 public:
  explicit Sink(const std::string& path);
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  ~Sink();

  void write(const std::string& text);
  [[nodiscard]] Result<void> close();

 private:
  std::string path_;
  std::FILE* file_ = nullptr;
  std::string why_;
};

// A case's facts, as core reads its course from them.
[[nodiscard]] Result<std::vector<core::Dated>> dated_facts(store::Reader& reader,
                                                           const CaseNumber& number);

}  // namespace saksbro::cli
