// What people read, and may type, for the words of a closed list (`words:` of the process).
#pragma once

#include <string>

#include "bridge/core/model/mapping.h"

namespace saksbro::core {

// The word's title; the word itself where it has none.
[[nodiscard]] std::string title_of_word(const Process& process, const std::string& value,
                                        const std::string& word, Language language);

// Of a word that may be in any of the process's lists.
[[nodiscard]] std::string title_of_word(const Process& process, const std::string& word,
                                        Language language);

// The process's word for a title of it, whatever the language, or for the word itself in capitals;
// what was typed where no title of the value fits. `process` empty: it is not decided yet, and any
// process's list counts.
[[nodiscard]] std::string listed_word(const Mapping& mapping, const ProcessId& process,
                                      const std::string& value, const std::string& typed);

}  // namespace saksbro::core
