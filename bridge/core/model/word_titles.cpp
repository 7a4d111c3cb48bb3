#include "bridge/core/model/word_titles.h"

#include <algorithm>

#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

std::string listed_in(const Process& process, const std::string& value, const std::string& typed) {
  const auto known = process.values.find(value);
  if (known == process.values.end()) return "";
  const std::vector<std::string>& words = known->second.words;
  if (std::find(words.begin(), words.end(), typed) != words.end()) return typed;
  const std::string low = lower(trimmed(typed));
  for (const auto& [word, title] : known->second.word_titles) {
    if (low == lower(word) || low == lower(trimmed(title.nb)) || low == lower(trimmed(title.en)))
      return word;
  }
  return "";
}

}  // namespace

std::string title_of_word(const Process& process, const std::string& value, const std::string& word,
                          Language language) {
  const auto known = process.values.find(value);
  if (known == process.values.end()) return word;
  const auto title = known->second.word_titles.find(word);
  return title == known->second.word_titles.end() ? word : title->second.in(language);
}

std::string title_of_word(const Process& process, const std::string& word, Language language) {
  for (const auto& [name, value] : process.values) {
    const auto title = value.word_titles.find(word);
    if (title != value.word_titles.end()) return title->second.in(language);
  }
  return word;
}

std::string listed_word(const Mapping& mapping, const ProcessId& process, const std::string& value,
                        const std::string& typed) {
  for (const Process& one : mapping.processes) {
    if (!process.empty() && one.id != process) continue;
    const std::string word = listed_in(one, value, typed);
    if (!word.empty()) return word;
  }
  return typed;
}

}  // namespace saksbro::core
