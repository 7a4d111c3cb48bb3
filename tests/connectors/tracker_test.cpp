// What connectors to trackers have in common (connectors/tracker), with a tracker that nobody has.
#include <gtest/gtest.h>

#include "bridge/codec/rfc3339.h"
#include "connectors/tracker/comment_once.h"
#include "connectors/tracker/create_once.h"
#include "connectors/tracker/polling.h"
#include "connectors/tracker/snapshot.h"
#include "connectors/tracker/system.h"
#include "connectors/tracker/verbs.h"
#include "tests/connectors/made_up_tracker.h"

namespace saksbro::tracker {
namespace {

const DeskSettings kDesk;

// --- dispatch

Step done(const char* what) { return Outcome{Delivered{RemoteKey{what}, ""}}; }

constexpr Verbs<DeskConversation> kVerbs{
    .read_ticket = [](auto&, const ReadTicket&) { return done("read"); },
    .create_ticket = [](auto&, const CreateTicket&,
                        int attempt) { return done(attempt == 3 ? "create" : "wrong attempt"); },
    .set_status = [](auto&, const SetStatus&) { return done("status"); },
    .set_fields = [](auto&, const SetFields&) { return done("fields"); },
    .add_comment = [](auto&, const AddComment&,
                      int attempt) { return done(attempt == 3 ? "comment" : "wrong attempt"); },
    .keep_note = [](auto&, const KeepNote&) { return done("note"); },
};

std::string dispatched(const Action& action, const Verbs<DeskConversation>& verbs = kVerbs) {
  DeskConversation conversation(kDesk, {});
  return shown(dispatch(verbs, conversation, action, 3));
}

TEST(TrackerDispatch, GivesEachCommandToItsVerbWithTheAttemptWhereItCounts) {
  for (const Action& action : {Action{ReadTicket{}}, Action{CreateTicket{}}, Action{SetStatus{}},
                               Action{SetFields{}}, Action{AddComment{}}, Action{KeepNote{}}}) {
    EXPECT_EQ(dispatched(action), std::string("delivered: ") + verb(action) + " ");
  }
}

TEST(TrackerDispatch, RefusesWhatATrackerIsNotThereFor) {
  EXPECT_EQ(dispatched(RaiseAlert{}), "rejected: Desk is a tracker, not an alert channel");
  EXPECT_EQ(dispatched(SendNotice{}), "rejected: Desk is a tracker, and sends no notices");
}

TEST(TrackerDispatch, RefusesWhatThisTrackerHasNoVerbFor) {
  EXPECT_EQ(dispatched(KeepNote{}, {}), "rejected: Desk does not support \"note\"");
  EXPECT_EQ(dispatched(CreateTicket{}, {}), "rejected: Desk does not support \"create\"");
}

// --- create_once

struct CreateRow {
  const char* name;
  int attempt;
  std::vector<RemoteKey> carriers;
  const char* ends;
  const char* calls;
};

class TrackerCreate : public testing::TestWithParam<CreateRow> {};

TEST_P(TrackerCreate, LooksForTheMarkerBeforeItOpensATicketAgain) {
  std::string calls;
  const Step step =
      create_once({.find = [&]() -> StepOr<std::vector<RemoteKey>> {
                     calls += "find ";
                     return GetParam().carriers;
                   },
                   .adopt =
                       [&](const RemoteKey& ticket) {
                         calls += "adopt ";
                         return Step{Outcome{Delivered{ticket, "as it is"}}};
                       },
                   .post = [&]() -> StepOr<RemoteKey> {
                     calls += "post ";
                     return RemoteKey{"9"};
                   },
                   .verify =
                       [&](const RemoteKey& ticket) {
                         calls += "verify ";
                         return Step{Outcome{Delivered{ticket, "as it was meant"}}};
                       }},
                  {.title = "", .text = "", .fields = {}, .marker = "m1"}, GetParam().attempt);
  EXPECT_EQ(shown(step), GetParam().ends);
  EXPECT_EQ(calls, GetParam().calls);
}

const CreateRow kCreateRows[] = {
    {"TheFirstAttemptOpensIt", 1, {RemoteKey{"7"}}, "delivered: 9 as it was meant", "post verify "},
    {"NobodyCarriesIt", 2, {}, "delivered: 9 as it was meant", "find post verify "},
    {"OneCarriesIt", 2, {RemoteKey{"7"}}, "delivered: 7 as it is", "find adopt "},
    {"SeveralCarryIt",
     3,
     {RemoteKey{"7"}, RemoteKey{"8"}},
     "rejected: several tickets carry the marker m1: #7, #8; clear the field in all but one",
     "find "},
};
INSTANTIATE_TEST_SUITE_P(Of, TrackerCreate, testing::ValuesIn(kCreateRows),
                         [](const auto& row) { return row.param.name; });

TEST(TrackerCreateOnce, OpensNothingWhenTheSearchHasNoAnswer) {
  bool posted = false;
  const CreateOnce how{
      .find = [] { return StepOr<std::vector<RemoteKey>>(ended(RetryLater{Phrase("no answer")})); },
      .adopt = [](const RemoteKey&) { return done("adopt"); },
      .post =
          [&] {
            posted = true;
            return StepOr<RemoteKey>(RemoteKey{"9"});
          },
      .verify = [](const RemoteKey&) { return done("verify"); }};
  EXPECT_EQ(shown(create_once(how, {}, 2)), "later: no answer");
  EXPECT_FALSE(posted);
}

TEST(TrackerCreateOnce, VerifiesNothingThatWasNotOpened) {
  const CreateOnce how{
      .find = [] { return StepOr<std::vector<RemoteKey>>(); },
      .adopt = [](const RemoteKey&) { return done("adopt"); },
      .post = [] { return StepOr<RemoteKey>(ended(Rejected{Phrase("no right")})); },
      .verify = [](const RemoteKey&) { return done("verify"); }};
  EXPECT_EQ(shown(create_once(how, {}, 1)), "rejected: no right");
}

// --- comment_once

struct CommentRow {
  const char* name;
  int attempt;
  std::string before;  // what the ticket shows
  std::string after;
  const char* ends;
  const char* calls;
};

class TrackerComment : public testing::TestWithParam<CommentRow> {};

TEST_P(TrackerComment, IsSearchedForBeforeItIsWrittenAgain) {
  std::string calls;
  const auto look = [&calls](const char* when, const std::string& shows) {
    calls += when;
    return StepOr<std::string>(shows);
  };
  const Step step =
      comment_once<std::string>({.look_before = [&] { return look("before ", GetParam().before); },
                                 .write = [&]() -> StepOr<Reply> {
                                   calls += "write ";
                                   return Reply{"POST /tickets/7/comments", 201, {}, "", {}};
                                 },
                                 .look_after = [&] { return look("after ", GetParam().after); },
                                 .settle = [](const std::string& seen) -> std::optional<Step> {
                                   if (seen.find("[ref 1]") == std::string::npos)
                                     return std::nullopt;
                                   return Outcome{Delivered{RemoteKey{"7"}, seen}};
                                 },
                                 .missing = [](const Reply& reply) -> Outcome {
                                   return Rejected{Phrase(reply.call + ": it is not there")};
                                 }},
                                GetParam().attempt);
  EXPECT_EQ(shown(step), GetParam().ends);
  EXPECT_EQ(calls, GetParam().calls);
}

const CommentRow kCommentRows[] = {
    {"TheFirstAttemptWrites", 1, "", "Hi [ref 1]", "delivered: 7 Hi [ref 1]", "write after "},
    {"ItIsThereAlready", 2, "Old [ref 1]", "", "delivered: 7 Old [ref 1]", "before "},
    {"ItIsNotThereYet", 2, "", "Hi [ref 1]", "delivered: 7 Hi [ref 1]", "before write after "},
    {"ItIsNotThereAfterwards", 1, "", "Hi", "rejected: POST /tickets/7/comments: it is not there",
     "write after "},
};
INSTANTIATE_TEST_SUITE_P(Of, TrackerComment, testing::ValuesIn(kCommentRows),
                         [](const auto& row) { return row.param.name; });

// --- polling

Instant at(const std::string& text) { return *codec::parse_rfc3339(text); }

TEST(TrackerPolling, NamesAFindingByItsStampAndAYoungOneByThisPollToo) {
  const Instant stamp = at("2026-11-23T12:00:00Z");
  EXPECT_EQ(polled_id("7", stamp, at("2026-11-23T12:00:02Z")).text(), "7@2026-11-23T12:00:00Z");
  EXPECT_EQ(polled_id("7", stamp, at("2026-11-23T12:00:01Z")).text(),
            "7@2026-11-23T12:00:00Z~2026-11-23T12:00:01Z");
}

TEST(TrackerPolling, BeginsAtAWholeSecondAndNotBeforeTheEpoch) {
  const Cursor cursor{at("2026-11-23T12:00:00Z") + std::chrono::milliseconds(700), ""};
  EXPECT_EQ(walk_start(cursor, std::chrono::minutes(10)), at("2026-11-23T11:50:00Z"));
  EXPECT_EQ(walk_start({}, std::chrono::minutes(10)), Instant{});
}

std::string listed(const Exchange& exchange) {
  const auto body = need_list(
      exchange, {.member = "tickets",
                 .otherwise = Sentence("{call} was answered {code} without a list of tickets"),
                 .not_found = Sentence("{call} was answered {code}: is there a queue {queue}?"),
                 .args = {{"queue", Phrase("IT")}}});
  if (body) return body->dump();
  return shown(Outcome{body.error()});
}

TEST(TrackerPolling, TakesNothingButAListAndLetsTheWholeSystemWait) {
  EXPECT_EQ(listed(answered("GET", "/tickets", 200, R"({"tickets":[]})")), R"({"tickets":[]})");
  EXPECT_EQ(listed(answered("GET", "/tickets", 200, "{}")),
            "the system waits: GET /api/tickets was answered 200 without a list of tickets");
  EXPECT_EQ(listed(answered("GET", "/tickets", 400, R"({"tickets":[]})")),
            "the system waits: GET /api/tickets was answered 400 without a list of tickets");
  EXPECT_EQ(listed(answered("GET", "/tickets", 404, "")),
            "the system waits: GET /api/tickets was answered 404: is there a queue IT?");
  EXPECT_EQ(listed({Call{"GET", "https://desk.test/api/tickets", {}, "", Repeat::harmless},
                    NotSent{Phrase("connection refused")},
                    {}})
                .substr(0, 7),
            "later: ");
}

// --- snapshots

TEST(TrackerSnapshot, TellsThatATicketIsGone) {
  const Delivered delivered =
      gone(RemoteKey{"7"}, Phrase("deleted in {system}", {{"system", "IT"}}));
  EXPECT_EQ(delivered.key, RemoteKey{"7"});
  const auto read = gone_in(Json::parse(delivered.snapshot));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, (TicketGone{RemoteKey{"7"}, Phrase("deleted in {system}", {{"system", "IT"}})}));
  EXPECT_FALSE(gone_in(Json{{"ticket", {{"id", 7}}}}));
}

TEST(TrackerSnapshot, TellsThePeoplesGroups) {
  Ticket ticket;
  add_groups(ticket, Json{{"kari", {"2nd line", 7, "Ops"}}, {"ola", nullptr}});
  add_groups(ticket, Json());
  EXPECT_EQ(ticket.groups,
            (std::map<std::string, std::set<std::string>>{{"kari", {"2nd line", "Ops"}}}));
}

// --- settings, and the system that is made of them

class Desk final : public System<Settings> {
 public:
  using System::System;
  [[nodiscard]] Result<std::vector<Observation>> normalise(const Delivery&) const override {
    return std::vector<Observation>{};
  }
  [[nodiscard]] PollStep poll(const Cursor& cursor, Transcript) const override {
    return Page{{}, cursor, false};
  }
  [[nodiscard]] Step perform(const Command&, Transcript) const override { return done("it"); }
};

Setting text(std::string value) { return {"f:1:1", "it", std::move(value)}; }

TEST(TrackerSystem, IsPolledAsTheSettingsSayAndTakesNoWebhookWithoutASecret) {
  const Setting map{"f:1:1", "it", Setting::Map{{"poll", text("5s")}, {"overlap", text("1m")}}};
  SettingsReader reader(map);
  Settings read;
  read_polling(reader, read);
  read_webhook(reader, read);
  EXPECT_TRUE(reader.finish().empty());
  EXPECT_EQ(read.overlap, std::chrono::minutes(1));
  const Desk desk(read);
  EXPECT_EQ(desk.abilities().poll, std::chrono::seconds(5));
  EXPECT_EQ(desk.abilities().webhook_path, std::nullopt);
  EXPECT_FALSE(desk.accept({}).has_value());
}

TEST(TrackerSystem, OpensNoTicketWithoutAFieldForTheMarker) {
  Settings settings;
  EXPECT_EQ(Desk(settings).abilities().missing_to_open, "marker_field");
  settings.marker_field = "Key";
  EXPECT_EQ(Desk(settings).abilities().missing_to_open, "");
}

TEST(TrackerSystem, TakesWebhooksAtItsPath) {
  const Setting block{"f:2:1", "it.webhook",
                      Setting::Map{{"path", text("/hooks/it")},
                                   {"scheme", text("token")},
                                   {"header", text("x-token")},
                                   {"secret", {"f:2:9", "it.webhook.secret", Secret("s3cret")}}}};
  const Setting map{"f:1:1", "it", Setting::Map{{"webhook", block}}};
  SettingsReader reader(map);
  Settings read;
  read_webhook(reader, read);
  const Errors errors = reader.finish();
  ASSERT_TRUE(errors.empty()) << errors.front().text();
  const Desk desk(read);
  EXPECT_EQ(desk.abilities().webhook_path, "/hooks/it");
  Arrival arrival{"POST", "/hooks/it", {{"x-token", "s3cret"}}, "{}", "127.0.0.1", {}};
  EXPECT_TRUE(desk.accept(arrival).has_value());
  arrival.headers["x-token"] = "guess";
  EXPECT_FALSE(desk.accept(arrival).has_value());
}

TEST(TrackerSettings, ReadNamesWithAnErrorAtEachThatIsNone) {
  const Setting list{"f:1:1", "it.groups",
                     Setting::List{text("Drift"), {"f:1:9", "it.groups", std::string()}}};
  const Setting map{"f:1:1", "it", Setting::Map{}};
  SettingsReader reader(map);
  EXPECT_EQ(read_names(reader, list, "expected the name of a group"),
            std::vector<std::string>{"Drift"});
  const Errors errors = reader.finish();
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors.front().text(), "f:1:9: it.groups: expected the name of a group");
}

}  // namespace
}  // namespace saksbro::tracker
