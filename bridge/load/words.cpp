// Texts for people, in one language or two.
#include "bridge/load/mapping_files.h"

namespace saksbro::load {

core::Words read_words(const Setting& setting, Mentions& mentions, Errors& errors) {
  if (const auto* text = std::get_if<Setting::Text>(&setting.value); text && !text->empty())
    return {*text, *text};
  if (!std::holds_alternative<Setting::Map>(setting.value)) {
    errors.push_back({setting.where, setting.path + ": expected a text, or { nb: ..., en: ... }"});
    return {};
  }
  SettingsReader reader(setting);
  core::Words words{reader.text_or("nb", ""), reader.text_or("en", "")};
  if (words.nb.empty() && words.en.empty()) reader.error("expected { nb: ..., en: ... }");
  const Errors found = reader.finish();
  errors.insert(errors.end(), found.begin(), found.end());
  if (words.nb.empty() != words.en.empty()) {
    const bool nb = words.nb.empty();
    mentions.one_language.push_back(
        {nb ? core::Language::nb : core::Language::en, setting.where, setting.path});
    (nb ? words.nb : words.en) = nb ? words.en : words.nb;
  }
  return words;
}

core::Language read_language(SettingsReader& reader, core::Language otherwise) {
  const char* fallback = otherwise == core::Language::nb ? "nb" : "en";
  return reader.one_of("language", {"nb", "en"}, fallback) == "en" ? core::Language::en
                                                                   : core::Language::nb;
}

}  // namespace saksbro::load
