#include "bridge/core/translation.h"

#include <algorithm>

#include "bridge/core/sentences.h"

namespace saksbro::core {
namespace {

std::optional<std::string_view> among(std::span<const Translation> all, std::string_view sentence) {
  const auto found = std::lower_bound(
      all.begin(), all.end(), sentence,
      [](const Translation& one, std::string_view wanted) { return one.english < wanted; });
  if (found == all.end() || found->english != sentence) return std::nullopt;
  return found->norwegian;
}

std::string called(std::string_view argument, const std::string& word, Language language,
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
  const auto ours = among(sentences_of_the_bridge(), sentence);
  return ours ? ours : among(sentences_of_trackers(), sentence);
}

Tongue tongue(Language language, const Mapping& mapping, const Process& process) {
  return {[language](const std::string& sentence) {
            const auto ours =
                language == Language::nb ? norwegian(sentence) : std::optional<std::string_view>{};
            return ours ? std::string(*ours) : sentence;
          },
          [language, &mapping, &process](std::string_view argument, const std::string& word) {
            return called(argument, word, language, mapping, process);
          },
          [](const std::string& where) { return where; }};
}

}  // namespace saksbro::core
