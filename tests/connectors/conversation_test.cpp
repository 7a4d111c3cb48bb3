// The conversation that connectors to trackers lead (connectors/tracker/conversation.h).
#include <gtest/gtest.h>

#include "tests/connectors/made_up_tracker.h"

namespace saksbro::tracker {
namespace {

const DeskSettings kDesk;

StepOr<Reply> looked(const std::vector<Exchange>& so_far,
                     Conversation::Forbidden forbidden = Conversation::Forbidden::stops_system) {
  return DeskConversation(kDesk, so_far).look("/tickets/7", forbidden);
}

std::string needed(const Exchange& exchange) {
  const std::vector<Exchange> so_far{exchange};
  return why_not(DeskConversation(kDesk, so_far).need("/tickets/7"));
}

TEST(TrackerConversation, WantsTheCallThatIsNotInTheTranscriptYet) {
  const auto reply = looked({});
  ASSERT_FALSE(reply);
  const Call& call = std::get<Call>(reply.error());
  EXPECT_EQ(call.method, "GET");
  EXPECT_EQ(call.url, "https://desk.test/api/tickets/7");
  EXPECT_EQ(call.headers, (Headers{{"accept", "application/json"}, {"x-key", "secret"}}));
  EXPECT_EQ(call.repeat, Repeat::harmless);
}

TEST(TrackerConversation, TakesOneExchangeForEachCall) {
  const std::vector<Exchange> so_far{answered("GET", "/tickets/7", 200, R"({"id":7})"),
                                     answered("GET", "/tickets/8", 200, R"({"id":8})")};
  DeskConversation conversation(kDesk, so_far);
  EXPECT_EQ(conversation.need("/tickets/7")->body["id"], 7);
  EXPECT_EQ(conversation.need("/tickets/8")->body["id"], 8);
  EXPECT_EQ(why_not(conversation.need("/tickets/9")), "GET https://desk.test/api/tickets/9");
}

TEST(TrackerConversation, HandsOverWhatWasAnsweredWithTheTrackersOwnTimeAndEntityTag) {
  const auto reply =
      looked({answered("GET", "/tickets/7", 200, R"({"id":7})", {{"etag", "\"61\""}})});
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->call, "GET /api/tickets/7");
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(reply->body, Json({{"id", 7}}));
  EXPECT_EQ(reply->etag, "\"61\"");
  EXPECT_EQ(reply->at, Instant(std::chrono::seconds(1'795'435'200)));
}

TEST(TrackerConversation, TakesAForbiddenLookForWrongCredentialsUnlessItIsAskedFor) {
  const std::vector<Exchange> forbidden{answered("GET", "/tickets/7", 403, "{}")};
  EXPECT_EQ(why_not(looked(forbidden)).substr(0, 18), "the system waits: ");
  const auto told = looked(forbidden, Conversation::Forbidden::is_told);
  ASSERT_TRUE(told);
  EXPECT_EQ(told->status, 403);
}

TEST(TrackerConversation, NeedsAnObjectInJsonWith200) {
  EXPECT_EQ(needed(answered("GET", "/tickets/7", 200, "{}")), "it has a value");
  EXPECT_EQ(needed(answered("GET", "/tickets/7", 404, "{}")), "rejected: Desk says 404");
  EXPECT_EQ(needed(answered("GET", "/tickets/7", 200, "<html>Log in</html>")),
            "later: GET /api/tickets/7 was answered by something that is not Desk's JSON");
  EXPECT_EQ(needed(answered("GET", "/tickets/7", 200, "[]")),
            "later: GET /api/tickets/7 was answered by something that is not Desk's JSON");
}

TEST(TrackerConversation, WritesOnceAndHandsRefusalsOver) {
  DeskConversation before(kDesk, {});
  const auto wanted = before.write("PUT", "/tickets/7", {{"status", "done"}}, "\"61\"");
  const Call& call = std::get<Call>(wanted.error());
  EXPECT_EQ(call.repeat, Repeat::never);
  EXPECT_EQ(call.body, R"({"status":"done"})");
  EXPECT_EQ(call.headers.at("content-type"), "application/json");
  EXPECT_EQ(call.headers.at("if-match"), "\"61\"");
  for (const int status : {200, 204, 400, 403, 404, 422}) {
    const std::vector<Exchange> so_far{answered("PUT", "/tickets/7", status, "{}")};
    const auto reply = DeskConversation(kDesk, so_far).write("PUT", "/tickets/7", {});
    ASSERT_TRUE(reply) << status;
    EXPECT_EQ(reply->status, status);
    EXPECT_EQ(is_success(*reply), status < 300);
  }
}

TEST(TrackerConversation, EndsTheAttemptWhenTheTicketChangedMeanwhileAndOnlyIfThatWasAsked) {
  Exchange made = answered("PUT", "/tickets/7", 412, "{}");
  EXPECT_EQ(DeskConversation(kDesk, {&made, 1}).write("PUT", "/tickets/7", {})->status, 412);
  made.call.headers["if-match"] = "\"61\"";
  EXPECT_EQ(why_not(DeskConversation(kDesk, {&made, 1}).write("PUT", "/tickets/7", {}, "\"61\"")),
            "later: PUT /api/tickets/7: somebody else changed the ticket at the same moment");
}

TEST(TrackerConversation, JoinsTheTextsOfAList) {
  EXPECT_EQ(joined_texts(Json::array({"One", 7, nullptr, "two"})), "One; two");
  EXPECT_EQ(joined_texts(Json()), "");
}

}  // namespace
}  // namespace saksbro::tracker
