// Something that is said to people, in no language yet: a sentence with named arguments, as in
// gettext. The English sentence is the key of its translations; who shows it chooses the language.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bridge/contract/ids.h"

namespace saksbro {

// The English sentence, "Enters {activity}.": written out where it is used, so that a test finds it
// there and asks for its Norwegian. What a variable holds is an argument.
class Sentence {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): a sentence stands as it is in the call.
  consteval Sentence(const char* text) : text_(text) {}
  [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

struct Phrase {
  // The name of an argument tells what it is: {role}, {activity}, {system}, {status} and {signal}
  // are ids of the process, shown by their titles; {system.winner} is a system as well; {place} and
  // {file} are of the mapping.
  using Args = std::map<std::string, Phrase, std::less<>>;

  // For those who leave some out: what an outcome or an echo says of our own writes, what was not
  // done because its condition does not hold, that there is nothing new, and what waits for words.
  enum class Kind { news, own_write, condition, nothing_new, waits };

  Phrase() = default;
  Phrase(Sentence sentence, Args arguments, std::string_view line = {}, Kind sort = Kind::news)
      : say(sentence.text()), args(std::move(arguments)), where(line), kind(sort) {}
  // Words that stay as they are in every language: a name, a number, what a person typed.
  // NOLINTBEGIN(google-explicit-constructor): arguments are such words.
  Phrase(std::string text) : words(std::move(text)) {}
  Phrase(const char* text) : words(text) {}
  template <class Tag>
  Phrase(const Id<Tag>& id) : words(id.text()) {}
  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] bool empty() const { return say.empty() && words.empty(); }
  friend bool operator==(const Phrase& one, const Phrase& other);

  std::string say;  // the English sentence; empty: `words` are all
  std::string words;
  Args args;
  std::string where;  // the mapping line behind it: "mappings/m1.yaml:41:3"
  Kind kind = Kind::news;
};

using Phrases = std::vector<Phrase>;

// How a language says it: the sentence in place of the English one, and what a word that stands as
// an argument is called: ("role", "second_line") -> "2. linje".
struct Tongue {
  std::function<std::string(const std::string& sentence)> sentence;
  std::function<std::string(std::string_view argument, const std::string& word)> word;
  std::function<std::string(const std::string& where)> place;
};

// A phrase with a mapping line bears it before its full stop: "Enters M.1.3.1 (m1.yaml:169:3)."
[[nodiscard]] std::string spoken(const Phrase& phrase, const Tongue& tongue);

// With all ids as they are. Of several: a line each.
[[nodiscard]] std::string in_english(const Phrase& phrase);
[[nodiscard]] std::string in_english(const Phrases& phrases);

}  // namespace saksbro
