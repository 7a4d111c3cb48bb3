// M.1 and M.2 with a desk and an operator in Jira and a 3rd line in GitLab: what people do there,
// and what they see of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "tests/e2e/jira_gitlab_world.h"
#include "tests/rig/eventually.h"

namespace saksbro::e2e {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using rig::eventually;
using testing::HasSubstr;
using testing::Not;

constexpr auto kSoon = 40s;

void sees_status(const JiraGitlabWorld& world, const std::string& issue,
                 const std::string& status) {
  eventually(status + " on " + issue, kSoon,
             [&] { return world.desk_issue(issue).at("status").at("name") == status; });
}

void kari_reads(const JiraGitlabWorld& world, const std::string& issue, const std::string& part) {
  eventually("\"" + part + "\" on " + issue, kSoon,
             [&] { return some_have(world.desk_comments(issue), part); });
}

void petter_reads(const JiraGitlabWorld& world, const std::string& issue, const std::string& part) {
  eventually("\"" + part + "\" in the portal", kSoon,
             [&] { return some_have(world.customers_comments(issue), part); });
}

std::size_t times(const std::vector<std::string>& texts, const std::string& part) {
  return static_cast<std::size_t>(
      std::count_if(texts.begin(), texts.end(),
                    [&](const std::string& text) { return text.find(part) != text.npos; }));
}

void forwarded_to_third_line(const JiraGitlabWorld& world, const std::string& issue) {
  kari_reads(world, issue, "Status NY: M.1.1.2");
  world.desk_status(issue, "In Progress");
  kari_reads(world, issue, "Status UNDER ARBEID: M.1.1.3");
  world.desk_note(issue, "Ligner på det i mai.\n/sak videresend 3. linje");
  eventually("an issue in 3rd line", kSoon, [&] { return !world.ola_sees("").empty(); });
  sees_status(world, issue, "Pending");
  kari_reads(world, issue, "Brukerstøtte 3. linje: #1 ");
}

TEST(JiraAndGitlab, AFunctionalFaultGoesToThirdLineAndComesBackSolved) {
  const JiraGitlabWorld world;
  world.saksbro->start();
  const std::string issue = world.register_issue("Faktura feiler", "Summen blir feil.");
  forwarded_to_third_line(world, issue);
  const json theirs = world.ola_sees("/1");
  EXPECT_EQ(theirs.at("title"), "Faktura feiler");
  EXPECT_THAT(theirs.at("description").get<std::string>(), HasSubstr("Summen blir feil."));
  EXPECT_THAT(theirs.at("description").get<std::string>(), Not(HasSubstr("i mai")));
  EXPECT_EQ(world.desk_issue(issue).at("customfield_10042"), "#1");

  world.ola_says(1, "Vi ser på beregningen.");
  kari_reads(world, issue, "Svar fra Brukerstøtte 3. linje (#1):");
  world.ola_says(1, "/sak løst Beregningen er rettet.");
  sees_status(world, issue, "Resolved");
  petter_reads(world, issue, "Beregningen er rettet.");
  EXPECT_FALSE(some_have(world.customers_comments(issue), "Vi ser på beregningen"));
  EXPECT_FALSE(some_have(world.customers_comments(issue), "i mai"));

  world.customer_says(issue, "/sak overlevert");
  petter_reads(world, issue, "M.1.2.5");
  world.customer_says(issue, "/sak bekreftet Det stemmer nå.");
  petter_reads(world, issue, "M.1.2.6");
  world.customer_says(issue, "/sak lukk");
  sees_status(world, issue, "Closed");
  eventually("3rd line's issue is closed", kSoon,
             [&] { return world.ola_sees("/1").at("state") == "closed"; });
  world.settled();
  EXPECT_EQ(world.ola_sees("").size(), 1U);
  EXPECT_EQ(times(world.customers_comments(issue), "Beregningen er rettet."), 1U);
  world.expect_kept_contracts();
}

TEST(JiraAndGitlab, NothingIsDoneTwiceWhereAnswersAreLostAndSearchesLag) {
  const JiraGitlabWorld world;
  world.saksbro->start();
  const auto lose = [](const rig::Simulator& at, const std::string& method,
                       const std::string& path) {
    at.order("faults", {{"do", "lose_answer"}, {"method", method}, {"path", path}});
  };
  world.desk.order("settings", {{"search_lag", 5}});
  lose(world.desk, "POST", "/transitions$");
  lose(world.desk, "POST", "/comment$");
  lose(world.desk, "PUT", "/issue/");
  lose(world.third_line, "POST", "/projects/2/issues$");
  lose(world.third_line, "POST", "/notes$");
  const std::string issue = world.register_issue("Faktura feiler", "Summen blir feil.");
  forwarded_to_third_line(world, issue);
  eventually("the case note in 3rd line", kSoon,
             [&] { return !world.ola_sees("/1/notes").empty(); });
  world.ola_says(1, "/sak løst Rettet.");
  petter_reads(world, issue, "Rettet.");
  sees_status(world, issue, "Resolved");
  world.settled();
  EXPECT_EQ(world.ola_sees("").size(), 1U);
  EXPECT_EQ(world.ola_sees("/1/notes").size(), 2U) << "the case note, and ola's";
  EXPECT_EQ(times(world.customers_comments(issue), "Løsning på saken"), 1U);
  EXPECT_EQ(times(world.desk_comments(issue), "Status LØST"), 1U) << "one case note";
  world.expect_kept_contracts();
}

TEST(JiraAndGitlab, FilesGoToThirdLineAndBackToTheCustomerOnce) {
  const JiraGitlabWorld world;
  world.saksbro->start();
  const std::string issue = world.register_issue("Faktura feiler", "Summen blir feil.");
  world.customer_attaches(issue, "summen.txt", "1 + 1 = 3");
  forwarded_to_third_line(world, issue);
  const std::string brought = *eventually("the file in 3rd line", kSoon, [&] {
    const json notes = world.ola_sees("/1/notes");
    std::optional<std::string> found;
    for (const json& note : notes)
      if (const std::string body = note.at("body"); body.find("/uploads/") != body.npos)
        found = body;
    return found;
  });
  EXPECT_THAT(brought, HasSubstr("Vedlegg fra Sak hos kundens brukerstøtte"));
  EXPECT_THAT(brought, HasSubstr("[summen.txt]"));
  EXPECT_EQ(world.ola_opens(brought), "1 + 1 = 3");
  world.desk.order("faults", {{"do", "lose_answer"}, {"method", "POST"}, {"path", "/attachment$"}});
  world.ola_says(1, "Se loggen: " + world.ola_uploads("logg.txt", "regel 7: +1"));
  eventually("both files at the desk", kSoon, [&] { return world.desk_files(issue).size() >= 2; });
  petter_reads(world, issue, "logg.txt");
  world.settled();
  EXPECT_THAT(world.desk_files(issue),
              testing::ElementsAre("summen.txt: 1 + 1 = 3", "logg.txt: regel 7: +1"));
  EXPECT_EQ(world.desk.look("faults").at("orders").at(0).at("hits"), 1);
  world.expect_kept_contracts();
}

TEST(JiraAndGitlab, ATechnicalFaultGoesThroughTheOperatorsWorkflow) {
  const JiraGitlabWorld world;
  world.saksbro->start();
  const std::string issue = world.register_issue("Får ikke logget inn", "Feilmelding 4711.");
  kari_reads(world, issue, "Status NY: M.1.1.2");
  world.desk_status(issue, "In Progress");
  world.desk_note(issue, "/sak videresend drift");
  kari_reads(world, issue, "Driftsleverandøren: OPS-1 ");
  EXPECT_EQ(world.operators_issue("OPS-1").at("customfield_10101"), issue);
  kari_reads(world, issue, "/sak info nei");
  world.desk_note(issue, "/sak info nei");
  world.at_operator("/OPS-1/status", {{"as", "admin"}, {"to", "In Progress"}});
  world.at_operator("/OPS-1/comments", {{"as", "admin"}, {"text", "Startet *på nytt*."}});
  world.at_operator("/OPS-1/status", {{"as", "admin"}, {"to", "Resolved"}});
  sees_status(world, issue, "Resolved");
  petter_reads(world, issue, "Startet på nytt.");
  world.customer_says(issue, "/sak ikke løst Samme feil.");
  sees_status(world, issue, "In Progress");
  world.settled();
  world.expect_kept_contracts();
}

TEST(JiraAndGitlab, ACriticalCaseOfTheOperatorIsOpenedAtTheDeskOnce) {
  const JiraGitlabWorld world;
  world.saksbro->start();
  world.desk.order("faults", {{"do", "lose_answer"}, {"method", "POST"}, {"path", "/issue$"}});
  world.at_operator("", {{"as", "admin"},
                         {"project", "OPS"},
                         {"type", "Bug"},
                         {"fields",
                          {{"summary", "Databasen er nede"},
                           {"description", "Svarer ikke siden 06:40."},
                           {"customfield_10102", "A - kritisk"},
                           {"customfield_10103", "Teknisk applikasjonsfeil"}}}});
  eventually("the operator has our number", kSoon,
             [&] { return world.operators_issue("OPS-1").at("customfield_10101") == "SUP-1"; });
  world.settled();
  EXPECT_EQ(world.desk.look("issues").at("count"), 1);
  const json ours = world.desk_issue("SUP-1");
  EXPECT_EQ(ours.at("summary"), "Databasen er nede");
  EXPECT_EQ(ours.at("priority").at("name"), "Highest");
  EXPECT_EQ(ours.at("customfield_10052"), "A - kritisk");
  world.expect_kept_contracts();
}

}  // namespace
}  // namespace saksbro::e2e
