#include "bridge/codec/judge.h"

#include <gtest/gtest.h>

#include <vector>

namespace saksbro::codec {
namespace {

constexpr Instant kNow{std::chrono::hours{500'000}};

Exchange look(Fate fate) {
  return {{"GET", "http://desk/issues/7.json", {}, "", Repeat::harmless}, std::move(fate), kNow};
}
Exchange write(Fate fate, const char* url = "http://desk/issues.json") {
  return {{"POST", url, {}, "{}", Repeat::never}, std::move(fate), kNow};
}
Fate answered(int status, Headers headers = {}) { return Answer{status, std::move(headers), ""}; }

RetryLater later(Scope scope = Scope::command, std::optional<Instant> not_before = {}) {
  return RetryLater{"why", not_before, scope};
}

std::string shown(const Judgement& judged) {
  std::string text = word(judged.outcome);
  if (judged.system == SystemHealth::ill) text += ", ill";
  if (judged.system == SystemHealth::well) text += ", well";
  if (judged.throttled) text += ", throttled";
  if (judged.asked_quiet) text += ", quiet";
  if (judged.wrote) text += ", wrote";
  return text;
}

struct Row {
  const char* name;
  Outcome outcome;
  std::vector<Exchange> calls;
  const char* expected;
};

class Judged : public testing::TestWithParam<Row> {};

TEST_P(Judged, FollowsTheTable) {
  EXPECT_EQ(shown(judge(GetParam().outcome, GetParam().calls)), GetParam().expected);
}

// Promises 2, 3, 4, 5.
INSTANTIATE_TEST_SUITE_P(
    Outcomes, Judged,
    testing::Values(
        Row{"NothingAsked", later(), {}, "not sent"},
        Row{"Refused", later(), {write(NotSent{"refused"})}, "not sent, ill"},
        Row{"RefusedAfterALook",
            later(),
            {look(answered(200)), write(NotSent{"refused"})},
            "not sent, ill"},
        Row{"NoRoomForAFile",
            later(),
            {look(NotSent{Phrase("it is full", {}), Fault::ours})},
            "not sent"},
        Row{"AFileThatCouldNotBeKept",
            later(),
            {look(InDoubt{Phrase("the disk is full", {}), false, Fault::ours})},
            "later"},
        Row{"LostAnswer", later(), {write(InDoubt{"reset"})}, "in doubt, ill, wrote"},
        Row{"BrokenAfterTheDeed", later(), {write(answered(500))}, "in doubt, wrote"},
        Row{"BadGateway", later(), {write(answered(502))}, "in doubt, ill, wrote"},
        Row{"DoneButNotVerified",
            later(),
            {write(answered(201)), look(InDoubt{"reset"})},
            "in doubt, ill, wrote"},
        Row{"NotNow", later(), {write(answered(409))}, "later"},
        Row{"Throttled", later(), {write(answered(429))}, "later, ill, throttled"},
        Row{"AskedToWait",
            later(Scope::command, kNow),
            {write(answered(429, {{"retry-after", "9"}}))},
            "later, ill, quiet"},
        Row{"MaintenanceAtAWrite",
            later(Scope::command, kNow),
            {write(answered(503))},
            "in doubt, ill, throttled, wrote"},
        Row{"MaintenanceWithATime",
            later(Scope::command, kNow),
            {look(answered(503, {{"retry-after", "120"}}))},
            "later, ill, quiet"},
        Row{"BrokenAtALook", later(), {look(answered(500))}, "later, ill"},
        Row{"APageForPeople", later(), {look(answered(200))}, "later, ill"},
        Row{"LookLost", later(), {look(InDoubt{"timeout"})}, "later, ill"},
        Row{"Credentials", later(Scope::system), {look(answered(401))}, "later, ill"},
        Row{"SomebodyElseChangedIt", later(), {look(answered(200)), write(answered(412))}, "later"},
        Row{"Done", Delivered{}, {write(answered(204)), look(answered(200))}, "done, well, wrote"},
        Row{"RefusedForGood", Rejected{"no"}, {write(answered(422))}, "refused, well"},
        Row{"MadeButNotAsWanted",
            Rejected{"the field is not stored"},
            {write(answered(201)), look(answered(200))},
            "refused, well, wrote"},
        Row{"MailTaken", Delivered{}, {write(answered(250), "smtps://m")}, "done, well, wrote"},
        Row{"MailPutOff", later(), {write(answered(451), "smtp://m")}, "later"},
        Row{"MailServerCloses", later(), {write(answered(421), "smtp://m")}, "later, ill"},
        Row{"MailRefused", Rejected{"no"}, {write(answered(550), "smtp://m")}, "refused, well"}),
    [](const auto& row) { return row.param.name; });

TEST(Judging, APollIsTheSame) {
  const std::vector<Exchange> calls{look(NotSent{"refused"})};
  EXPECT_EQ(shown(judge(later(), calls)), "not sent, ill");
}

}  // namespace
}  // namespace saksbro::codec
