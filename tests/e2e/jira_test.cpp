// What the connector of Jira counts on is what its simulator does, as Cloud and as Data Center, and
// each request that it sends is one of Atlassian's specification.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "bridge/codec/digest.h"
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

struct Opened {
  RemoteKey id;
  std::string key;  // "OPS-1"
};

Setting::List list(const std::string& one) { return {Setting{"", "", one}}; }

Setting::Map custom_field(const std::string& id, const std::string& type) {
  return {set("id", id), set("type", type)};
}

// A Jira of one edition, with its desk. At the end nothing may have broken its specification.
class Jira : public testing::TestWithParam<const char*> {
 protected:
  Jira()
      : cloud(std::string(GetParam()) == "Cloud"),
        server("jira", specifications(), {"--dialect", cloud ? "cloud" : "dc"}) {}
  ~Jira() override {
    EXPECT_EQ(server.violations(), json::array());
    EXPECT_EQ(server.failures(), json::array());
  }

  [[nodiscard]] std::vector<std::string> specifications() const {
    const std::string edition = cloud ? "jira-cloud-" : "jira-dc-";
    return {edition + "bridge.json", edition + "more.json"};
  }
  // Settings of the desk, with others in the place of those that have their names.
  [[nodiscard]] Setting::Map settings(const Setting::Map& others = {}) const {
    Setting::Map all{
        set("url", server.url()),
        set("token", Secret("agent-token")),
        set("edition", cloud ? "cloud" : "data_center"),
        set("project", "OPS"),
        set("issue_types", list("Bug")),
        set("marker_field", "label"),
        set("fields", Setting::Map{set("Severity", "priority"), set("Fixed in", "fix_versions"),
                                   set("Owner", "assignee"), set("Labels", "labels"),
                                   set("Case number", custom_field("10020", "text")),
                                   set("Cause", custom_field("10021", "paragraph"))}),
        set("internal_comments", Setting::Map{set("role", "Developers")}),
        set("screens", Setting::Map{set("Resolved", Setting::Map{set("resolution", "Done")}),
                                    set("Closed", Setting::Map{set("resolution", "Done")})}),
        set("people", Setting::Map{set("groups", list("second-line"))}),
        set("versions", "true")};
    if (cloud) all.push_back(set("user", "saksbro@example.com"));
    for (const auto& other : others) {
      std::erase_if(all, [&](const Setting::Entry& one) { return one.key == other.key; });
      all.push_back(other);
    }
    return all;
  }
  [[nodiscard]] Connected jira(const Setting::Map& others = {}) const {
    return {"jira", settings(others)};
  }
  [[nodiscard]] Connected service_desk() const {
    return jira({set("project", "SUP"), set("issue_types", list("[System] Incident")),
                 set("internal_comments", "service_desk")});
  }

  [[nodiscard]] rig::Rest as(const std::string& who, const std::string& mail) const {
    return {server.url(),
            {"Authorization", cloud ? "Basic " + codec::to_base64(mail + ":" + who + "-token")
                                    : "Bearer " + who + "-token"}};
  }
  [[nodiscard]] rig::Rest kari() const { return as("kari", "kari@example.com"); }
  [[nodiscard]] rig::Rest customer() const { return as("customer", "petter@oslo.example"); }
  [[nodiscard]] rig::Rest control() const { return {server.url(), {"accept", "*/*"}}; }
  [[nodiscard]] std::string path(const std::string& rest) const {
    return std::string(cloud ? "/rest/api/3" : "/rest/api/2") + rest;
  }

  [[nodiscard]] Opened open(const std::string& title, const std::string& project = "OPS",
                            const std::string& type = "Bug",
                            const std::string& who = "kari") const {
    const json made = server.order(
        "issues", {{"as", who},
                   {"project", project},
                   {"type", type},
                   {"fields", {{"summary", title}, {"description", "Den svarer ikke."}}}});
    return {RemoteKey(made.at("id").get<std::string>()), made.at("key")};
  }
  [[nodiscard]] json comments(const Opened& issue) const {
    return kari().get(path("/issue/" + issue.key + "/comment")).at("comments");
  }
  void lose_answer(const std::string& method, const std::string& of) const {
    server.order("faults", {{"do", "lose_answer"}, {"method", method}, {"path", of}});
  }

  const bool cloud;
  rig::Simulator server;
  Connected desk = jira();
};

CreateTicket printer() {
  return {"Printer æøå: see #1",
          "It is *out*.\n/close\n[~kari]",
          {{"Severity", "High"}, {"Case number", "SAK-2026-00017"}, {"Labels", "vip"}},
          "desk/17/a"};
}

AddComment comment(const Opened& issue, const std::string& text, Visibility visibility) {
  return {issue.id, text + "\n[SAK-1/a]", "[SAK-1/a]", visibility};
}

TEST_P(Jira, OpensOneIssueHoweverOftenTheAnswerIsLost) {
  lose_answer("POST", "/issue$");
  EXPECT_ANY_THROW(desk.perform(printer()));
  const Ticket found = desk.perform(printer(), 2);
  EXPECT_EQ(desk.perform(printer(), 3).key, found.key);
  EXPECT_EQ(server.look("issues").at("count"), 1);
  EXPECT_EQ(found.number, "OPS-1");
  EXPECT_EQ(found.url, server.url() + "/browse/OPS-1");
  EXPECT_EQ(found.title, "Printer æøå: see #1");
  EXPECT_EQ(found.text, "It is *out*.\n/close\n[~kari]");
  EXPECT_EQ(found.status, "Open");
  EXPECT_EQ(found.fields.at("Severity"), "High");
  EXPECT_EQ(found.fields.at("Case number"), "SAK-2026-00017");
  EXPECT_EQ(found.fields.at("Labels"), "vip") << "the marker is no label of people";
  EXPECT_EQ(found.fields.at("label"), "desk/17/a");
}

TEST_P(Jira, FindsItsIssueWhereTheSearchIsFarBehind) {
  (void)open("An old one");
  server.order("settings", {{"search_lag", 3600}});
  lose_answer("POST", "/issue$");
  EXPECT_ANY_THROW(desk.perform(printer()));
  for (int other = 0; other < 4; ++other) (void)open("Others go on");
  EXPECT_EQ(desk.perform(printer(), 2).number, "OPS-2");
  EXPECT_EQ(server.look("issues").at("count"), 6);
}

TEST_P(Jira, AsksAPersonWhenACloneCarriesTheMarker) {
  const Ticket opened = desk.perform(printer());
  server.order("issues/" + opened.number + "/clone", json::object());
  EXPECT_THAT([&] { desk.perform(printer(), 2); },
              testing::ThrowsMessage<std::runtime_error>(
                  HasSubstr("several issues carry the marker desk/17/a")));
}

TEST_P(Jira, MovesAnIssueThroughTheStatusesOnTheWay) {
  const Opened issue = open("Skriveren står");
  EXPECT_EQ(desk.perform(SetStatus{issue.id, "In Progress", {}}).status, "In Progress");
  const Ticket resolved = desk.perform(SetStatus{issue.id, "Resolved", {}});
  EXPECT_EQ(resolved.status, "Resolved");
  EXPECT_EQ(resolved.fields.at("resolution"), "Done");
  const Ticket again = desk.perform(SetStatus{issue.id, "In Progress", {"Reopened"}});
  EXPECT_EQ(again.status, "In Progress");
  EXPECT_EQ(again.fields.at("resolution"), "");
  std::vector<std::string> way;
  for (const Change& change : again.changes)
    if (change.attribute == kStatusAttribute) way.push_back(change.to);
  EXPECT_THAT(way, ElementsAre("In Progress", "Resolved", "Reopened", "In Progress"));
}

TEST_P(Jira, ExplainsAStatusThatItCannotReach) {
  const Opened issue = open("Skriveren står");
  EXPECT_EQ(desk.rejected(SetStatus{issue.id, "Reopened", {}}),
            "Jira does not allow \"Open\" -> \"Reopened\" for this user; allowed now: In Progress, "
            "Resolved, Closed");
  EXPECT_EQ(desk.rejected(SetStatus{issue.id, "Closed", {}}),
            "the screen of the transition \"Close Issue\" to \"Closed\" requires \"Cause\": say "
            "under \"screens\" what to write there");
  server.order("permissions",
               {{"project", "OPS"}, {"permission", "TRANSITION_ISSUES"}, {"take", {"*"}}});
  EXPECT_EQ(desk.rejected(SetStatus{issue.id, "In Progress", {}}),
            "Jira does not allow \"Open\" -> \"In Progress\"; allowed now: nothing. Has the "
            "bridge's user the permission \"Transition issues\"?");
}

TEST_P(Jira, WritesStatusFieldsAndACommentOfOneDecisionOnceWhereTheAnswerIsLost) {
  const Opened issue = open("Skriveren står");
  const UpdateTicket update{issue.id,
                            SetStatus{issue.id, "Resolved", {}},
                            {{"Fixed in", "1.1"}, {"Severity", "Low"}},
                            comment(issue, "Solved.", Visibility::everyone)};
  lose_answer("POST", "/transitions$");
  EXPECT_ANY_THROW(desk.perform(update));
  const Ticket after = desk.perform(update, 2);
  EXPECT_EQ(after.status, "Resolved");
  EXPECT_EQ(after.fields.at("Fixed in"), "1.1");
  EXPECT_EQ(after.fields.at("Severity"), "Low");
  ASSERT_EQ(after.comments.size(), 1U);
  EXPECT_EQ(after.comments.at(0).visibility, Visibility::everyone);
}

TEST_P(Jira, SetsFieldsAndLeavesTheLabelsOfOthers) {
  const Ticket opened = desk.perform(printer());
  server.order("issues/" + opened.number + "/edit",
               {{"fields", {{"labels", {"vip", "saksbro:desk/17/a", "hers"}}}}});
  const Ticket after = desk.perform(SetFields{
      opened.key, {{"Severity", "Low"}, {"Labels", "hers, ours"}, {"Cause", "Dust.\nAnd more."}}});
  EXPECT_EQ(after.fields.at("Severity"), "Low");
  EXPECT_EQ(after.fields.at("Labels"), "hers, ours");
  EXPECT_EQ(after.fields.at("label"), "desk/17/a");
  EXPECT_EQ(after.fields.at("Cause"), "Dust.\nAnd more.");
  EXPECT_THAT(desk.rejected(SetFields{opened.key, {{"Fixed in", "9.9"}}}),
              HasSubstr("Jira refuses: fixVersions: "));
}

TEST_P(Jira, WritesAnInternalAndAPublicCommentOnce) {
  const Opened issue = open("Skriveren står");
  lose_answer("POST", "/comment$");
  const AddComment internal = comment(issue, "{code}h1. x[~ola]", Visibility::internal);
  EXPECT_ANY_THROW(desk.perform(internal));
  const Ticket after = desk.perform(internal, 2);
  ASSERT_EQ(after.comments.size(), 1U);
  EXPECT_EQ(after.comments.at(0).visibility, Visibility::internal);
  EXPECT_EQ(after.comments.at(0).text, "{code}h1. x[~ola]\n[SAK-1/a]");
  const Opened other = open("En til");
  EXPECT_EQ(desk.perform(comment(other, "Hei", Visibility::everyone)).comments.at(0).visibility,
            Visibility::everyone);
}

TEST_P(Jira, HidesInternalWordsOfAServiceDeskFromItsCustomer) {
  const Connected support = service_desk();
  const Opened issue = open("Passord", "SUP", "[System] Incident", "petter");
  const UpdateTicket update{issue.id,
                            SetStatus{issue.id, "In Progress", {}},
                            {},
                            comment(issue, "Secret", Visibility::internal)};
  const Ticket after = support.perform(update);
  EXPECT_EQ(after.comments.at(0).visibility, Visibility::internal);
  const std::string portal = "/rest/servicedeskapi/request/" + issue.key + "/comment";
  EXPECT_THAT(customer().get(portal).at("values"), IsEmpty());
  support.perform(comment(issue, "Hei", Visibility::everyone), 1);
  EXPECT_EQ(customer().get(portal).at("values").size(), 1U);
}

TEST_P(Jira, LeavesNoInternalTextPublicWhereTheProjectIsNoServiceDesk) {
  const Connected wrong = jira({set("internal_comments", "service_desk")});
  const Opened issue = open("Skriveren står");
  EXPECT_THAT(wrong.rejected(comment(issue, "Secret", Visibility::internal)),
              HasSubstr("an internal comment was PUBLIC in issue " + issue.key));
  EXPECT_THAT(comments(issue), IsEmpty());
}

TEST_P(Jira, KeepsOneCaseNote) {
  const Opened issue = open("Skriveren står");
  const auto note = [&](const std::string& text, Visibility visibility) {
    return KeepNote{issue.id, text + "\n[SAK-1/n]", "[SAK-1/n]", visibility};
  };
  desk.perform(note("NEW", Visibility::internal));
  const json first = comments(issue);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first.at(0).at("visibility").at("value"), "Developers");
  desk.perform(note("WAITING *now* #1", Visibility::internal));
  EXPECT_EQ(comments(issue).size(), 1U);
  EXPECT_EQ(comments(issue).at(0).at("id"), first.at(0).at("id"));
  const Ticket open_now = desk.perform(note("DONE", Visibility::everyone));
  ASSERT_EQ(open_now.comments.size(), 1U);
  EXPECT_EQ(open_now.comments.at(0).text, "DONE\n[SAK-1/n]");
  EXPECT_EQ(open_now.comments.at(0).visibility, Visibility::everyone);
}

// Attachment::id and so on, as a command that brings it here.
FetchFile fetch_of(const Ticket& ticket, std::size_t which) {
  const Attachment& file = ticket.attachments.at(which);
  return {ticket.key, file.id, file.name, file.place, 1'000'000};
}

TEST_P(Jira, BringsAFileOnceAndFetchesItByteForByte) {
  const Opened issue = open("Skriveren står");
  const std::string bytes("\x89PNG\r\n\x1a\n\0--x\xff", 14);
  AddComment said = comment(issue, "Vedlegg: skjerm æøå.png", Visibility::everyone);
  said.files = {{"skjerm æøå.png", "image/png", desk.hold(bytes)},
                {"logg.txt", "text/plain", desk.hold("a\r\nb")}};
  lose_answer("POST", "/attachments$");
  EXPECT_ANY_THROW(desk.perform(said));
  const Ticket after = desk.perform(said, 2);
  EXPECT_EQ(desk.perform(said, 3).attachments, after.attachments);
  ASSERT_EQ(after.comments.size(), 1U);
  ASSERT_EQ(after.attachments.size(), 2U);
  EXPECT_EQ(after.attachments.at(0).name, "skjerm æøå.png");
  EXPECT_EQ(after.attachments.at(0).media_type, "image/png");
  EXPECT_EQ(after.attachments.at(0).size, bytes.size());
  EXPECT_EQ(after.attachments.at(0).entry, after.comments.at(0).id);
  EXPECT_EQ(desk.fetched(fetch_of(after, 0)), bytes);
  EXPECT_EQ(desk.fetched(fetch_of(after, 1)), "a\r\nb");
  said.visibility = Visibility::internal;
  EXPECT_THAT(desk.rejected(said), HasSubstr("Jira shows files to all who see the issue"));
}

TEST_P(Jira, ShowsTheCustomerOfAServiceDeskNoInternalFiles) {
  const Connected support = service_desk();
  const Opened issue = open("Passord", "SUP", "[System] Incident", "petter");
  const auto attach = [&](const std::string& name) {
    server.order("issues/" + issue.key + "/attachments",
                 {{"as", "kari"}, {"name", name}, {"text", name}});
  };
  server.order("clock", {{"advance", 600}});
  attach("secret.txt");
  server.order("issues/" + issue.key + "/comments",
               {{"as", "kari"}, {"text", "!shown.txt!\nSee it."}, {"internal", false}});
  attach("shown.txt");
  AddComment said = comment(issue, "Vedlegg: svar.txt", Visibility::everyone);
  said.files = {{"svar.txt", "text/plain", support.hold("hei")}};
  const Ticket after = support.perform(said);
  EXPECT_EQ(support.perform(said, 2).attachments.size(), after.attachments.size());
  std::map<std::string, Visibility> files;
  for (const Attachment& file : after.attachments) files[file.name] = file.visibility;
  EXPECT_THAT(files, ElementsAre(Pair("secret.txt", Visibility::internal),
                                 Pair("shown.txt", Visibility::everyone),
                                 Pair("svar.txt", Visibility::everyone)));
}

TEST_P(Jira, ReadsWhoIsWhoAndWhoChangedWhat) {
  const Opened issue = open("Skriveren står");
  server.order("issues/" + issue.key + "/edit",
               {{"as", "ola"}, {"fields", {{"priority", "High"}}}});
  server.order("issues/" + issue.key + "/comments", {{"as", "kari"}, {"text", "See *this*"}});
  const Ticket seen = desk.perform(ReadTicket{issue.id});
  const std::string kari_id = cloud ? "5c5f880629be9642ba529340" : "kari";
  EXPECT_THAT(seen.groups, ElementsAre(Pair(kari_id, ElementsAre("second-line"))));
  EXPECT_EQ(seen.author, (Person{kari_id, "Kari Nordmann"}));
  EXPECT_EQ(seen.text, "Den svarer ikke.");
  EXPECT_EQ(seen.comments.at(0).text, "See this");
  EXPECT_EQ(seen.changes.at(0).attribute, "Severity");
  EXPECT_EQ(seen.changes.at(0).author.name, "Ola Hansen");
}

TEST_P(Jira, PollsEachIssueAndEachReleasedVersion) {
  const Opened issue = open("Skriveren står");
  EXPECT_THAT(desk.poll().size(), 2U) << "1.0 is released";
  server.order("projects/OPS/versions/1.1", {{"released", true}});
  const auto all = desk.poll();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(std::get<TicketHint>(all.at(0)).ticket, issue.id);
  EXPECT_EQ(std::get<VersionReleased>(all.at(2)).name, "1.1");
}

TEST_P(Jira, PollsThroughPagesThatEndOddly) {
  for (int one = 0; one < 120; ++one) (void)open("Many");
  if (cloud) {
    server.order("settings",
                 {{"last_page_has_token", true}, {"is_last", false}, {"empty_page_first", true}});
  }
  std::set<std::string> found;
  for (const Observation& one : desk.poll())
    if (const auto* hint = std::get_if<TicketHint>(&one)) found.insert(hint->ticket.text());
  EXPECT_EQ(found.size(), 120U);
}

TEST_P(Jira, SaysThatADeletedIssueIsGoneAndFollowsOneThatIsMoved) {
  const Opened moved = open("Moves", "OPS", "Task");
  server.order("issues/" + moved.key + "/move", {{"as", "admin"}, {"project", "SUP"}});
  const Ticket elsewhere = desk.perform(ReadTicket{moved.id});
  EXPECT_TRUE(elsewhere.elsewhere);
  EXPECT_EQ(elsewhere.number, "SUP-1");
  const Opened deleted = open("Goes");
  control().remove("/_sim/issues/" + deleted.key);
  EXPECT_EQ(desk.gone(ReadTicket{deleted.id}),
            "Jira no longer has this issue, or no longer shows it to the bridge's user");
}

// What arrives is what Jira sent, with its headers and bytes.
TEST_P(Jira, BelievesTheWebhooksThatItsServerSends) {
  const rig::AlertSink sink;
  server.order("webhooks", {{"url", sink.url()}, {"secret", "a long secret of this test only"}});
  const Opened issue = open("Skriveren står");
  desk.perform(comment(issue, "Hei", Visibility::internal));
  (void)server.look("hooks/wait?seconds=5");
  const Connected receiving = jira(
      {set("webhook", Setting::Map{set("path", "/hooks/desk"),
                                   set("secret", Secret("a long secret of this test only"))})});
  const auto posted = sink.posted();
  ASSERT_EQ(posted.size(), 3U) << "created, commented, and told a second time as an update";
  for (const rig::Posted& one : posted) {
    const auto said = receiving.arrived({"POST", "/hooks/desk", one.headers, one.body, "", {}});
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(std::get<TicketHint>(said.at(0)).ticket, issue.id);
  }
  EXPECT_ANY_THROW((void)receiving.arrived(
      {"POST", "/hooks/desk", posted.at(0).headers, posted.at(0).body + " ", "", {}}));
}

INSTANTIATE_TEST_SUITE_P(Editions, Jira, testing::Values("Cloud", "DataCenter"),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace saksbro::e2e
