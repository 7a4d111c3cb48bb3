#include "bridge/store/sqlite/relevance.h"

#include <algorithm>
#include <array>
#include <span>

namespace saksbro::store {
namespace {

constexpr std::array kFields{1.0, 0.7, 0.4};  // title, text, solution
// k1 and b of BM25. Lower than usual: cases are short, and a field has a word or has it not.
constexpr double kSaturation = 0.4;
constexpr double kLengthCounts = 0.3;
constexpr int kPartsMost = 4;

struct Row {
  const Fts5ExtensionApi* api;
  Fts5Context* context;
  double length;  // 1: as long as cases are on average

  // How much the row's fields say of a phrase.
  [[nodiscard]] double heard(int phrase) const {
    double sum = 0;
    Fts5PhraseIter at{};
    int column = 0;
    if (api->xPhraseFirstColumn(context, phrase, &at, &column) != SQLITE_OK) return 0;
    for (; column >= 0; api->xPhraseNextColumn(context, &at, &column)) {
      if (static_cast<std::size_t>(column) < kFields.size())
        sum += kFields[static_cast<std::size_t>(column)];
    }
    if (sum <= 0) return 0;
    return sum * (1 + kSaturation) / (sum + kSaturation * length);
  }
};

double length_of(const Fts5ExtensionApi* api, Fts5Context* context) {
  sqlite3_int64 rows = 0;
  sqlite3_int64 words = 0;
  int here = 0;
  if (api->xRowCount(context, &rows) != SQLITE_OK || rows == 0) return 1;
  if (api->xColumnTotalSize(context, -1, &words) != SQLITE_OK || words == 0) return 1;
  if (api->xColumnSize(context, -1, &here) != SQLITE_OK) return 1;
  const double average = static_cast<double>(words) / static_cast<double>(rows);
  return 1 - kLengthCounts + kLengthCounts * here / average;
}

// One word of the query: its own phrases, the best of them; or its parts together.
struct Heard {
  double whole = 0;
  std::array<double, kPartsMost> parts{};

  void hear(const PhraseWorth& phrase, double much) {
    double& place = phrase.part < 0
                        ? whole
                        : parts[static_cast<std::size_t>(std::min(phrase.part, kPartsMost - 1))];
    place = std::max(place, much * phrase.worth);
  }
  [[nodiscard]] double most() const {
    double together = 0;
    for (const double part : parts) together += part;
    return std::min(1.0, std::max(whole, together));
  }
};

// Phrases of one word stand together.
double share(const Row& row, std::span<const PhraseWorth> phrases, double unheard) {
  double all = unheard;
  double got = 0;
  for (std::size_t at = 0; at < phrases.size();) {
    const PhraseWorth& first = phrases[at];
    Heard heard;
    for (; at < phrases.size() && phrases[at].word == first.word; ++at) {
      heard.hear(phrases[at], row.heard(static_cast<int>(at)));
    }
    all += first.weight;
    got += first.weight * heard.most();
  }
  return all > 0 ? got / all : 0;
}

}  // namespace

void relevance(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* answer,
               int count, sqlite3_value** values) {
  constexpr int kValues = 2;
  if (count != kValues) return sqlite3_result_error(answer, "relevance() takes two values", -1);
  const auto* phrases = static_cast<const PhraseWorth*>(sqlite3_value_blob(values[0]));
  const auto bytes = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
  const auto known = static_cast<std::size_t>(std::max(0, api->xPhraseCount(context)));
  if (phrases == nullptr || bytes != known * sizeof(PhraseWorth)) {
    return sqlite3_result_error(answer, "relevance() takes one worth for each phrase", -1);
  }
  const Row row{api, context, length_of(api, context)};
  sqlite3_result_double(answer, share(row, {phrases, known}, sqlite3_value_double(values[1])));
}

}  // namespace saksbro::store
