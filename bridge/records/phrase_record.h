// Phrases as JSON, exact both ways. Stores from before there were phrases have plain lines: they
// are read as words that no language changes.
#pragma once

#include <string>

#include "bridge/contract/phrase.h"

namespace saksbro::records {

[[nodiscard]] std::string write(const Phrases& phrases);
[[nodiscard]] Phrases read_phrases(const std::string& text);

// One alone: what is words only is written as it is.
[[nodiscard]] std::string write(const Phrase& phrase);
[[nodiscard]] Phrase read_phrase(const std::string& text);

}  // namespace saksbro::records
