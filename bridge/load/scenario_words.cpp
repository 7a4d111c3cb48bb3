#include <algorithm>

#include "bridge/contract/nearest.h"
#include "bridge/core/text/text.h"
#include "bridge/load/process_names.h"
#include "bridge/load/scenario_file.h"

namespace saksbro::load {
namespace {

using rehearse::Acts;
using rehearse::Step;

const std::set<std::string> kActWords{"who", "at", "says", "to", "status", "attaches"};
const std::set<std::string> kRegisterWords{"registered", "by", "at", "text", "attaches"};

template <class Names>
std::vector<std::string> texts_of(const Names& names) {
  std::vector<std::string> all;
  for (const auto& name : names) all.push_back(name.text());
  return all;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (!has(names, name)) names.push_back(name);
}

const Setting::Map& entries(const Setting& line) {
  static const Setting::Map kNone;
  const auto* map = std::get_if<Setting::Map>(&line.value);
  return map == nullptr ? kNone : *map;
}

// The way in which people would say it: a command can carry words, a status has them beside it.
const core::Cue* best_cue(const core::SystemMapping& system, const core::Signal& signal) {
  const auto cues = system.signals.find(signal);
  if (cues == system.signals.end()) return nullptr;
  using Kind = core::Cue::Kind;
  for (const Kind kind : {Kind::command, Kind::status, Kind::reply, Kind::comment, Kind::field}) {
    for (const core::Cue& cue : cues->second) {
      if (cue.kind == kind && (kind != Kind::command || cue.language == system.language))
        return &cue;
    }
  }
  return &cues->second.front();
}

void use(const core::Cue& cue, const core::SystemMapping& system, const std::string& words,
         Acts& acts) {
  switch (cue.kind) {
    case core::Cue::Kind::command:
      acts.says = (cue.language == core::Language::nb ? "/sak " : "/case ") + cue.what +
                  (words.empty() ? "" : " " + words);
      acts.to = Visibility::internal;
      return;
    case core::Cue::Kind::status:
      acts.status = system.status_words.at(core::Status{cue.what});
      acts.says = words;
      return;
    case core::Cue::Kind::field:
      acts.fields[cue.what] = cue.is;
      acts.says = words;
      return;
    case core::Cue::Kind::reply:
      acts.says = cue.what + (words.empty() ? "" : ", " + words);
      return;
    case core::Cue::Kind::comment:
      acts.says = words;
      return;
    case core::Cue::Kind::change:  // the field gets the words: they are its new value
      for (const core::ReadField& read : system.reads) {
        if (read.value == cue.what) acts.fields[read.field] = words;
      }
      return;
  }
}

}  // namespace

ScenarioWords::ScenarioWords(const ScenarioNames& names, Errors& errors)
    : names_(names), errors_(errors), channels_(texts_of(names.channels)) {
  const core::Mapping& mapping = names.mapping;
  for (const core::Process& process : mapping.processes) {
    for (const core::ActivityId& id : process.order) activities_.push_back(id.text());
    for (const core::Status& status : process.statuses) add_once(statuses_, status.text());
    for (const auto& [role, title] : process.roles) add_once(roles_, role.text());
  }
  for (const auto& [name, system] : mapping.systems) {
    systems_.push_back(name.text());
    for (const core::RoleRule& rule : system.roles) add_once(roles_, rule.role.text());
    for (const auto& [signal, cues] : system.signals) add_once(signals_, signal.text());
  }
  for (const core::Organisation& one : mapping.organisations) organisations_.push_back(one.id);
  values_.assign(names.values.begin(), names.values.end());
}

void ScenarioWords::error(const Setting& at, const std::string& what) {
  errors_.push_back({at.where, at.path + ": " + what});
}

void ScenarioWords::known(const Setting& at, const std::string& what, const std::string& name,
                          const std::vector<std::string>& names) {
  if (!has(names, name))
    error(at, "unknown " + what + " \"" + name + "\"" + did_you_mean(name, names));
}

std::string ScenarioWords::text(const Setting& line, const char* key) const {
  const Setting* setting = line.find(key);
  const std::string* found = setting == nullptr ? nullptr : text_of(*setting);
  return found == nullptr ? "" : *found;
}

std::vector<core::ActivityId> ScenarioWords::shown_by(const Setting& at, const std::string& name) {
  std::vector<core::ActivityId> shown;
  std::string_view rest = name;
  while (true) {
    const std::string* longest = nullptr;
    for (const std::string& id : activities_) {
      const bool fits = rest.starts_with(id) && (rest.size() == id.size() ||
                                                 rest[id.size()] == ' ' || rest[id.size()] == ',');
      if (fits && (longest == nullptr || id.size() > longest->size())) longest = &id;
    }
    if (longest == nullptr) break;
    shown.emplace_back(*longest);
    rest.remove_prefix(longest->size());
    if (!rest.starts_with(", ")) break;
    rest.remove_prefix(2);
  }
  if (shown.empty()) {
    const std::string first = name.substr(0, name.find(' '));
    error(at, "the name of a scenario begins with the activity that it shows" +
                  did_you_mean(first, activities_));
  }
  return shown;
}

// --- given, when

Step ScenarioWords::given(const Setting& line) {
  if (line.find("registered") != nullptr) return {registers(line), line.where};
  if (line.find("solved") != nullptr) return {solved_before(line), line.where};
  if (line.find("unreachable") != nullptr) return {reach(line, "unreachable"), line.where};
  error(line,
        "expected { registered: TITLE, by: ROLE }, { solved: TITLE, solution: TEXT }, or the "
        "name of a beginning");
  return {};
}

Step ScenarioWords::when(const Setting& line) {
  if (line.find("registered") != nullptr) return {registers(line), line.where};
  if (const Setting* passes = line.find("passes")) {
    const auto span = core::parse_span(text(line, "passes"));
    if (!span) error(*passes, "expected a time span: 15m, 4h, 2d, 3 working days");
    return {rehearse::Passes{span.value_or(core::Span{})}, line.where};
  }
  if (line.find("released") != nullptr)
    return {rehearse::Released{text(line, "released")}, line.where};
  for (const char* key : {"unreachable", "reachable"}) {
    if (line.find(key) != nullptr) return {reach(line, key), line.where};
  }
  if (line.find("link") != nullptr) return {follows(line), line.where};
  return {acts(line), line.where};
}

rehearse::Registers ScenarioWords::registers(const Setting& line) {
  rehearse::Registers step;
  step.title = text(line, "registered");
  step.text = text(line, "text");
  step.attaches = text(line, "attaches");
  const std::string role = text(line, "by");
  known(line, "role", role, roles_);
  step.role = core::Role{role};
  const core::SystemMapping* system = place(line, step.role, core::Signal{});
  if (system == nullptr) return step;
  step.at = system->name;
  for (const auto& [key, value] : entries(line)) {
    if (kRegisterWords.contains(key)) continue;
    set(*system, value, key, text(line, key.c_str()), step.fields);
  }
  return step;
}

rehearse::SolvedBefore ScenarioWords::solved_before(const Setting& line) {
  SettingsReader reader(line);
  core::SimilarCase other;
  other.title = reader.text("solved");
  other.solution = reader.text("solution");
  other.organisation = reader.text_or("organisation", "");
  other.number = CaseNumber{reader.text_or("number", names_.mapping.case_prefix + "-2025-00001")};
  const Errors found = reader.finish();
  errors_.insert(errors_.end(), found.begin(), found.end());
  return {other};
}

rehearse::Reach ScenarioWords::reach(const Setting& line, const char* key) {
  const SystemName system{text(line, key)};
  known(*line.find(key), "system", system.text(), systems_);
  return {system, std::string(key) == "reachable"};
}

rehearse::Follows ScenarioWords::follows(const Setting& line) {
  SettingsReader reader(line);
  core::ExternalSignal said;
  const std::string signal = reader.text("link");
  known(line, "signal", signal, signals_);
  said.signal = core::Signal{signal};
  said.role = core::Role{reader.text("by")};
  known(line, "role", said.role.text(), roles_);
  said.organisation = reader.text_or("for", "");
  if (!said.organisation.empty()) known(line, "organisation", said.organisation, organisations_);
  said.text = reader.text_or("says", "");
  said.how = {"The link in a notice", {}};
  const Errors found = reader.finish();
  errors_.insert(errors_.end(), found.begin(), found.end());
  return {said};
}

// The role is a key, and what it says its value: `{ second_line: teknisk feil }`.
const Setting* ScenarioWords::role_key(const Setting& line, std::string& role) const {
  for (const auto& [key, value] : entries(line)) {
    if (!has(roles_, key)) continue;
    role = key;
    return &value;
  }
  role = text(line, "who");
  return nullptr;
}

Acts ScenarioWords::acts(const Setting& line) {
  Acts acts;
  std::string role;
  const Setting* word = role_key(line, role);
  if (role.empty()) {
    const std::string first = entries(line).empty() ? "" : entries(line).front().key;
    error(line,
          "expected { ROLE: SIGNAL }, { ROLE: /sak COMMAND }, { who: ROLE, says: WORDS }, "
          "{ passes: TIME }, { released: VERSION } or { link: SIGNAL, by: ROLE }" +
              did_you_mean(first, roles_));
    return acts;
  }
  if (word == nullptr) known(line, "role", role, roles_);
  acts.role = core::Role{role};
  const std::string* said = word == nullptr ? nullptr : text_of(*word);
  const bool command = said != nullptr && said->starts_with('/');
  const core::Signal signal{said == nullptr || command ? "" : *said};
  if (!signal.empty()) known(*word, "signal", signal.text(), signals_);
  const core::SystemMapping* system = place(line, acts.role, signal);
  if (system == nullptr) return acts;
  acts.at = system->name;
  acts.says = text(line, "says");
  acts.attaches = text(line, "attaches");
  if (command) {
    acts.says = *said + (acts.says.empty() ? "" : "\n" + acts.says);
    acts.to = Visibility::internal;
  } else if (!signal.empty()) {
    say(acts, *word, acts.says);
  }
  if (const Setting* to = line.find("to")) {
    known(*to, "reader", text(line, "to"), {"internal", "everyone"});
    acts.to = text(line, "to") == "internal" ? Visibility::internal : Visibility::everyone;
  }
  if (const Setting* status = line.find("status")) {
    const core::Status wanted{text(line, "status")};
    const auto theirs = system->status_words.find(wanted);
    if (theirs == system->status_words.end()) {
      known(*status, "status", wanted.text(), statuses_);
    } else {
      acts.status = theirs->second;
    }
  }
  for (const auto& [key, value] : entries(line)) {
    if (kActWords.contains(key) || key == role) continue;
    set(*system, value, key, text(line, key.c_str()), acts.fields);
  }
  return acts;
}

void ScenarioWords::say(Acts& acts, const Setting& word, const std::string& words) {
  const core::SystemMapping& system = names_.mapping.known_system(acts.at);
  const core::Cue* cue = best_cue(system, core::Signal{*text_of(word)});
  if (cue != nullptr) return use(*cue, system, words, acts);
  if (has(signals_, *text_of(word)))
    error(word, "\"" + *text_of(word) + "\" cannot be sent from " + acts.at.text());
}

// Where people of that role work: the desk first, and where the signal can be said.
const core::SystemMapping* ScenarioWords::place(const Setting& line, const core::Role& role,
                                                const core::Signal& signal) {
  if (const Setting* at = line.find("at")) {
    known(*at, "system", text(line, "at"), systems_);
    const core::SystemMapping* system = names_.mapping.system(SystemName{text(line, "at")});
    if (system != nullptr && !system->has_role(role)) {
      error(*at, "no person has the role " + role.text() + " in " + system->name.text());
      return nullptr;
    }
    return system;
  }
  const core::SystemMapping* found = nullptr;
  for (const auto& [name, system] : names_.mapping.systems) {
    if (!system.has_role(role)) continue;
    if (system.follows_status) return &system;
    const bool says = signal.empty() || system.signals.contains(signal);
    if (found == nullptr && says) found = &system;
  }
  if (found == nullptr && has(roles_, role.text()))
    error(line, role.text() + " has no tracker: use another role, or a link");
  return found;
}

// A case value, in the process's words, or a field of the tracker's.
void ScenarioWords::set(const core::SystemMapping& system, const Setting& at,
                        const std::string& name, const std::string& value, Fields& fields) {
  std::vector<std::string> names;
  for (const core::ReadField& read : system.reads) {
    names.push_back(read.value);
    if (read.field == name) break;
    if (read.value != name) continue;
    std::string theirs = value;
    std::vector<std::string> words;
    for (const auto& [their_word, our_word] : read.words) {
      words.push_back(our_word);
      if (our_word == value) theirs = their_word;
    }
    if (!words.empty()) known(at, "word", value, words);
    fields[read.field] = theirs;
    return;
  }
  std::vector<std::string> theirs;
  for (const core::ReadField& read : system.reads) theirs.push_back(read.field);
  for (const core::WrittenField& written : system.writes) theirs.push_back(written.field);
  for (const auto& [signal, cues] : system.signals) {
    for (const core::Cue& cue : cues) {
      if (cue.kind == core::Cue::Kind::field) theirs.push_back(cue.what);
    }
  }
  if (has(theirs, name)) {
    fields[name] = value;
    return;
  }
  names.insert(names.end(), theirs.begin(), theirs.end());
  known(at, "value or field", name, names);
}

}  // namespace saksbro::load
