// A text in plain words, made into what the index of solutions is asked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bridge/store/sqlite/connection.h"
#include "bridge/store/sqlite/relevance.h"

namespace saksbro::store::solutions {

struct IndexQuery {
  std::string any;                  // an FTS5 expression: cases that have a word of it; or empty
  std::string all;                  // cases that have every word, with the same phrases
  bool together = false;            // many cases have each: ask for all, and only then for any
  std::vector<PhraseWorth> worths;  // of its phrases, in their order
  double unheard = 0;               // weight of the words that no case has
};

// Words of the first line of several count most: it is a title. Throws.
[[nodiscard]] IndexQuery index_query(Connection& connection, std::string_view text);

}  // namespace saksbro::store::solutions
