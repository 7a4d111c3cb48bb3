// Names that a process file may use, and the errors of those that it may not. Internal to load.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bridge/load/mapping_files.h"

namespace saksbro::load {

[[nodiscard]] const std::string* text_of(const Setting& setting);  // nullptr: none, or empty

// What a process file has said so far, so that later parts can be checked against it.
class ProcessNames {
 public:
  // All must outlive this.
  ProcessNames(const Known& known, Mentions& mentions, Errors& errors)
      : known_(known), mentions_(mentions), errors_(errors) {}

  void error(const Setting& at, const std::string& what);
  void collect(SettingsReader& reader);

  // --- what the file says
  void add_status(const core::Status& status) { statuses_.push_back(status); }
  void add_text(const std::string& name, const core::Words& words, const Setting& at);
  void add_activity(const std::string& name) { activities_.push_back(name); }
  void add_party(const SystemName& name) { parties_.insert(name); }
  void add_value(const std::string& name, const core::CaseValue& value) { values_[name] = value; }
  void add_question(const core::Question& question) { questions_[question.name] = question; }

  // --- what it means; none: an error has been told
  [[nodiscard]] std::optional<core::Status> status(const Setting& at, const std::string& name);
  [[nodiscard]] std::optional<core::ActivityId> activity(const Setting& at,
                                                         const std::string& name);
  [[nodiscard]] std::optional<SystemName> tracker(const Setting& at, const std::string& name);
  [[nodiscard]] std::optional<SystemName> tracker_or_party(const Setting& at,
                                                           const std::string& name);
  [[nodiscard]] std::optional<SystemName> channel(const Setting& at, const std::string& name);
  [[nodiscard]] std::optional<core::Question> question(const Setting& at, const std::string& name);
  [[nodiscard]] core::Words text(const Setting& at, const std::string& name);
  // The text whose name stands at `key` of `map`.
  [[nodiscard]] core::Words text_at(const Setting& map, SettingsReader& reader, const char* key);
  [[nodiscard]] std::optional<core::Span> span(const Setting& at);
  // `if:` of `map`: one condition, or a list of which all must hold.
  [[nodiscard]] core::Conditions conditions(const Setting& map, SettingsReader& reader);
  // A role, or a list of roles, at `key`; `fallback` where nothing stands there.
  [[nodiscard]] std::vector<core::Role> roles(const Setting& map, SettingsReader& reader,
                                              const char* key,
                                              const std::vector<core::Role>& fallback);
  // A list of names at `key`.
  [[nodiscard]] std::vector<std::string> names(const Setting* list, const char* expected);

  void reads_value(const Setting& at, const std::string& name);
  void keeps_value(const Setting& at, const std::string& name, const std::string& word);
  void hears(const Setting& at, const std::string& signal);
  void mentions_role(const Setting& at, const std::string& role);

 private:
  [[nodiscard]] std::optional<SystemName> one_of(const Setting& at, const std::string& name,
                                                 const std::set<SystemName>& systems,
                                                 const char* what);
  [[nodiscard]] std::optional<core::Condition> condition(const Setting& at);
  void check_word(const Setting& at, const std::string& value, const std::string& word);

  const Known& known_;
  Mentions& mentions_;
  Errors& errors_;
  std::vector<core::Status> statuses_;
  std::map<std::string, core::Words> texts_;
  std::vector<std::string> activities_;
  std::set<SystemName> parties_;
  std::map<std::string, core::CaseValue> values_;
  std::map<std::string, core::Question> questions_;
};

// `do:` of an activity or a transition.
[[nodiscard]] std::vector<core::ProcessAction> read_actions(const Setting& list,
                                                            ProcessNames& names);

// `values:` of a process.
void read_values(const Setting* map, core::Process& process, Mentions& mentions, Errors& errors,
                 ProcessNames& names);

// `deviations:` of a process.
void read_deviations(const Setting* map, core::Process& process, Mentions& mentions,
                     ProcessNames& names);

enum class Timed { no, yes };
// What `when:`, `anywhere:` and `after:` (timed) lead to. `by`: who does it when the entry does not
// say.
[[nodiscard]] core::Transition read_transition(const Setting& setting,
                                               const std::vector<core::Role>& by,
                                               ProcessNames& names, Timed timed);

}  // namespace saksbro::load
