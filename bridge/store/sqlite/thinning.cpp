#include "bridge/store/sqlite/thinning.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bridge/contract/ids.h"

namespace saksbro::store::thinning {
namespace {

// A commit each: other writers come in between.
constexpr int kCasesMost = 20;

// Only what is about the same ticket counts as before and after. What is no JSON stays.
constexpr const char* kThin = R"sql(
DELETE FROM facts WHERE seq IN (
  SELECT seq FROM (
    SELECT seq, seen, lag(seen) OVER ticket AS before, lead(seen) OVER ticket AS after FROM (
      SELECT seq, iif(json_valid(payload), json_extract(payload, '$.at'), '') AS place,
        iif(name = 'TicketSeen' AND json_valid(payload),
            json_remove(payload, '$.view.read_at'), NULL) AS seen
      FROM facts WHERE case_number = ?
        AND name IN ('TicketSeen', 'TicketLinked', 'TicketLost', 'TicketRenumbered'))
    WINDOW ticket AS (PARTITION BY place ORDER BY seq))
  WHERE seen = before AND seen = after)
)sql";

std::vector<std::pair<std::int64_t, CaseNumber>> next_cases(Connection& connection,
                                                            std::int64_t after) {
  std::vector<std::pair<std::int64_t, CaseNumber>> found;
  Query query = connection.query("SELECT seq, number FROM cases WHERE seq > ? ORDER BY seq LIMIT ?",
                                 after, kCasesMost);
  while (query.next()) found.emplace_back(query.integer(0), CaseNumber{query.text(1)});
  return found;
}

}  // namespace

bool thin_facts(Connection& connection) {
  std::int64_t done = 0;
  {
    Query query = connection.query(
        "SELECT CAST(value AS INTEGER) FROM memory "
        "WHERE owner = 'store' AND key = 'facts to thin'");
    if (!query.next()) return false;
    done = query.integer(0);
  }
  const auto cases = next_cases(connection, done);
  for (const auto& [seq, number] : cases) connection.run(kThin, number);
  if (cases.size() < kCasesMost) {
    connection.run("DELETE FROM memory WHERE owner = 'store' AND key = 'facts to thin'");
    return false;
  }
  connection.run("UPDATE memory SET value = ? WHERE owner = 'store' AND key = 'facts to thin'",
                 std::to_string(cases.back().first));
  return true;
}

}  // namespace saksbro::store::thinning
