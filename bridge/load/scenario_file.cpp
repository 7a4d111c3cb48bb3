#include "bridge/load/scenario_file.h"

#include <map>

#include "bridge/contract/nearest.h"

namespace saksbro::load {
namespace {

using rehearse::Round;
using rehearse::Scenario;

// The lines of a story: each says what is given, what people do, or what comes of it.
class ScenarioFile {
 public:
  ScenarioFile(const ScenarioNames& names, Errors& errors)
      : words_(names, errors), errors_(errors) {}

  std::vector<Scenario> read(const Setting& file) {
    SettingsReader reader(file);
    const Setting* given = reader.map("given");
    const Setting* scenarios = reader.map("scenarios");
    if (scenarios == nullptr) reader.error("\"scenarios\" is missing");
    const Errors found = reader.finish();
    errors_.insert(errors_.end(), found.begin(), found.end());
    if (given != nullptr) {
      for (const auto& [name, story] : std::get<Setting::Map>(given->value))
        beginnings_[name] = rounds(story);
    }
    std::vector<Scenario> all;
    if (scenarios == nullptr) return all;
    for (const auto& [name, story] : std::get<Setting::Map>(scenarios->value)) {
      all.push_back({name, words_.shown_by(story, name), rounds(story), story.where});
      if (all.back().rounds.empty() || all.back().rounds.back().expected.empty())
        words_.error(story, "ends without a \"then\": nothing is expected");
    }
    return all;
  }

 private:
  std::vector<Round> rounds(const Setting& story) {
    std::vector<Round> rounds;
    const auto* lines = std::get_if<Setting::List>(&story.value);
    if (lines == nullptr || lines->empty()) {
      words_.error(story, "expected a list of lines: given, when, then");
      return rounds;
    }
    for (const Setting& line : *lines) {
      const auto* map = std::get_if<Setting::Map>(&line.value);
      if (map == nullptr) {
        words_.error(line, "expected given, when or then");
        continue;
      }
      for (const auto& [word, value] : *map) add(word, value, rounds);
    }
    return rounds;
  }

  void add(const std::string& word, const Setting& value, std::vector<Round>& rounds) {
    if (word == "then") {
      if (rounds.empty()) return words_.error(value, "nothing has happened yet");
      for (const Setting* one : each(value)) {
        const auto more = words_.then(*one);
        auto& all = rounds.back().expected;
        all.insert(all.end(), more.begin(), more.end());
      }
      return;
    }
    if (word != "given" && word != "when") {
      return words_.error(
          value, "expected given, when or then" + did_you_mean(word, {"given", "when", "then"}));
    }
    if (const auto* name = std::get_if<Setting::Text>(&value.value); name && word == "given")
      return begin(value, *name, rounds);
    if (rounds.empty() || !rounds.back().expected.empty()) rounds.emplace_back();
    for (const Setting* one : each(value))
      rounds.back().steps.push_back(word == "given" ? words_.given(*one) : words_.when(*one));
  }

  // A beginning that several scenarios share: what is expected there is expected in each.
  void begin(const Setting& at, const std::string& name, std::vector<Round>& rounds) {
    const auto found = beginnings_.find(name);
    if (found == beginnings_.end()) {
      std::vector<std::string> names;
      for (const auto& [one, story] : beginnings_) names.push_back(one);
      return words_.error(at, "unknown beginning \"" + name + "\"" + did_you_mean(name, names));
    }
    rounds.insert(rounds.end(), found->second.begin(), found->second.end());
    rounds.emplace_back();
  }

  static std::vector<const Setting*> each(const Setting& value) {
    const auto* list = std::get_if<Setting::List>(&value.value);
    if (list == nullptr) return {&value};
    std::vector<const Setting*> all;
    for (const Setting& one : *list) all.push_back(&one);
    return all;
  }

  ScenarioWords words_;
  Errors& errors_;
  std::map<std::string, std::vector<Round>> beginnings_;
};

}  // namespace

std::vector<Scenario> read_scenarios(const Setting& file, const ScenarioNames& names,
                                     Errors& errors) {
  return ScenarioFile(names, errors).read(file);
}

}  // namespace saksbro::load
