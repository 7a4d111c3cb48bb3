// A ticket with 5,000 entries is read, and written to, in bounded time. The entries are put into
// the servers' databases: by their API that would take a quarter of an hour.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/connected.h"
#include "tests/rig/eventually.h"
#include "tests/rig/process.h"
#include "tests/rig/redmine_user.h"
#include "tests/rig/rt_user.h"

namespace saksbro::e2e {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;
using testing::HasSubstr;

constexpr int kEntries = 5'000;

// Runs a statement that uses the table n(i) of the numbers to kEntries.
void insert(const std::filesystem::path& database, const std::string& statements) {
  const std::string numbers =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<" +
      std::to_string(kEntries) + ") ";
  std::string sql = statements;
  for (auto at = sql.find("@n"); at != std::string::npos; at = sql.find("@n"))
    sql.replace(at, 2, numbers);
  const auto done = rig::run({"sqlite3", database.string(), ".timeout 10000", sql}, seconds(30));
  ASSERT_EQ(done.exit_code, 0) << done.output;
}

struct Timed {
  Ticket ticket;
  seconds took{};
};

Timed timed(const Connected& system, const Action& action) {
  const auto began = steady_clock::now();
  Ticket ticket = system.perform(action);
  return {std::move(ticket), std::chrono::duration_cast<seconds>(steady_clock::now() - began)};
}

AddComment comment(int ticket) {
  return {RemoteKey(std::to_string(ticket)), "Fremdeles her. [SAK-2026-00001/7]",
          "[SAK-2026-00001/7]", Visibility::internal};
}

TEST(RealRedmine, ReadsAnIssueWithFiveThousandJournals) {
  const rig::RealRedmine server;
  const int id = rig::RedmineUser(server, "per").open("Skriveren står", "Den svarer ikke.");
  insert(server.folder() / "run/redmine.sqlite3",
         "@n INSERT INTO journals (journalized_id, journalized_type, user_id, notes, created_on, "
         "private_notes) SELECT " +
             std::to_string(id) +
             ", 'Issue', (SELECT author_id FROM issues WHERE id=" + std::to_string(id) +
             "), 'Hendelse ' || i || '" + std::string(200, '.') + "', datetime('now'), 0 FROM n");
  const std::string marker = server.world()["custom_fields"]["Saksbro-nøkkel"].dump();
  const Connected desk("redmine",
                       {set("url", server.url()), set("key", Secret(server.key("bro"))),
                        set("project", "saksportal"), set("tracker", "Sak"),
                        set("custom_fields", Setting::Map{set("Saksbro-nøkkel", marker)}),
                        set("marker_field", "Saksbro-nøkkel")});
  const Timed read = timed(desk, ReadTicket{RemoteKey(std::to_string(id))});
  EXPECT_EQ(read.ticket.comments.size(), kEntries);
  EXPECT_LT(read.took, rig::kPatience * seconds(60));
  const Timed written = timed(desk, comment(id));
  EXPECT_THAT(written.ticket.comments.back().text, HasSubstr("Fremdeles her."));
  EXPECT_LT(written.took, rig::kPatience * seconds(120));
}

TEST(RealRt, ReadsATicketWithFiveThousandTransactionsAtItsBeginningAndItsEnd) {
  const rig::RealRt server;
  const int id =
      rig::RtUser(server, "leif").open("Leveranse", "Databasen svarer ikke", "Siden 06:40.");
  const std::string ticket = std::to_string(id);
  insert(server.folder() / "run/rt.sqlite3",
         "BEGIN; @n INSERT INTO Transactions (ObjectType, ObjectId, TimeTaken, Type, Data, "
         "Creator, Created) "
         "SELECT 'RT::Ticket', " +
             ticket + ", 0, 'Comment', 'x', (SELECT Creator FROM Tickets WHERE id=" + ticket +
             "), datetime('now') FROM n; "
             "INSERT INTO Attachments (TransactionId, Parent, ContentType, ContentEncoding, "
             "Content, Headers, "
             "Creator, Created) SELECT id, 0, 'text/plain', 'none', 'Hendelse ' || id || '" +
             std::string(200, '.') + "', '', Creator, Created FROM Transactions WHERE ObjectId=" +
             ticket + " AND ObjectType='RT::Ticket' AND Type='Comment'; COMMIT;");
  const Connected op("rt", {set("url", server.url()), set("token", Secret(server.token("bro"))),
                            set("queue", "Leveranse"), set("marker_field", "Saksbro-nøkkel")});
  const Timed read = timed(op, ReadTicket{RemoteKey(ticket)});
  EXPECT_THAT(read.ticket.text, HasSubstr("Siden 06:40."));
  EXPECT_GE(read.ticket.comments.size(), 990U);
  EXPECT_THAT(read.ticket.comments.back().text,
              HasSubstr("Hendelse " + read.ticket.comments.back().id.substr(1)));
  EXPECT_LT(read.took, rig::kPatience * seconds(60));
  const Timed written = timed(op, comment(id));
  EXPECT_THAT(written.ticket.comments.back().text, HasSubstr("Fremdeles her."));
  EXPECT_LT(written.took, rig::kPatience * seconds(120));
}

}  // namespace
}  // namespace saksbro::e2e
