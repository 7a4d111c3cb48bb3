#include "bridge/contract/phrase.h"

namespace saksbro {
namespace {

std::string argument(const Phrase& phrase, std::string_view name, const Tongue& tongue) {
  const auto found = phrase.args.find(name);
  if (found == phrase.args.end()) return "";
  if (!found->second.say.empty()) return spoken(found->second, tongue);
  return tongue.word(name, found->second.words);
}

// What an argument says is not looked at again: braces in it are a person's.
std::string filled(std::string_view sentence, const Phrase& phrase, const Tongue& tongue) {
  std::string text;
  while (!sentence.empty()) {
    const std::size_t open = sentence.find('{');
    const std::size_t close = open == sentence.npos ? open : sentence.find('}', open);
    if (close == sentence.npos) break;
    text += sentence.substr(0, open);
    text += argument(phrase, sentence.substr(open + 1, close - open - 1), tongue);
    sentence.remove_prefix(close + 1);
  }
  return text.append(sentence);
}

}  // namespace

bool operator==(const Phrase& one, const Phrase& other) {
  return one.say == other.say && one.words == other.words && one.args == other.args &&
         one.where == other.where && one.kind == other.kind;
}

std::string spoken(const Phrase& phrase, const Tongue& tongue) {
  std::string text =
      phrase.say.empty() ? phrase.words : filled(tongue.sentence(phrase.say), phrase, tongue);
  if (phrase.where.empty()) return text;
  const bool stopped = text.ends_with('.');
  if (stopped) text.pop_back();
  return text + " (" + tongue.place(phrase.where) + ")" + (stopped ? "." : "");
}

std::string in_english(const Phrase& phrase) {
  static const Tongue kEnglish{[](const std::string& sentence) { return sentence; },
                               [](std::string_view, const std::string& word) { return word; },
                               [](const std::string& where) { return where; }};
  return spoken(phrase, kEnglish);
}

std::string in_english(const Phrases& phrases) {
  std::string lines;
  for (const Phrase& one : phrases) lines += (lines.empty() ? "" : "\n") + in_english(one);
  return lines;
}

}  // namespace saksbro
