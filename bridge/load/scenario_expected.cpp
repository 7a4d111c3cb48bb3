#include <algorithm>
#include <array>

#include "bridge/contract/nearest.h"
#include "bridge/load/process_names.h"
#include "bridge/load/scenario_file.h"

namespace saksbro::load {
namespace {

using rehearse::Expected;
using Kind = Expected::Kind;

struct Word {
  const char* key;
  Kind kind;
  const char* names;      // what its words are; "": anything
  const char* modifiers;  // that may stand beside it
};

constexpr std::array<Word, 23> kWords{{
    {"activity", Kind::activity, "activity", ""},
    {"status", Kind::status, "status", " at "},
    {"passed", Kind::passed, "activity", ""},
    {"ticket", Kind::ticket, "system", " title says "},
    {"no ticket", Kind::no_ticket, "system", ""},
    {"note", Kind::note, "system", " says "},
    {"said", Kind::said, "system", " says to times "},
    {"nothing said", Kind::nothing_said, "system", ""},
    {"notice", Kind::notice, "", " title says times "},
    {"no notice", Kind::no_notice, "", ""},
    {"alert", Kind::alert, "channel", " title says times "},
    {"no alert", Kind::no_alert, "", ""},
    {"told", Kind::told, "organisation", ""},
    {"not told", Kind::not_told, "organisation", ""},
    {"seen", Kind::seen, "organisation", ""},
    {"informed", Kind::informed, "organisation", ""},
    {"not informed", Kind::not_informed, "organisation", ""},
    {"deviation", Kind::deviation, "", ""},
    {"value", Kind::value, "value", " is "},
    {"field", Kind::field, "", " at is "},
    {"waits for", Kind::waits_for, "value", ""},
    {"file", Kind::file, "", " at "},
    {"no file", Kind::no_file, "", " at "},
}};
constexpr std::array<const char*, 6> kModifiers{"at", "title", "says", "is", "to", "times"};

const Word* word_of(const std::string& key) {
  const auto* found =
      std::find_if(kWords.begin(), kWords.end(), [&](const Word& one) { return one.key == key; });
  return found == kWords.end() ? nullptr : found;
}

bool takes(std::string_view modifiers, const std::string& key) {
  return modifiers.find(" " + key + " ") != modifiers.npos;
}

bool modifies(const std::string& key) {
  return std::find(kModifiers.begin(), kModifiers.end(), key) != kModifiers.end();
}

std::vector<std::string> names_in(const Setting& value) {
  std::vector<std::string> names;
  if (const auto* list = std::get_if<Setting::List>(&value.value)) {
    for (const Setting& one : *list) {
      if (const auto* text = text_of(one)) names.push_back(*text);
    }
  } else if (const auto* text = text_of(value)) {
    names.push_back(*text);
  }
  return names;
}

std::string list_of(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

}  // namespace

void ScenarioWords::check_named(const Setting& at, const std::string& kind,
                                const std::string& name) {
  if (kind == "activity") known(at, kind, name, activities_);
  if (kind == "status") known(at, kind, name, statuses_);
  if (kind == "system") known(at, kind, name, systems_);
  if (kind == "channel") known(at, kind, name, channels_);
  if (kind == "organisation") known(at, kind, name, organisations_);
  if (kind == "value" && name != "nothing") known(at, kind, name, values_);
}

Expected ScenarioWords::expected(const Setting& line, const std::string& key,
                                 const Setting& value) {
  const Word& word = *word_of(key);
  Expected expected;
  expected.kind = word.kind;
  expected.where = value.where;
  expected.what = names_in(value);
  if (expected.what.empty()) {
    error(value, "expected a name");
    expected.what.emplace_back();
  }
  for (const std::string& name : expected.what) check_named(value, word.names, name);
  expected.told = key + " " + list_of(expected.what);
  for (const char* modifier : kModifiers) {
    const std::string words = text(line, modifier);
    if (!words.empty() && takes(word.modifiers, modifier))
      expected.told += std::string(", ") + modifier + " \"" + words + "\"";
  }
  const auto modifier = [&](const char* name) {
    return takes(word.modifiers, name) ? text(line, name) : "";
  };
  expected.at = SystemName{modifier("at")};
  if (!expected.at.empty()) known(*line.find("at"), "system", expected.at.text(), systems_);
  expected.title = modifier("title");
  expected.says = modifier("says");
  expected.is = modifier("is") == "nothing" ? "" : modifier("is");
  if (const std::string to = modifier("to"); !to.empty()) {
    known(*line.find("to"), "reader", to, {"internal", "everyone"});
    expected.to = to == "internal" ? Visibility::internal : Visibility::everyone;
  }
  if (const std::string times = modifier("times"); !times.empty()) {
    const auto number = parse_whole_number(times);
    if (!number || *number < 1) error(*line.find("times"), "expected a number");
    expected.times = static_cast<int>(number.value_or(1));
  }
  const bool none = (word.kind == Kind::deviation && expected.what.front() == "none") ||
                    (word.kind == Kind::waits_for && expected.what.front() == "nothing");
  if (none) expected.what.clear();
  return expected;
}

std::vector<Expected> ScenarioWords::then(const Setting& line) {
  std::vector<Expected> all;
  const auto* map = std::get_if<Setting::Map>(&line.value);
  std::string modifiers = " ";
  if (map != nullptr) {
    for (const auto& [key, value] : *map) {
      if (modifies(key)) continue;
      if (const Word* word = word_of(key)) {
        all.push_back(expected(line, key, value));
        modifiers += word->modifiers;
        continue;
      }
      std::vector<std::string> keys;
      for (const Word& one : kWords) keys.emplace_back(one.key);
      error(value, "unknown expectation" + did_you_mean_one_of(key, keys));
      return all;
    }
    for (const auto& [key, value] : *map) {
      if (modifies(key) && !takes(modifiers, key))
        error(value, "nothing on this line has \"" + key + "\"");
    }
  }
  if (all.empty()) error(line, "expected a result: activity, status, ticket, said, ...");
  return all;
}

}  // namespace saksbro::load
