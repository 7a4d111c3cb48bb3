#include "bridge/core/speech/translation.h"

#include <algorithm>

#include "bridge/core/speech/sentences.h"

namespace saksbro::core {
namespace {

std::optional<std::string_view> among(std::span<const Translation> all, std::string_view sentence) {
  const auto found = std::lower_bound(
      all.begin(), all.end(), sentence,
      [](const Translation& one, std::string_view wanted) { return one.english < wanted; });
  if (found == all.end() || found->english != sentence) return std::nullopt;
  return found->norwegian;
}

std::string lower_ascii(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

std::string word_called(std::string_view argument, const std::string& word, Language language,
                        const Mapping& mapping, const Process& process) {
  const std::string_view kind = argument.substr(0, argument.find('.'));
  if (kind == "role") {
    const Words* title = process.title_of(Role{word});
    return title == nullptr || title->in(language).empty() ? word : title->in(language);
  }
  if (kind == "system") {
    const SystemMapping* system = mapping.system(SystemName{word});
    return system == nullptr || system->title.in(language).empty() ? word
                                                                   : system->title.in(language);
  }
  if (argument == "activity.titled") {
    const auto activity = process.activities.find(ActivityId{word});
    if (activity == process.activities.end()) return word;
    const std::string& title = activity->second.title.in(language);
    return title.empty() || title == word ? word : word + " " + title;
  }
  return word;
}

}  // namespace

std::optional<std::string_view> norwegian(std::string_view sentence) {
  for (const auto all : {sentences_of_the_bridge(), sentences_of_trackers(), sentences_of_the_way(),
                         sentences_of_the_command_line()}) {
    if (const auto ours = among(all, sentence)) return ours;
  }
  return std::nullopt;
}

bool says(const Phrase& phrase, std::string_view text) {
  const Tongue norsk{[](const std::string& sentence) {
                       const auto ours = norwegian(sentence);
                       return ours ? std::string(*ours) : sentence;
                     },
                     [](std::string_view, const std::string& word) { return word; },
                     [](const std::string& where) { return where; }};
  const std::string wanted = lower_ascii(text);
  return lower_ascii(in_english(phrase)).find(wanted) != std::string::npos ||
         lower_ascii(spoken(phrase, norsk)).find(wanted) != std::string::npos;
}

Tongue tongue(Language language, const Mapping& mapping, const Process& process) {
  return {[language](const std::string& sentence) {
            const auto ours =
                language == Language::nb ? norwegian(sentence) : std::optional<std::string_view>{};
            return ours ? std::string(*ours) : sentence;
          },
          [language, &mapping, &process](std::string_view argument, const std::string& word) {
            return word_called(argument, word, language, mapping, process);
          },
          [](const std::string& where) { return where; }};
}

}  // namespace saksbro::core
