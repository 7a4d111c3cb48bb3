// Asks the index of solutions.
#include <algorithm>

#include "bridge/store/sqlite/solution_query.h"
#include "bridge/store/sqlite/solutions.h"

namespace saksbro::store::solutions {
namespace {

// Shares of what was asked for (relevance.h). A person who asks sees for himself; what nobody asked
// for must be good, as a bad suggestion is worse than none. Chosen on the tables in
// tests/store/solutions: from 0.40 to 0.45 no wrong case is suggested there, and 18 of 25 right
// ones are; at 0.30 one of six is wrong. Answers to questions are the same from 0.10 to 0.35.
constexpr double kLeastOfAnAnswer = 0.15;
constexpr double kLeastOfASuggestion = 0.42;
// Where one case has all that was asked for, those that have half of it are in the way.
constexpr double kBesideTheBest = 0.6;

// Of the cases that have the words and may be seen, so many are weighed, the newest: it bounds the
// time.
constexpr int kWeighed = 1'000;

struct Bounds {
  double least;
  std::optional<std::string> only;  // this organisation's
  int most;
};

// Its phrase is the last, and worth nothing to the ranking.
void only_of(const std::string& organisation, std::string& match,
             std::vector<PhraseWorth>& worths) {
  match = "(" + match + ") AND owner : \"" + owner_word(organisation) + "\"";
  worths.push_back({-1, -1, 0, 0});
}

std::vector<core::SimilarCase> matching(Connection& connection, const IndexQuery& asked,
                                        std::string match, const Bounds& bounds) {
  std::vector<PhraseWorth> worths = asked.worths;
  if (bounds.only) only_of(*bounds.only, match, worths);
  const std::string_view bytes{reinterpret_cast<const char*>(worths.data()),
                               worths.size() * sizeof(PhraseWorth)};
  Query query = connection.query(
      "WITH heard AS MATERIALIZED (SELECT rowid AS id, relevance(solution_index, ?1, ?2) AS much "
      "FROM solution_index WHERE solution_index MATCH ?3 ORDER BY rowid DESC LIMIT ?4) "
      "SELECT number, title, solution, organisation FROM heard JOIN solved_cases USING (id) "
      "WHERE much >= ?5 AND much >= ?6 * (SELECT max(much) FROM heard) "
      "AND (?7 IS NULL OR organisation = ?7) ORDER BY much DESC, number DESC LIMIT ?8",
      Bytes{bytes}, asked.unheard, match, kWeighed, bounds.least, kBesideTheBest, bounds.only,
      bounds.most);
  std::vector<core::SimilarCase> found;
  while (query.next()) {
    found.push_back({CaseNumber{query.text(0)}, query.text(1), query.text(2), query.text(3)});
  }
  return found;
}

std::vector<core::SimilarCase> search(Connection& connection, const IndexQuery& asked,
                                      const Bounds& bounds) {
  if (asked.any.empty() || bounds.most <= 0) return {};
  if (asked.together) {
    std::vector<core::SimilarCase> found = matching(connection, asked, asked.all, bounds);
    if (!found.empty()) return found;
  }
  return matching(connection, asked, asked.any, bounds);
}

bool has_organisations(Connection& connection) {
  Query query = connection.query("SELECT 1 FROM solution_source WHERE organisation <> ''");
  return query.next();
}

}  // namespace

std::vector<core::SimilarCase> similar(Connection& connection, const std::string& text,
                                       const std::string& organisation, bool across, int most) {
  // Whose case it is may not be known: any other one might be another organisation's.
  const bool has_own = !organisation.empty() || !has_organisations(connection);
  const IndexQuery asked = index_query(connection, text);
  std::vector<core::SimilarCase> found;
  if (has_own) found = search(connection, asked, {kLeastOfASuggestion, organisation, most});
  if (!across || static_cast<int>(found.size()) >= most) return found;
  for (core::SimilarCase& one : search(connection, asked, {kLeastOfASuggestion, {}, most})) {
    const bool known = std::find(found.begin(), found.end(), one) != found.end();
    if (!known && static_cast<int>(found.size()) < most) found.push_back(std::move(one));
  }
  return found;
}

std::vector<core::SimilarCase> asked(Connection& connection, const std::string& query,
                                     const std::optional<std::string>& organisation, int most) {
  return search(connection, index_query(connection, query), {kLeastOfAnAnswer, organisation, most});
}

}  // namespace saksbro::store::solutions
