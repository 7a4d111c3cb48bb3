#include "bridge/core/sync/closed_lists.h"

#include <algorithm>

#include "bridge/core/model/audience.h"
#include "bridge/core/model/memory.h"

namespace saksbro::core {
namespace {

const CaseValue* closed_list(const Unfolding& u, const std::string& value) {
  // While it is not decided which process a ticket starts, no list holds.
  if (u.state().process.empty()) return nullptr;
  const auto found = u.process().values.find(value);
  return found == u.process().values.end() || found->second.words.empty() ? nullptr
                                                                          : &found->second;
}

// As people write them there: the system's words where its table has some.
std::string known_words(const ReadField& read, const CaseValue& value) {
  std::string known;
  for (const std::string& ours : value.words) {
    std::string word = read.words.empty() ? ours : "";
    for (const auto& [theirs, meaning] : read.words) {
      if (meaning == ours) word += (word.empty() ? "" : ", ") + theirs;
    }
    if (!word.empty()) known += (known.empty() ? "" : ", ") + word;
  }
  return known;
}

void tell_unknown_word(Unfolding& u, const ReadField& read, const std::string& theirs,
                       const std::string& known) {
  const std::string memory = told_word(u.at(), read.field);
  const auto before = u.state().values.find(memory);
  if (before != u.state().values.end() && before->second == theirs) return;
  u.fact(ValueKept{memory, theirs});
  const SystemMapping& system = u.mapping().known_system(u.at());
  u.say(u.at(),
        u.text(u.mapping().texts.not_a_word, u.at(),
               {{"field", read.field}, {"value", theirs}, {"known", known}}),
        answered_for(system, Visibility::everyone), system.where);
}

}  // namespace

bool takes_word(Unfolding& u, const ReadField& read, const std::string& theirs,
                const std::string& ours) {
  const CaseValue* value = closed_list(u, read.value);
  if (value == nullptr || ours.empty()) return true;
  if (std::find(value->words.begin(), value->words.end(), ours) != value->words.end()) return true;
  const std::string known = known_words(read, *value);
  u.because("Not taken: {field} \"{value}\" is none of: {known}.",
            {{"field", read.field}, {"value", theirs}, {"known", known}});
  tell_unknown_word(u, read, theirs, known);
  return false;
}

}  // namespace saksbro::core
