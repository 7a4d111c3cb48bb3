#include "bridge/codec/settle.h"

#include <gtest/gtest.h>

namespace saksbro::codec {
namespace {

using std::chrono::seconds;

constexpr Instant kNow{std::chrono::milliseconds(1795426331000)};  // 2026-11-23T09:32:11Z

Exchange look(Fate fate) {
  return {{"GET", "http://desk:3000/issues/7.json?key=secret", {}, "", Repeat::harmless},
          std::move(fate),
          kNow};
}

Exchange write(Fate fate) {
  return {{"PUT", "http://desk/issues/7.json", {}, "{}", Repeat::never}, std::move(fate), kNow};
}

std::string shown(const RetryLater& later) {
  std::string text = "later: " + in_english(later.why);
  if (later.not_before) {
    const auto wait = std::chrono::duration_cast<seconds>(*later.not_before - kNow);
    text += " | after " + std::to_string(wait.count()) + " s";
  }
  return text + (later.scope == Scope::system ? " | system" : "");
}

std::string shown(const std::optional<Outcome>& outcome) {
  if (!outcome) return "the connector decides";
  if (const auto* later = std::get_if<RetryLater>(&*outcome)) return shown(*later);
  if (const auto* refused = std::get_if<Rejected>(&*outcome))
    return "rejected: " + in_english(refused->why);
  return "delivered";
}

struct Row {
  const char* name;
  Exchange exchange;
  const char* outcome;
};

class SettleEarly : public testing::TestWithParam<Row> {};

TEST_P(SettleEarly, FollowsTheTable) {
  EXPECT_EQ(shown(settle_early(GetParam().exchange)), GetParam().outcome);
}

Fate status(int number) { return Answer{number, {}, "body"}; }

const Row kRows[] = {
    {"LookNotSent", look(NotSent{"connection refused"}),
     "later: GET /issues/7.json was not sent: connection refused"},
    {"WriteNotSent", write(NotSent{"no such host"}),
     "later: PUT /issues/7.json was not sent: no such host"},
    {"LookWithoutAnswer", look(InDoubt{"connection reset"}),
     "later: GET /issues/7.json got no complete answer: connection reset"},
    {"WriteInDoubt", write(InDoubt{"connection reset"}),
     "later: PUT /issues/7.json is in doubt: connection reset | after 5 s"},
    {"WriteThatMayStillRun", write(InDoubt{"timeout", true}),
     "later: PUT /issues/7.json is in doubt: timeout | after 60 s"},
    {"Timeout", look(status(408)), "later: GET /issues/7.json was answered 408"},
    {"Conflict", write(status(409)), "later: PUT /issues/7.json was answered 409"},
    {"TooEarly", write(status(425)), "later: PUT /issues/7.json was answered 425"},
    {"TooMany", write(status(429)), "later: PUT /issues/7.json was answered 429"},
    {"BrokenAtALook", look(status(500)), "later: GET /issues/7.json was answered 500"},
    {"BrokenAtAWrite", write(status(500)),
     "later: PUT /issues/7.json was answered 500: in doubt, it may have been carried out | after 5 "
     "s"},
    {"MaintenanceAtAWrite", write(status(503)),
     "later: PUT /issues/7.json was answered 503: in doubt, it may have been carried out | after 5 "
     "s"},
    {"LastOfTheFives", look(status(599)), "later: GET /issues/7.json was answered 599"},
    {"WrongCredentialsAtALook", look(status(401)),
     "later: GET /issues/7.json was answered 401: the system refuses the credentials; a person "
     "must check them | system"},
    {"WrongCredentialsAtAWrite", write(status(401)),
     "later: PUT /issues/7.json was answered 401: the system refuses the credentials; a person "
     "must check them | system"},
    {"ForbiddenLook", look(status(403)),
     "later: GET /issues/7.json was answered 403: the system refuses the credentials; a person "
     "must check them | system"},
    {"Redirect", look(Answer{302, {{"location", "http://elsewhere/?token=x"}}, ""}),
     "later: GET /issues/7.json was answered 302: redirects are not followed; is the address in "
     "the configuration right? | system"},
    {"PermanentRedirectOfAWrite", write(status(308)),
     "later: PUT /issues/7.json was answered 308: redirects are not followed; is the address in "
     "the configuration right? | system"},
    {"Ok", look(status(200)), "the connector decides"},
    {"NoContent", write(status(204)), "the connector decides"},
    {"BadRequest", write(status(400)), "the connector decides"},
    {"ForbiddenWrite", write(status(403)), "the connector decides"},
    {"NotFound", look(status(404)), "the connector decides"},
    {"Gone", look(status(410)), "the connector decides"},
    {"Unprocessable", write(status(422)), "the connector decides"},
    {"NoStatusOfHttp", look(status(0)), "the connector decides"},
    {"BeyondHttp", look(status(600)), "the connector decides"},
};

INSTANTIATE_TEST_SUITE_P(Outcomes, SettleEarly, testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

struct Wait {
  const char* name;
  const char* retry_after;
  const char* date;
  const char* expected;
};

class RetryAfter : public testing::TestWithParam<Wait> {};

TEST_P(RetryAfter, BecomesNotBefore) {
  Headers headers{{"retry-after", GetParam().retry_after}};
  if (*GetParam().date != '\0') headers["date"] = GetParam().date;
  for (const int number : {408, 409, 425, 429, 500, 503}) {
    const std::string said =
        "later: GET /issues/7.json was answered " + std::to_string(number) + GetParam().expected;
    EXPECT_EQ(shown(settle_early(look(Answer{number, headers, ""}))), said);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Forms, RetryAfter,
    testing::Values(Wait{"Seconds", "120", "", " | after 120 s"},
                    Wait{"Zero", "0", "", " | after 0 s"},
                    Wait{"AnHour", "3600", "", " | after 3600 s"},
                    Wait{"AtMostAnHour", "3601", "", " | after 3600 s"},
                    Wait{"Endless", "9223372036854775807", "", " | after 3600 s"},
                    Wait{"Negative", "-5", "", " | after 0 s"},
                    Wait{"Date", "Mon, 23 Nov 2026 09:33:11 GMT", "", " | after 60 s"},
                    Wait{"DateFarAway", "Tue, 24 Nov 2026 09:33:11 GMT", "", " | after 3600 s"},
                    Wait{"DateGoneBy", "Mon, 23 Nov 2026 09:30:00 GMT", "", " | after 0 s"},
                    Wait{"DateByAClockThatIsSlow", "Mon, 23 Nov 2026 08:01:30 GMT",
                         "Mon, 23 Nov 2026 08:00:00 GMT", " | after 90 s"},
                    Wait{"NoTime", "soon", "", ""}, Wait{"Empty", "", "", ""},
                    Wait{"TooLargeANumber", "99999999999999999999", "", ""}),
    [](const auto& row) { return row.param.name; });

TEST(RateLimited, WaitsForTheResetWhereThereIsNoRetryAfter) {
  const auto told = [](int code, Headers headers) {
    return shown(settle_early(look(Answer{code, std::move(headers), ""})));
  };
  EXPECT_EQ(told(429, {{"ratelimit-reset", "90"}}),
            "later: GET /issues/7.json was answered 429 | after 90 s");
  EXPECT_EQ(told(429, {{"ratelimit-reset", "90"}, {"retry-after", "7"}}),
            "later: GET /issues/7.json was answered 429 | after 7 s");
  EXPECT_EQ(told(429, {{"ratelimit-reset", "0"}}), "later: GET /issues/7.json was answered 429");
  EXPECT_EQ(told(503, {{"ratelimit-reset", "90"}}), "later: GET /issues/7.json was answered 503");
}

TEST(PostponeEarly, IsSettleEarlyForAPoll) {
  for (const Row& row : kRows) {
    const auto later = postpone_early(row.exchange);
    const std::string outcome = row.outcome;
    if (outcome.starts_with("later")) {
      ASSERT_TRUE(later) << row.name;
      EXPECT_EQ(shown(*later), outcome);
    }
    if (outcome == "the connector decides") {
      EXPECT_FALSE(later) << row.name;
    }
  }
}

TEST(PostponeEarly, ARedirectHoldsTheWholeSystem) {
  const auto later = postpone_early(look(status(301)));
  ASSERT_TRUE(later);
  EXPECT_EQ(
      shown(*later),
      "later: GET /issues/7.json was answered 301: redirects are not followed; is the address "
      "in the configuration right? | system");
}

// Promise 16.
TEST(AnsweredByAPage, IsInDoubtForAWriteAndNothingElse) {
  const auto page = answered_by_a_page(write(Answer{200, {}, " <html>Vedlikehold</html>"}));
  ASSERT_TRUE(page);
  EXPECT_EQ(shown(*page),
            "later: PUT /issues/7.json was answered 200 by a page that is not JSON: in doubt, it "
            "may have been carried out | after 5 s");
  for (const char* right : {"", "{}", " [1]", "\r\n"})
    EXPECT_FALSE(answered_by_a_page(write(Answer{204, {}, right}))) << right;
  EXPECT_FALSE(answered_by_a_page(write(Answer{404, {}, "<html>"})));
  EXPECT_FALSE(answered_by_a_page(write(InDoubt{"reset"})));
  EXPECT_FALSE(answered_by_a_page(look(Answer{200, {}, "<html>"})));
}

TEST(Describe, ShowsNoHostQueryOrCredentials) {
  const auto described = [](const char* url) { return describe({"GET", url, {}, "", {}}); };
  EXPECT_EQ(described("https://me:secret@desk:3000/a/b.json?key=x#y"), "GET /a/b.json");
  EXPECT_EQ(described("https://desk"), "GET /");
  EXPECT_EQ(described("https://desk?key=a/b"), "GET /");
  EXPECT_EQ(described("https://desk/#/secret"), "GET /");
  EXPECT_EQ(described("/a/b?next=http://x/y"), "GET /a/b");
  EXPECT_EQ(described(""), "GET /");
}

TEST(AnsweredAt, IsTheServersOwnClock) {
  const Headers dated{{"date", "Mon, 23 Nov 2026 08:00:00 GMT"}};
  EXPECT_EQ(answered_at(look(Answer{200, dated, ""})), kNow - seconds(5531));
  EXPECT_EQ(answered_at(look(Answer{200, {{"date", "yesterday"}}, ""})), kNow);
  EXPECT_EQ(answered_at(look(status(200))), kNow);
  EXPECT_EQ(answered_at(look(InDoubt{"reset"})), kNow);
}

}  // namespace
}  // namespace saksbro::codec
