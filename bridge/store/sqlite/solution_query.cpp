#include "bridge/store/sqlite/solution_query.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "bridge/search/norwegian.h"
#include "bridge/store/sqlite/compounds.h"

namespace saksbro::store::solutions {
namespace {

// What a hit is worth. Found by trying on the table in tests/store/solution_quality_test.cpp.
constexpr double kWord = 1.0;
constexpr double kStem = 0.95;
constexpr double kSureCompound = 0.85;
constexpr double kLikelyCompound = 0.75;
constexpr double kPart = 0.45;  // of a compound: two of them are nearly the whole
constexpr double kBody = 0.5;   // below a title: there is more of it, and less to the point
// The words that say most are enough; a long text would ask for half the index.
constexpr int kWordsMost = 8;
constexpr int kUnheardMost = 6;
// Each word is looked up in the index: of a description of 1 MB, those at its beginning.
constexpr std::size_t kLookedUpMost = 400;
constexpr int kBodyBehind = 4;  // a word of the title comes before one of the text, if not by much
constexpr int kManyAtLeast = 2'000;
constexpr int kManyShare = 25;  // of all cases: one in so many

struct Asked {  // a word of the query, once
  std::string plain;
  std::string stem;
  std::string english;
  bool in_body = false;  // below a title
};

struct Phrase {
  std::vector<std::string> alternatives;
  int part = -1;
  double worth = 1;
};

struct Weighed {
  std::vector<Phrase> phrases;  // none: no case has it
  double weight = 0;
  bool in_body = false;
  int cases = 0;  // that have it, or a compound of it
};

// How much a word says: the fewer cases have it, the more.
double rarity(int cases, int all) { return std::log1p(static_cast<double>(all) / (1 + cases)); }

std::vector<Asked> asked_for(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  const std::size_t title_end = std::min(text.find('\n', begin), text.size());
  const bool has_title = text.find_first_not_of(" \t\r\n", title_end) != text.npos;
  std::vector<Asked> asked;
  std::map<std::string, std::size_t> known;
  const search::NorwegianReader reader;
  for (const search::Word& word : reader.words_in(text)) {
    if (asked.size() >= kLookedUpMost) break;
    if (!known.emplace(word.stem, asked.size()).second) continue;
    asked.push_back({word.plain, word.stem, word.english, has_title && word.begin >= title_end});
  }
  return asked;
}

std::vector<std::string> words_of(const std::vector<KnownWord>& known) {
  std::vector<std::string> words;
  for (const KnownWord& one : known) words.push_back(one.word);
  return words;
}

int cases_of(const std::vector<KnownWord>& known) {
  int cases = 0;
  for (const KnownWord& one : known) cases += one.cases;
  return cases;
}

Weighed weigh(Connection& connection, const Asked& word, int all) {
  Weighed weighed;
  const auto put = [&](std::vector<std::string> alternatives, double worth, int part = -1) {
    if (!alternatives.empty()) weighed.phrases.push_back({std::move(alternatives), part, worth});
  };
  int cases = cases_with(connection, word.stem);
  if (cases > 0) {
    put({word.stem}, kStem);
    if (word.plain != word.stem) put({word.plain}, kWord);
  }
  const int english = cases_with(connection, search::english_form(word.english));
  if (english > 0 && (cases == 0 || word.english != word.stem)) put({word.english}, kStem);
  cases = std::max(cases, english);
  const Compounds compounds = compounds_of(connection, word.stem);
  put(words_of(compounds.sure), kSureCompound);
  put(words_of(compounds.likely), kLikelyCompound);
  cases += cases_of(compounds.sure) + cases_of(compounds.likely);
  Parts parts = parts_of(connection, word.stem);
  put(std::move(parts.verb), kLikelyCompound);
  for (std::size_t at = 0; at < parts.nouns.size(); ++at)
    put(std::move(parts.nouns[at]), kPart, static_cast<int>(at));
  weighed.weight = (word.in_body ? kBody : 1) * rarity(std::min(cases, all), all);
  weighed.in_body = word.in_body;
  weighed.cases = cases;
  return weighed;
}

std::string quoted(const std::vector<std::string>& alternatives) {
  std::string text = "\"";
  for (const std::string& one : alternatives) text += (text.size() > 1 ? " " : "") + one;
  return text + "\"";
}

void put(IndexQuery& query, const Weighed& word, int number) {
  std::string phrases;
  for (const Phrase& phrase : word.phrases) {
    phrases += (phrases.empty() ? "" : " OR ") + quoted(phrase.alternatives);
    query.worths.push_back({number, phrase.part, phrase.worth, word.weight});
  }
  query.any += (number == 0 ? "" : " OR ") + phrases;
  query.all += (number == 0 ? "(" : " AND (") + phrases + ")";
}

int count_of_solved(Connection& connection) {
  Query query = connection.query("SELECT cases FROM solution_source");
  return query.next() ? static_cast<int>(query.integer(0)) : 0;
}

// Looking up the kin of a word takes a while: only of those that may be among the best.
std::vector<Asked> worth_weighing(Connection& connection, std::vector<Asked> asked) {
  std::vector<std::pair<int, Asked>> known;
  std::vector<Asked> chosen;
  for (Asked& word : asked) {
    const int cases = std::max(cases_with(connection, word.stem),
                               cases_with(connection, search::english_form(word.english)));
    if (cases > 0) {
      known.emplace_back(word.in_body ? cases * kBodyBehind : cases, std::move(word));
    } else if (chosen.size() < static_cast<std::size_t>(kUnheardMost)) {
      chosen.push_back(std::move(word));
    }
  }
  std::stable_sort(known.begin(), known.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  if (known.size() > static_cast<std::size_t>(kWordsMost)) known.resize(kWordsMost);
  for (auto& [cases, word] : known) chosen.push_back(std::move(word));
  return chosen;
}

// Words that many cases have find too many of them: they are asked for only when no other is, and
// then all together.
void leave_common_out(std::vector<Weighed>& words, int many) {
  const auto rare = [&](const Weighed& word) { return word.cases <= many; };
  const bool some = std::any_of(words.begin(), words.end(), [&](const Weighed& word) {
    return !word.phrases.empty() && rare(word);
  });
  if (some) std::erase_if(words, [&](const Weighed& word) { return !rare(word); });
}

}  // namespace

IndexQuery index_query(Connection& connection, std::string_view text) {
  const int all = count_of_solved(connection);
  IndexQuery query;
  if (all == 0) return query;
  std::vector<Weighed> words;
  for (const Asked& word : worth_weighing(connection, asked_for(text)))
    words.push_back(weigh(connection, word, all));
  std::stable_sort(words.begin(), words.end(),
                   [](const Weighed& a, const Weighed& b) { return a.weight > b.weight; });
  const int many = std::max(kManyAtLeast, all / kManyShare);
  leave_common_out(words, many);
  query.together = std::any_of(words.begin(), words.end(),
                               [&](const Weighed& word) { return word.cases > many; });
  int number = 0;
  int unheard = 0;
  for (const Weighed& word : words) {
    if (!word.phrases.empty() && number < kWordsMost) put(query, word, number++);
    // A text below a title has names and greetings that no case needs to have.
    if (word.phrases.empty() && !word.in_body && unheard++ < kUnheardMost)
      query.unheard += word.weight;
  }
  return query;
}

}  // namespace saksbro::store::solutions
