#include "bridge/store/sqlite/solutions.h"

#include <cstdint>
#include <set>

#include "bridge/search/norwegian.h"
#include "bridge/store/sqlite/cases.h"

namespace saksbro::store::solutions {
namespace {

struct Solved {
  std::string organisation;
  std::string title;
  std::string text;
  std::string solution;
  friend bool operator==(const Solved&, const Solved&) = default;
};

// One status a line: no status has a line break in it.
std::string written(const std::set<core::Status>& statuses) {
  std::string lines;
  for (const core::Status& status : statuses) lines += status.text() + "\n";
  return lines;
}

std::set<core::Status> read_statuses(const std::string& lines) {
  std::set<core::Status> statuses;
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = lines.find('\n', begin);
    statuses.emplace(lines.substr(begin, end - begin));
    begin = end + 1;
  }
  return statuses;
}

SolutionSource source_of(Connection& connection) {
  Query query = connection.query("SELECT solution, organisation, statuses FROM solution_source");
  if (!query.next()) return {};
  return {query.text(0), query.text(1), read_statuses(query.text(2))};
}

bool is_kept_from(Connection& connection, const SolutionSource& source) {
  return connection
      .query(
          "SELECT 1 FROM solution_source WHERE reading = ? AND solution = ? AND organisation = ? "
          "AND statuses = ?",
          search::kReading, source.solution, source.organisation, written(source.statuses))
      .next();
}

std::string value_of(const core::Case& one, const std::string& name) {
  const auto found = one.values.find(name);
  return found == one.values.end() ? "" : found->second;
}

std::optional<Solved> solved(const SolutionSource& source, const core::Case& one) {
  const std::string solution = source.solution.empty() ? "" : value_of(one, source.solution);
  // Whoever may not open the ticket must not read its words on another one.
  if (solution.empty() || core::is_confidential(one)) return std::nullopt;
  if (!one.closed && !source.statuses.contains(one.status)) return std::nullopt;
  return Solved{source.organisation.empty() ? "" : value_of(one, source.organisation),
                value_of(one, "title"), value_of(one, "text"), solution};
}

std::optional<Solved> kept(Connection& connection, const CaseNumber& number) {
  Query query = connection.query(
      "SELECT organisation, title, text, solution FROM solved_cases WHERE number = ?", number);
  if (!query.next()) return std::nullopt;
  return Solved{query.text(0), query.text(1), query.text(2), query.text(3)};
}

std::set<std::string> stems_of(const Solved& one) {
  const search::NorwegianReader reader;
  std::set<std::string> stems;
  for (const std::string* text : {&one.title, &one.text, &one.solution}) {
    for (search::Word& word : reader.words_in(*text)) {
      if (word.english != word.stem) stems.insert(search::english_form(word.english));
      stems.insert(std::move(word.stem));
    }
  }
  return stems;
}

void remember(Connection& connection, const CaseNumber& number, const Solved& one) {
  connection.run(
      "INSERT INTO solved_cases (number, organisation, owner, title, text, solution) "
      "VALUES (?, ?, ?, ?, ?, ?)",
      number, one.organisation, owner_word(one.organisation), one.title, one.text, one.solution);
  connection.run(
      "INSERT INTO solution_index (rowid, title, text, solution, owner) "
      "SELECT id, title, text, solution, owner FROM solved_cases WHERE number = ?",
      number);
  for (const std::string& stem : stems_of(one)) {
    connection.run(
        "INSERT INTO solution_words (word, backwards, cases) VALUES (?, ?, 1) "
        "ON CONFLICT (word) DO UPDATE SET cases = cases + 1",
        stem, search::backwards(stem));
  }
  connection.run("UPDATE solution_source SET cases = cases + 1");
}

// FTS5 must be told what it once read, to take it out.
// https://sqlite.org/fts5.html#the_delete_command
void forget(Connection& connection, const CaseNumber& number, const Solved& one) {
  connection.run(
      "INSERT INTO solution_index (solution_index, rowid, title, text, solution, owner) "
      "SELECT 'delete', id, title, text, solution, owner FROM solved_cases WHERE number = ?",
      number);
  connection.run("DELETE FROM solved_cases WHERE number = ?", number);
  for (const std::string& stem : stems_of(one)) {
    connection.run("UPDATE solution_words SET cases = cases - 1 WHERE word = ?", stem);
    connection.run("DELETE FROM solution_words WHERE word = ? AND cases <= 0", stem);
  }
  connection.run("UPDATE solution_source SET cases = cases - 1");
}

void update(Connection& connection, const SolutionSource& source, const core::Case& after) {
  const std::optional<Solved> now = solved(source, after);
  const std::optional<Solved> before = kept(connection, after.number);
  if (now == before) return;
  if (before) forget(connection, after.number, *before);
  if (now) remember(connection, after.number, *now);
}

void forget_all(Connection& connection) {
  connection.execute("INSERT INTO solution_index (solution_index) VALUES ('delete-all')");
  connection.execute("DELETE FROM solved_cases");
  connection.execute("DELETE FROM solution_words");
}

// One case at a time: all of them may be more than the memory holds. A case whose record nobody can
// read has no solution to tell; it is not for this to stop a service.
void gather(Connection& connection, const SolutionSource& source) {
  std::vector<CaseNumber> numbers;
  {
    Query query = connection.query("SELECT number FROM cases ORDER BY seq");
    while (query.next()) numbers.emplace_back(query.text(0));
  }
  for (const CaseNumber& number : numbers) {
    const auto one = cases::load(connection, number);
    if (one && *one) update(connection, source, **one);
  }
}

}  // namespace

// FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/). Two names may share a word: the search
// compares the names themselves, too.
std::string owner_word(const std::string& organisation) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char byte : organisation)
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
  return "owner" + std::to_string(hash);
}

void keep_from(Connection& connection, const SolutionSource& source) {
  if (is_kept_from(connection, source)) return;
  connection.execute("BEGIN IMMEDIATE");
  forget_all(connection);
  connection.run(
      "UPDATE solution_source SET reading = ?, solution = ?, organisation = ?, statuses = ?, "
      "cases = 0",
      search::kReading, source.solution, source.organisation, written(source.statuses));
  gather(connection, source);
  connection.execute("COMMIT");
}

void keep(Connection& connection, const core::Case& after) {
  update(connection, source_of(connection), after);
}

}  // namespace saksbro::store::solutions
