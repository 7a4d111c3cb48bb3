#include "bridge/load/process_names.h"

#include <algorithm>

#include "bridge/contract/nearest.h"
#include "bridge/core/text/text.h"
#include "bridge/load/calendar.h"

namespace saksbro::load {
namespace {

template <class Names>
std::vector<std::string> texts(const Names& names) {
  std::vector<std::string> all;
  for (const auto& name : names) all.push_back(name.text());
  return all;
}

template <class Map>
std::vector<std::string> keys(const Map& map) {
  std::vector<std::string> all;
  for (const auto& [name, value] : map) all.push_back(name);
  return all;
}

}  // namespace

const std::string* text_of(const Setting& setting) {
  const auto* text = std::get_if<Setting::Text>(&setting.value);
  return text != nullptr && !text->empty() ? text : nullptr;
}

void ProcessNames::error(const Setting& at, const std::string& what) {
  errors_.push_back({at.where, at.path + ": " + what});
}

void ProcessNames::collect(SettingsReader& reader) {
  const Errors found = reader.finish();
  errors_.insert(errors_.end(), found.begin(), found.end());
}

void ProcessNames::add_text(const std::string& name, const core::Words& words, const Setting& at) {
  texts_[name] = words;
  mentions_.texts.push_back({words, at.where, at.path});
}

std::optional<core::Status> ProcessNames::status(const Setting& at, const std::string& name) {
  const core::Status status{name};
  if (std::find(statuses_.begin(), statuses_.end(), status) != statuses_.end()) return status;
  error(at, "unknown status \"" + name + "\"" + did_you_mean(name, texts(statuses_)));
  return std::nullopt;
}

std::optional<core::ActivityId> ProcessNames::activity(const Setting& at, const std::string& name) {
  if (std::find(activities_.begin(), activities_.end(), name) != activities_.end())
    return core::ActivityId{name};
  error(at, "unknown activity \"" + name + "\"" + did_you_mean(name, activities_));
  return std::nullopt;
}

std::optional<SystemName> ProcessNames::one_of(const Setting& at, const std::string& name,
                                               const std::set<SystemName>& systems,
                                               const char* what) {
  const SystemName system{name};
  if (systems.contains(system)) return system;
  error(at,
        std::string("unknown ") + what + " \"" + name + "\"" + did_you_mean(name, texts(systems)));
  return std::nullopt;
}

std::optional<SystemName> ProcessNames::tracker(const Setting& at, const std::string& name) {
  return one_of(at, name, known_.systems, "system");
}

std::optional<SystemName> ProcessNames::tracker_or_party(const Setting& at,
                                                         const std::string& name) {
  if (parties_.contains(SystemName{name})) return SystemName{name};
  std::set<SystemName> all = known_.systems;
  all.insert(parties_.begin(), parties_.end());
  return one_of(at, name, all, "system");
}

std::optional<SystemName> ProcessNames::channel(const Setting& at, const std::string& name) {
  return one_of(at, name, known_.channels, "channel");
}

std::optional<core::Question> ProcessNames::question(const Setting& at, const std::string& name) {
  const auto found = questions_.find(name);
  if (found != questions_.end()) return found->second;
  error(at, "unknown decision \"" + name + "\"" + did_you_mean(name, keys(questions_)));
  return std::nullopt;
}

core::Words ProcessNames::text(const Setting& at, const std::string& name) {
  const auto found = texts_.find(name);
  if (found != texts_.end()) return found->second;
  error(at, "unknown text \"" + name + "\"" + did_you_mean(name, keys(texts_)));
  return {};
}

core::Words ProcessNames::text_at(const Setting& map, SettingsReader& reader, const char* key) {
  const std::string name = reader.text(key);
  return name.empty() ? core::Words{} : text(*map.find(key), name);
}

std::optional<core::Span> ProcessNames::span(const Setting& at) { return read_span(at, errors_); }

void ProcessNames::check_word(const Setting& at, const std::string& value,
                              const std::string& word) {
  const auto known = values_.find(value);
  if (known == values_.end() || known->second.words.empty()) return;
  const auto& words = known->second.words;
  if (std::find(words.begin(), words.end(), word) != words.end()) return;
  error(at, "unknown word \"" + word + "\" for " + value + did_you_mean(word, words));
}

// "alvorlighet is kritisk", "... is not ...", "operator.number is known"
std::optional<core::Condition> ProcessNames::condition(const Setting& at) {
  const std::string* text = text_of(at);
  const std::size_t is = text == nullptr ? std::string::npos : text->find(" is ");
  if (is == std::string::npos) {
    error(at, "expected \"VALUE is WORD\", \"VALUE is not WORD\" or \"VALUE is known\"");
    return std::nullopt;
  }
  core::Condition condition;
  condition.value = core::trimmed(text->substr(0, is));
  std::string word(core::trimmed(text->substr(is + 4)));
  if (word.starts_with("not ")) {
    condition.negated = true;
    word = core::trimmed(word.substr(4));
  }
  if (word != "known") {
    condition.is = word;
    check_word(at, condition.value, word);
  }
  reads_value(at, condition.value);
  return condition;
}

core::Conditions ProcessNames::conditions(const Setting& map, SettingsReader& reader) {
  const Setting* setting = map.find("if");
  if (setting == nullptr) {
    (void)reader.text_or("if", "");
    return {};
  }
  core::Conditions all;
  if (std::holds_alternative<Setting::List>(setting->value)) {
    for (const Setting& one : std::get<Setting::List>(reader.list("if")->value)) {
      if (auto read = condition(one)) all.push_back(std::move(*read));
    }
    return all;
  }
  (void)reader.text_or("if", "");
  if (auto read = condition(*setting)) all.push_back(std::move(*read));
  return all;
}

std::vector<core::Role> ProcessNames::roles(const Setting& map, SettingsReader& reader,
                                            const char* key,
                                            const std::vector<core::Role>& fallback) {
  const Setting* setting = map.find(key);
  if (setting == nullptr) {
    (void)reader.text_or(key, "");
    return fallback;
  }
  if (text_of(*setting) != nullptr) {
    mentions_role(*setting, reader.text(key));
    return {core::Role{*text_of(*setting)}};
  }
  std::vector<core::Role> roles;
  for (const std::string& name : names(reader.list(key), "the name of a role"))
    roles.emplace_back(name);
  for (const core::Role& role : roles) mentions_role(*setting, role.text());
  return roles;
}

std::vector<std::string> ProcessNames::names(const Setting* list, const char* expected) {
  std::vector<std::string> all;
  if (list == nullptr) return all;
  for (const Setting& item : std::get<Setting::List>(list->value)) {
    if (const auto* text = text_of(item)) {
      all.push_back(*text);
    } else {
      error(item, std::string("expected ") + expected);
    }
  }
  return all;
}

void ProcessNames::reads_value(const Setting& at, const std::string& name) {
  mentions_.values.push_back({name, at.where, at.path});
}

void ProcessNames::keeps_value(const Setting& at, const std::string& name,
                               const std::string& word) {
  mentions_.kept.insert(name);
  if (word.starts_with('{') && word.ends_with('}')) {
    reads_value(at, word.substr(1, word.size() - 2));
  } else if (word != "text" && word != "text or nothing" && word != "nothing") {
    check_word(at, name, word);
  }
}

void ProcessNames::hears(const Setting& at, const std::string& signal) {
  mentions_.signals.push_back({signal, at.where, at.path});
}

void ProcessNames::mentions_role(const Setting& at, const std::string& role) {
  if (!role.empty()) mentions_.roles.push_back({role, at.where, at.path});
}

}  // namespace saksbro::load
