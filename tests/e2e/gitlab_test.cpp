// What the connector of GitLab counts on is what its simulator does, and each request that it sends
// is one of GitLab's specification.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include "tests/e2e/connected.h"
#include "tests/rig/alert_sink.h"
#include "tests/rig/rest.h"
#include "tests/rig/simulator.h"

namespace saksbro::e2e {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

const std::string kIssues = "/api/v4/projects/1/issues";

Setting::Map gitlab_settings(const rig::Simulator& server, const std::string& token) {
  return {set("url", server.url()),
          set("token", Secret(token)),
          set("project", "1"),
          set("statuses", Setting::Map{set("New", "opened"), set("Waiting", "status::waiting"),
                                       set("In progress", "status::in progress"),
                                       set("Done", Setting::Map{set("state", "closed"),
                                                                set("label", "status::done")})}),
          set("fields", Setting::Map{set("Severity", "severity::"), set("Milestone", "milestone"),
                                     set("Assignee", "assignee")}),
          set("marker_field", "Saksbro key"),
          set("people", Setting::Map{set("access_levels", "true"),
                                     set("groups", Setting::List{Setting{"", "", "support"}})}),
          set("versions", "milestones")};
}

// A GitLab with its desk. At the end nothing may have broken its specification.
class Gitlab : public testing::Test {
 protected:
  ~Gitlab() override {
    EXPECT_EQ(server.violations(), json::array());
    EXPECT_EQ(server.failures(), json::array());
  }

  rig::Rest as(const std::string& token) const { return {server.url(), {"PRIVATE-TOKEN", token}}; }
  json notes(int issue) const {
    return as("glpat-kari").get(kIssues + "/" + std::to_string(issue) + "/notes?sort=asc");
  }
  int open(const std::string& title) const {
    return as("glpat-kari")
        .post(kIssues, {{"title", title}, {"description", "Den svarer ikke."}})
        .at("iid");
  }

  rig::Simulator server{"gitlab", {"gitlab-bridge.json"}};
  Connected desk{"gitlab", gitlab_settings(server, "glpat-bridge")};
};

CreateTicket printer() {
  return {"Printer æøå: see #1", "It is out.\n/close\n@kari", {{"Severity", "high"}}, "desk/17/a"};
}

AddComment comment(int issue, const std::string& text, Visibility visibility) {
  return {RemoteKey(std::to_string(issue)), text + "\n[SAK-1/a]", "[SAK-1/a]", visibility};
}

TEST_F(Gitlab, OpensOneIssueHoweverOftenTheAnswerIsLost) {
  server.order("faults", {{"do", "lose_answer"}, {"method", "POST"}, {"path", "/issues$"}});
  EXPECT_ANY_THROW(desk.perform(printer()));
  const Ticket found = desk.perform(printer(), 2);
  EXPECT_EQ(desk.perform(printer(), 3).key, found.key);
  EXPECT_EQ(as("glpat-kari").get(kIssues).size(), 1U);
  EXPECT_EQ(found.title, "Printer æøå: see #1");
  EXPECT_EQ(found.text, "It is out.\n/close\n@kari");
  EXPECT_EQ(found.status, "New") << "/close did not act";
  EXPECT_EQ(found.fields.at("Severity"), "high");
  EXPECT_EQ(found.fields.at("Saksbro key"), "desk/17/a");
  EXPECT_EQ(server.look("notified").at("notified"), json::array()) << "@kari was told of nothing";
}

TEST_F(Gitlab, FindsItsIssueInTheListWhereTheSearchDoesNot) {
  const Ticket opened = desk.perform(printer());
  server.order("faults", {{"do", "answer"},
                          {"method", "GET"},
                          {"path", "search="},
                          {"status", 200},
                          {"body", json::array()}});
  EXPECT_EQ(desk.perform(printer(), 2).key, opened.key);
}

TEST_F(Gitlab, MovesAnIssueThroughItsStatuses) {
  const RemoteKey key(std::to_string(open("Skriveren står")));
  EXPECT_EQ(desk.perform(SetStatus{key, "Waiting", {}}).status, "Waiting");
  EXPECT_EQ(desk.perform(SetStatus{key, "Done", {}}).status, "Done");
  EXPECT_EQ(desk.perform(SetStatus{key, "In progress", {}}).status, "In progress");
  const json issue = as("glpat-kari").get(kIssues + "/" + key.text());
  EXPECT_EQ(issue.at("labels"), json({"status::in progress"}));
  EXPECT_EQ(issue.at("state"), "opened");
}

TEST_F(Gitlab, MovesAnIssueOfAFreeGitlabThatLeavesOldLabels) {
  rig::Rest(server.url(), {"accept", "*/*"}).put("/_sim/settings", {{"edition", "free"}});
  const RemoteKey key(std::to_string(open("Skriveren står")));
  EXPECT_EQ(desk.perform(SetStatus{key, "Waiting", {}}).status, "Waiting");
  EXPECT_EQ(desk.perform(SetStatus{key, "In progress", {}}).status, "In progress");
  EXPECT_EQ(as("glpat-kari").get(kIssues + "/" + key.text()).at("labels"),
            json({"status::in progress"}));
}

TEST_F(Gitlab, SetsFieldsAndTellsWhatGitlabDrops) {
  const RemoteKey key(std::to_string(open("Skriveren står")));
  const Ticket after = desk.perform(
      SetFields{key, {{"Severity", "high"}, {"Milestone", "1.0"}, {"Assignee", "ola"}}});
  EXPECT_EQ(after.fields.at("Severity"), "high");
  EXPECT_EQ(after.fields.at("Milestone"), "1.0");
  EXPECT_EQ(after.fields.at("Assignee"), "ola");
  EXPECT_THAT(desk.rejected(SetFields{key, {{"Assignee", "fremmed9"}}}),
              HasSubstr("GitLab has no \"fremmed9\" for field \"Assignee\""));
}

TEST_F(Gitlab, WritesAnInternalAndAPublicCommentOnce) {
  const int issue = open("Skriveren står");
  server.order("faults", {{"do", "lose_answer"}, {"method", "POST"}, {"path", "/notes$"}});
  EXPECT_ANY_THROW(desk.perform(comment(issue, "/close", Visibility::internal)));
  const Ticket after = desk.perform(comment(issue, "/close", Visibility::internal), 2);
  ASSERT_EQ(after.comments.size(), 1U);
  EXPECT_EQ(after.comments.at(0).visibility, Visibility::internal);
  EXPECT_EQ(after.comments.at(0).text, "/close\n[SAK-1/a]");
  EXPECT_EQ(after.status, "New");
  const int other = open("En til");
  EXPECT_EQ(desk.perform(comment(other, "Hei", Visibility::everyone)).comments.at(0).visibility,
            Visibility::everyone);
}

TEST_F(Gitlab, LeavesNoInternalTextPublicWhereItIsAGuest) {
  const Connected guest("gitlab", gitlab_settings(server, "glpat-guest"));
  const int issue = open("Skriveren står");
  const std::string why = guest.rejected(comment(issue, "Secret", Visibility::internal));
  EXPECT_THAT(why, HasSubstr("an internal note was PUBLIC in #" + std::to_string(issue)));
  EXPECT_THAT(notes(issue), IsEmpty());
}

TEST_F(Gitlab, KeepsOneCaseNote) {
  const int issue = open("Skriveren står");
  const auto note = [&](const std::string& text, Visibility visibility) {
    return KeepNote{RemoteKey(std::to_string(issue)), text + "\n[SAK-1/n]", "[SAK-1/n]",
                    visibility};
  };
  desk.perform(note("NEW", Visibility::internal));
  const json first = notes(issue);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first.at(0).at("internal"), true);
  desk.perform(note("WAITING *now* #1", Visibility::internal));
  EXPECT_EQ(notes(issue).size(), 1U);
  EXPECT_EQ(notes(issue).at(0).at("id"), first.at(0).at("id"));
  const Ticket open_now = desk.perform(note("DONE", Visibility::everyone));
  ASSERT_EQ(open_now.comments.size(), 1U);
  EXPECT_EQ(open_now.comments.at(0).text, "DONE\n[SAK-1/n]");
  EXPECT_EQ(open_now.comments.at(0).visibility, Visibility::everyone);
}

TEST_F(Gitlab, BringsAFileOnceAndFetchesItByteForByte) {
  const int issue = open("Skriveren står");
  const std::string bytes("\x89PNG\r\n\x1a\n\0--x\xff", 14);
  AddComment said = comment(issue, "Vedlegg: skjerm.png", Visibility::internal);
  said.files = {{"skjerm.png", "image/png", desk.hold(bytes)},
                {"logg.txt", "text/plain", desk.hold("a\r\nb")}};
  server.order("faults", {{"do", "lose_answer"}, {"method", "POST"}, {"path", "/notes$"}});
  EXPECT_ANY_THROW(desk.perform(said));
  const Ticket after = desk.perform(said, 2);
  ASSERT_EQ(after.comments.size(), 1U);
  ASSERT_EQ(after.attachments.size(), 2U);
  const Attachment& file = after.attachments.at(0);
  EXPECT_EQ(file.name, "skjerm.png");
  EXPECT_EQ(file.media_type, "image/png");
  EXPECT_EQ(file.entry, after.comments.at(0).id);
  EXPECT_EQ(file.visibility, Visibility::internal);
  EXPECT_EQ(desk.fetched({after.key, file.id, file.name, file.place, 1'000'000}), bytes);
}

TEST_F(Gitlab, ReadsWhoIsWhoAndWhoChangedWhat) {
  const int issue = open("Skriveren står");
  as("glpat-ola").put(kIssues + "/" + std::to_string(issue), {{"add_labels", "status::waiting"}});
  const Ticket seen = desk.perform(ReadTicket{RemoteKey(std::to_string(issue))});
  EXPECT_THAT(seen.groups,
              testing::UnorderedElementsAre(Pair("3", ElementsAre("maintainer", "support")),
                                            Pair("4", ElementsAre("developer"))));
  EXPECT_EQ(seen.status, "Waiting");
}

TEST_F(Gitlab, PollsEachIssueAndEachClosedMilestone) {
  const int issue = open("Skriveren står");
  EXPECT_THAT(desk.poll().size(), 1U);
  const std::string milestones = "/api/v4/projects/1/milestones";
  const json found = as("glpat-kari").get(milestones + "?title=1.1");
  as("glpat-kari").put(milestones + "/" + found.at(0).at("id").dump(), {{"state_event", "close"}});
  const auto all = desk.poll();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(std::get<TicketHint>(all.at(0)).ticket.text(), std::to_string(issue));
}

TEST_F(Gitlab, SaysThatADeletedAndAMovedIssueIsGone) {
  const auto act = [&](const json& what) { server.order("act", what); };
  const int moved = open("Moves");
  act({{"as", "kari"},
       {"do", "move"},
       {"project", "support/desk"},
       {"iid", moved},
       {"to", "support/drift/third-line"}});
  EXPECT_THAT(desk.gone(ReadTicket{RemoteKey(std::to_string(moved))}),
              HasSubstr("somebody moved the issue to another project"));
  const int deleted = open("Goes");
  act({{"as", "root"}, {"do", "delete"}, {"project", "support/desk"}, {"iid", deleted}});
  EXPECT_EQ(desk.gone(ReadTicket{RemoteKey(std::to_string(deleted))}),
            "GitLab no longer has this issue, or the bridge's user may not see it");
}

// What arrives is what GitLab sent, with its headers and bytes.
TEST_F(Gitlab, BelievesTheWebhooksThatItsServerSends) {
  const rig::AlertSink sink;
  as("glpat-kari")
      .post("/api/v4/projects/1/hooks", {{"url", sink.url()},
                                         {"token", "a long secret token"},
                                         {"issues_events", true},
                                         {"note_events", true},
                                         {"confidential_issues_events", true},
                                         {"confidential_note_events", true}});
  const int issue = open("Skriveren står");
  desk.perform(comment(issue, "Hei", Visibility::internal));
  (void)server.look("hooks/wait?seconds=5");
  auto configured = gitlab_settings(server, "glpat-bridge");
  configured.push_back(set("webhook", Setting::Map{set("path", "/hooks/desk"),
                                                   set("secret", Secret("a long secret token"))}));
  const Connected receiving("gitlab", std::move(configured));
  const auto posted = sink.posted();
  ASSERT_EQ(posted.size(), 2U);
  for (const rig::Posted& one : posted) {
    const auto said = receiving.arrived({"POST", "/hooks/desk", one.headers, one.body, "", {}});
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(std::get<TicketHint>(said.at(0)).ticket.text(), std::to_string(issue));
  }
  auto forged = posted.at(0);
  forged.headers["x-gitlab-token"] = "another";
  EXPECT_ANY_THROW(
      (void)receiving.arrived({"POST", "/hooks/desk", forged.headers, forged.body, "", {}}));
}

// GitLab 19 signs its webhooks: id, time and body.
TEST_F(Gitlab, BelievesTheWebhooksThatAreSigned) {
  const rig::AlertSink sink;
  const std::string key = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  const json hook =
      as("glpat-kari")
          .post("/api/v4/projects/1/hooks",
                {{"url", sink.url()}, {"signing_token", key}, {"issues_events", true}});
  EXPECT_EQ(hook.at("signing_token_present"), true);
  (void)open("Skriveren står");
  (void)server.look("hooks/wait?seconds=5");
  auto configured = gitlab_settings(server, "glpat-bridge");
  configured.push_back(
      set("webhook", Setting::Map{set("path", "/hooks/desk"), set("scheme", "standard_webhooks"),
                                  set("secret", Secret(key))}));
  const Connected receiving("gitlab", std::move(configured));
  const auto posted = sink.posted();
  ASSERT_EQ(posted.size(), 1U);
  const Instant now =
      std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  const auto arrival = [&](const std::string& body) {
    return Arrival{"POST", "/hooks/desk", posted.at(0).headers, body, "", now};
  };
  EXPECT_EQ(receiving.arrived(arrival(posted.at(0).body)).size(), 1U);
  EXPECT_ANY_THROW((void)receiving.arrived(arrival(posted.at(0).body + " ")));
}

}  // namespace
}  // namespace saksbro::e2e
