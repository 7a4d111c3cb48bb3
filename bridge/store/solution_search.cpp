// Asks the index of solutions.
#include "bridge/store/solution_query.h"
#include "bridge/store/solutions.h"

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

// Of the cases that have the words, so many are weighed, the newest: it bounds the time.
constexpr int kWeighed = 1'000;

struct Bounds {
  double least;
  std::optional<std::string> only;  // this organisation's
  std::string first;                // this organisation's before all others; empty: none's
  int most;
};

std::vector<core::SimilarCase> matching(Connection& connection, const IndexQuery& asked,
                                        const std::string& match, const Bounds& bounds) {
  const std::string_view worths{reinterpret_cast<const char*>(asked.worths.data()),
                                asked.worths.size() * sizeof(PhraseWorth)};
  Query query = connection.query(
      "WITH heard AS MATERIALIZED (SELECT rowid AS id, relevance(solution_index, ?1, ?2) AS much "
      "FROM solution_index WHERE solution_index MATCH ?3 ORDER BY rowid DESC LIMIT ?9), "
      "found AS MATERIALIZED (SELECT number, title, solution, organisation, much "
      "FROM heard JOIN solved_cases USING (id) "
      "WHERE much >= ?4 AND (?5 IS NULL OR organisation = ?5)) "
      "SELECT number, title, solution, organisation FROM found "
      "WHERE much >= ?6 * (SELECT max(much) FROM found) "
      "ORDER BY (?7 <> '' AND organisation = ?7) DESC, much DESC, number DESC LIMIT ?8",
      Bytes{worths}, asked.unheard, match, bounds.least, bounds.only, kBesideTheBest, bounds.first,
      bounds.most, kWeighed);
  std::vector<core::SimilarCase> found;
  while (query.next()) {
    found.push_back({CaseNumber{query.text(0)}, query.text(1), query.text(2), query.text(3)});
  }
  return found;
}

std::vector<core::SimilarCase> search(Connection& connection, std::string_view text,
                                      const Bounds& bounds) {
  const IndexQuery asked = index_query(connection, text);
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
  Bounds bounds{kLeastOfASuggestion, std::nullopt, organisation, most};
  if (!across) {
    // Whose case it is, is not known: any other one might be another organisation's.
    if (organisation.empty() && has_organisations(connection)) return {};
    bounds.only = organisation;
  }
  return search(connection, text, bounds);
}

std::vector<core::SimilarCase> asked(Connection& connection, const std::string& query,
                                     const std::optional<std::string>& organisation, int most) {
  return search(connection, query, {kLeastOfAnAnswer, organisation, "", most});
}

}  // namespace saksbro::store::solutions
