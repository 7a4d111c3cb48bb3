#include "bridge/store/sqlite/compounds.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "bridge/search/norwegian.h"

namespace saksbro::store::solutions {
namespace {

constexpr std::size_t kShortest = 3;  // letters of a word in a compound: "sak"
constexpr std::size_t kLong = 5;      // so long, it is seldom in another word by chance
constexpr std::size_t kRest = 4;      // letters that an unknown rest must have at least
constexpr int kLookedAt = 24;         // words that begin or end alike
constexpr std::size_t kCompoundsMost = 10;
constexpr const char* kLast = "\xF4\x8F\xBF\xBF";  // sorts behind every letter

// What verbs are made with: "innlogging" is a logging. The index has none of them as a word.
constexpr std::array kParticles =
    std::to_array<std::string_view>({"an", "av", "etter", "for", "fra", "gjen", "inn", "mot", "ned",
                                     "om", "opp", "over", "på", "til", "under", "ut", "ved"});

bool is_particle(std::string_view word) {
  return std::find(kParticles.begin(), kParticles.end(), word) != kParticles.end();
}

enum class Fit { none, likely, sure };

// Between two words of a compound may stand an s or an e, or the a that a stem has lost: "faktur".
bool is_link(char letter) { return letter == 's' || letter == 'e' || letter == 'a'; }

std::vector<std::string> without_link_behind(std::string_view part) {
  std::vector<std::string> forms{std::string(part)};
  if (!part.empty() && is_link(part.back())) forms.emplace_back(part.substr(0, part.size() - 1));
  return forms;
}

std::vector<std::string> without_link_before(std::string_view part) {
  std::vector<std::string> forms{std::string(part)};
  if (!part.empty() && is_link(part.front())) forms.emplace_back(part.substr(1));
  return forms;
}

KnownWord best_known(Connection& connection, const std::vector<std::string>& forms) {
  KnownWord best;
  for (const std::string& form : forms) {
    if (search::letters_in(form) < kShortest) continue;
    const int cases = cases_with(connection, form);
    if (cases > best.cases) best = {form, cases};
  }
  return best;
}

Fit fit(Connection& connection, const std::string& stem, const std::vector<std::string>& rests) {
  if (best_known(connection, rests).cases > 0) return Fit::sure;
  if (is_particle(rests.front()) && search::letters_in(stem) > kShortest) return Fit::likely;
  const bool likely =
      search::letters_in(stem) >= kLong && search::letters_in(rests.front()) >= kRest;
  return likely ? Fit::likely : Fit::none;
}

std::vector<KnownWord> all_of(Query query) {
  std::vector<KnownWord> words;
  while (query.next()) words.push_back({query.text(0), static_cast<int>(query.integer(1))});
  return words;
}

// "barnehage" may be in no case by itself, and yet begin some words.
struct Split {
  std::string before;  // empty: no compound
  std::string head;
  std::optional<std::string> verb;
};

Split split_of(Connection& connection, std::string_view stem) {
  Split split;
  std::size_t best = 0;
  for (std::size_t at = 1; at < stem.size(); ++at) {
    const std::string_view first = stem.substr(0, at);
    const std::string_view second = stem.substr(at);
    const KnownWord head = best_known(connection, {std::string(second)});
    if (head.cases == 0) continue;
    if (is_particle(first)) split.verb = head.word;
    const std::size_t shorter = std::min(search::letters_in(first), search::letters_in(second));
    if (shorter < kShortest || shorter <= best) continue;
    const KnownWord before = best_known(connection, without_link_behind(first));
    if (before.cases > 0) {
      split.before = before.word;
      split.head = head.word;
      best = shorter;
    } else if (split.before.empty() && shorter >= kLong) {
      split.before = first;
      split.head = head.word;
    }
  }
  return split;
}

void keep_most_used(std::vector<KnownWord>& words) {
  std::stable_sort(words.begin(), words.end(),
                   [](const KnownWord& a, const KnownWord& b) { return a.cases > b.cases; });
  if (words.size() > kCompoundsMost) words.resize(kCompoundsMost);
}

std::vector<std::string> with_compounds(Connection& connection, const std::string& word) {
  std::vector<std::string> words;
  if (cases_with(connection, word) > 0) words.push_back(word);
  const Compounds compounds = compounds_of(connection, word);
  for (const auto* some : {&compounds.sure, &compounds.likely}) {
    for (const KnownWord& one : *some) words.push_back(one.word);
  }
  return words;
}

}  // namespace

int cases_with(Connection& connection, const std::string& stem) {
  Query query = connection.query("SELECT cases FROM solution_words WHERE word = ?", stem);
  return query.next() ? static_cast<int>(query.integer(0)) : 0;
}

Compounds compounds_of(Connection& connection, const std::string& stem) {
  Compounds found;
  if (search::letters_in(stem) < kShortest) return found;
  const auto put = [&](const KnownWord& word, Fit how) {
    if (how == Fit::sure) found.sure.push_back(word);
    if (how == Fit::likely) found.likely.push_back(word);
  };
  for (const KnownWord& word :
       all_of(connection.query("SELECT word, cases FROM solution_words WHERE word > ? AND word < ? "
                               "ORDER BY cases DESC LIMIT ?",
                               stem, stem + kLast, kLookedAt))) {
    put(word, fit(connection, stem, without_link_before(word.word.substr(stem.size()))));
  }
  const std::string turned = search::backwards(stem);
  for (const KnownWord& word :
       all_of(connection.query("SELECT word, cases FROM solution_words WHERE backwards > ? "
                               "AND backwards < ? "
                               "ORDER BY cases DESC LIMIT ?",
                               turned, turned + kLast, kLookedAt))) {
    const std::string rest = word.word.substr(0, word.word.size() - stem.size());
    put(word, fit(connection, stem, without_link_behind(rest)));
  }
  keep_most_used(found.sure);
  keep_most_used(found.likely);
  return found;
}

Parts parts_of(Connection& connection, const std::string& stem) {
  const Split split = split_of(connection, stem);
  Parts parts;
  // A compound that cases have is found by itself; one that none has, by all that is akin to it.
  const bool strange = cases_with(connection, stem) == 0;
  const auto kin = [&](const std::string& part) {
    return strange || cases_with(connection, part) == 0 ? with_compounds(connection, part)
                                                        : std::vector<std::string>{part};
  };
  if (split.verb) parts.verb = with_compounds(connection, *split.verb);
  if (split.before.empty()) return parts;
  parts.nouns = {kin(split.before), kin(split.head)};
  std::erase(parts.nouns, std::vector<std::string>{});
  return parts;
}

}  // namespace saksbro::store::solutions
