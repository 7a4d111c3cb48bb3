// Which words of the index are made of a word, or a word of them: Norwegian writes compounds as one
// ("fakturagodkjenning", and with a link, "saksbehandler"). Judged by the words that solved cases
// have, so it learns with them; no dictionary knows "remitteringsfil".
#pragma once

#include <string>
#include <vector>

#include "bridge/store/sqlite/connection.h"

namespace saksbro::store::solutions {

struct KnownWord {
  std::string word;  // a stem
  int cases = 0;     // that have it
};

// In how many solved cases; 0: in none.
[[nodiscard]] int cases_with(Connection& connection, const std::string& stem);

// Compounds that begin or end with `stem`, those in most cases first.
struct Compounds {
  std::vector<KnownWord> sure;  // the rest is a word of its own
  std::vector<KnownWord> likely;
};
[[nodiscard]] Compounds compounds_of(Connection& connection, const std::string& stem);

// What `stem` is made of, as far as it is known; each part with the compounds that it is in.
struct Parts {
  std::vector<std::vector<std::string>> nouns;  // of "fakturagodkjenn": { "faktura", ... }, { ... }
  std::vector<std::string> verb;                // of "innlogg": "logg", "pålogg"
};
[[nodiscard]] Parts parts_of(Connection& connection, const std::string& stem);

}  // namespace saksbro::store::solutions
