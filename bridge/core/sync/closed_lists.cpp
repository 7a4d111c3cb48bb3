#include "bridge/core/sync/closed_lists.h"

#include <algorithm>

#include "bridge/core/model/audience.h"
#include "bridge/core/model/word_titles.h"

namespace saksbro::core {
namespace {

const CaseValue* closed_list(const DecisionBuilder& b, const std::string& value) {
  // While it is not decided which process a ticket starts, no list holds.
  if (b.state().process.empty()) return nullptr;
  const auto found = b.process().values.find(value);
  return found == b.process().values.end() || found->second.words.empty() ? nullptr
                                                                          : &found->second;
}

// As people write them there: the system's words where its table has some.
std::string known_words(const DecisionBuilder& b, const ReadField& read, const CaseValue& value) {
  const Language language = b.language_of(b.at());
  std::string known;
  for (const std::string& ours : value.words) {
    std::string word =
        read.words.empty() ? title_of_word(b.process(), read.value, ours, language) : "";
    for (const auto& [theirs, meaning] : read.words) {
      if (meaning == ours) word += (word.empty() ? "" : ", ") + theirs;
    }
    if (!word.empty()) known += (known.empty() ? "" : ", ") + word;
  }
  return known;
}

void tell_unknown_word(DecisionBuilder& b, const ReadField& read, const std::string& theirs,
                       const std::string& known) {
  const auto& told = memory_of(b.state().memory, b.at()).refused_words;
  const auto before = told.find(read.field);
  if (before != told.end() && before->second == theirs) return;
  b.remember(RefusedWordTold{b.at(), read.field, theirs});
  const SystemMapping& system = b.mapping().known_system(b.at());
  b.say(b.at(),
        b.text(b.mapping().texts.not_a_word, b.at(),
               {{"field", read.field}, {"value", theirs}, {"known", known}}),
        answered_for(system, Visibility::everyone), system.where);
}

}  // namespace

bool takes_word(DecisionBuilder& b, const ReadField& read, const std::string& theirs,
                const std::string& ours) {
  const CaseValue* value = closed_list(b, read.value);
  if (value == nullptr || ours.empty()) return true;
  if (std::find(value->words.begin(), value->words.end(), ours) != value->words.end()) return true;
  const std::string known = known_words(b, read, *value);
  b.because("Not used: {field} \"{value}\" is none of: {known}.",
            {{"field", read.field}, {"value", theirs}, {"known", known}});
  tell_unknown_word(b, read, theirs, known);
  return false;
}

}  // namespace saksbro::core
