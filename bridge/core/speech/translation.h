// Phrases in Norwegian and in English, by the process's own titles.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bridge/contract/phrase.h"
#include "bridge/core/model/mapping.h"
#include "bridge/core/text/language.h"

namespace saksbro::core {

// None: nobody has translated it. A test finds those that stand in the code.
[[nodiscard]] std::optional<std::string_view> norwegian(std::string_view sentence);

// Whether the phrase has that text in it, in Norwegian or in English; ASCII letters of either case.
[[nodiscard]] bool says(const Phrase& phrase, std::string_view text);

// Says roles, systems and activities by the titles that they have in `process`. Both must outlive
// what comes back.
[[nodiscard]] Tongue tongue(Language language, const Mapping& mapping, const Process& process);

}  // namespace saksbro::core
