// `values:` of a process: the case values that it names, and the words that they are limited to.
#include "bridge/core/text/text.h"
#include "bridge/load/process_names.h"

namespace saksbro::load {
namespace {

class ProcessValues {
 public:
  ProcessValues(Mentions& mentions, Errors& errors, ProcessNames& names)
      : mentions_(mentions), errors_(errors), names_(names) {}

  core::CaseValue read(const std::string& name, const Setting& setting) {
    SettingsReader reader(setting);
    core::CaseValue value;
    if (const Setting* title = reader.any("title"))
      value.title = read_words(*title, mentions_, errors_);
    read_listed_words(reader, value);
    read_owner(name, setting, reader, value);
    value.in_note = reader.flag_or("in note", false);
    const std::string role = reader.text_or("names", "");
    if (!role.empty()) {
      names_.mentions_role(*setting.find("names"), role);
      value.names = core::Role{role};
    }
    names_.collect(reader);
    return value;
  }

 private:
  using Taken = std::map<std::string, std::string>;  // in small letters -> the word it stands for

  void read_owner(const std::string& name, const Setting& setting, SettingsReader& reader,
                  core::CaseValue& value) {
    const std::string owner = reader.text_or("owner", "");
    if (owner.empty()) return;
    const Setting& at = *setting.find("owner");
    mentions_.owners.push_back({name, {owner, at.where, at.path}});
    value.owner = SystemName{owner};
  }

  // [info, kritisk], or with what people read for each: { kritisk: { nb: kritisk, en: critical } }
  void read_listed_words(SettingsReader& reader, core::CaseValue& value) {
    const Setting* words = reader.any("words");
    if (words == nullptr) return;
    const auto* titled = std::get_if<Setting::Map>(&words->value);
    if (titled == nullptr) {
      value.words = names_.names(reader.list("words"), "a word that the value may be");
      return;
    }
    if (titled->empty())
      names_.error(*words, "expected the words that the value may be, each with its title");
    Taken taken;
    for (const auto& [word, setting] : *titled) taken.emplace(core::lower(word), word);
    for (const auto& [word, setting] : *titled) {
      const core::Words title = read_words(setting, mentions_, errors_);
      takes(taken, word, title.nb, setting, "nb");
      takes(taken, word, title.en, setting, "en");
      value.words.push_back(word);
      value.word_titles[word] = title;
    }
  }

  // What people type must stand for one word, whatever the language they read.
  void takes(Taken& taken, const std::string& word, const std::string& title, const Setting& at,
             const char* language) {
    if (title.empty()) return;  // told already
    const auto [before, fresh] = taken.emplace(core::lower(core::trimmed(title)), word);
    if (fresh || before->second == word) return;
    const Setting* own = at.find(language);
    names_.error(own == nullptr ? at : *own,
                 "\"" + title + "\" stands for " + before->second + " already");
  }

  Mentions& mentions_;
  Errors& errors_;
  ProcessNames& names_;
};

}  // namespace

void read_values(const Setting* map, core::Process& process, Mentions& mentions, Errors& errors,
                 ProcessNames& names) {
  if (map == nullptr) return;
  ProcessValues values(mentions, errors, names);
  for (const auto& [name, setting] : std::get<Setting::Map>(map->value)) {
    core::CaseValue value = values.read(name, setting);
    names.add_value(name, value);
    process.values[name] = std::move(value);
  }
}

}  // namespace saksbro::load
