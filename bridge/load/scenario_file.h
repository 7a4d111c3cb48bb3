// mappings/*.scenarios.yaml as scenarios. Internal to load.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "bridge/contract/settings.h"
#include "bridge/core/model/mapping.h"
#include "bridge/rehearse/scenario.h"

namespace saksbro::load {

// What scenarios may speak of: the whole mapping, read before.
struct ScenarioNames {
  const core::Mapping& mapping;
  std::set<SystemName> channels;
  std::set<std::string> values;  // of cases
};

[[nodiscard]] std::vector<rehearse::Scenario> read_scenarios(const Setting& file,
                                                             const ScenarioNames& names,
                                                             Errors& errors);

// --- the words of one line, for scenario_file.cpp

class ScenarioWords {
 public:
  // Both must outlive this.
  ScenarioWords(const ScenarioNames& names, Errors& errors);

  // Each adds its errors; what comes back then is of no use.
  [[nodiscard]] rehearse::Step given(const Setting& line);
  [[nodiscard]] rehearse::Step when(const Setting& line);
  [[nodiscard]] std::vector<rehearse::Expected> then(const Setting& line);
  [[nodiscard]] std::vector<core::ActivityId> shown_by(const Setting& at, const std::string& name);

  void error(const Setting& at, const std::string& what);

 private:
  using Fields = std::map<std::string, std::string>;
  [[nodiscard]] rehearse::Registers registers(const Setting& line);
  [[nodiscard]] rehearse::SolvedBefore solved_before(const Setting& line);
  [[nodiscard]] rehearse::Acts acts(const Setting& line);
  [[nodiscard]] rehearse::Reach reach(const Setting& line, const char* key);
  [[nodiscard]] rehearse::Follows follows(const Setting& line);
  void say(rehearse::Acts& acts, const Setting& word, const std::string& words);
  void set(const core::SystemMapping& system, const Setting& at, const std::string& name,
           const std::string& value, Fields& fields);
  [[nodiscard]] const core::SystemMapping* place(const Setting& line, const core::Role& role,
                                                 const core::Signal& signal);
  [[nodiscard]] rehearse::Expected expected(const Setting& line, const std::string& key,
                                            const Setting& value);
  void check_named(const Setting& at, const std::string& key, const std::string& name);
  void known(const Setting& at, const std::string& what, const std::string& name,
             const std::vector<std::string>& names);
  [[nodiscard]] std::string text(const Setting& line, const char* key) const;
  [[nodiscard]] const Setting* role_key(const Setting& line, std::string& role) const;

  const ScenarioNames& names_;
  Errors& errors_;
  std::vector<std::string> activities_;
  std::vector<std::string> statuses_;
  std::vector<std::string> roles_;
  std::vector<std::string> systems_;
  std::vector<std::string> channels_;
  std::vector<std::string> organisations_;
  std::vector<std::string> signals_;
  std::vector<std::string> values_;
};

}  // namespace saksbro::load
