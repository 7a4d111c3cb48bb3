// How well a solved case answers a query: a number from 0 to 1, the share of what the query says
// that the case speaks of.
//
// BM25 (Robertson and Zaragoza 2009, https://doi.org/10.1561/1500000019) with fields, over the
// words of the query instead of FTS5's phrases: bm25() would count each form of a word for itself,
// and the rarest form the most. Divided by what a perfect case would get, because a plain BM25
// grows with the store and so has no threshold.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <vector>

namespace saksbro::store {

// One phrase of the MATCH expression, and what a hit is worth. Kept as bytes in a BLOB.
struct PhraseWorth {
  std::int32_t word = 0;   // which word of the query
  std::int32_t part = -1;  // of a compound: hits of different parts add up; -1: the whole word
  double worth = 1;        // 1: as it was asked for; less: only akin
  double weight = 1;       // of the word in the query: how much it says; the same in its phrases
  friend bool operator==(const PhraseWorth&, const PhraseWorth&) = default;
};

// relevance(solution_index, worths, unheard): `unheard` is the weight of the words of the query
// that no case has.
void relevance(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* answer,
               int count, sqlite3_value** values);

}  // namespace saksbro::store
