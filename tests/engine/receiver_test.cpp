// The front door: 200 only for what is on disk.
#include "bridge/run/receive/receiver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "bridge/store/group_commit.h"
#include "tests/engine/bridge_in_a_box.h"
#include "tests/engine/no_room.h"

namespace saksbro::run {
namespace {

using testing::HasSubstr;
using testing::Not;

Arrival arrival(const std::string& path, const std::string& token = "good") {
  Arrival one;
  one.method = "POST";
  one.path = path;
  one.headers = {{"x-token", token}, {"x-id", "d-1"}};
  one.body = "hint:17";
  one.peer = "192.0.2.7";
  return one;
}

class Door : public testing::Test {
 protected:
  Box box;
  store::GroupCommit inbox{box.store()};
  Receiver receiver{box.systems, inbox, box.store().in_hand(), box.metrics, box.wake};

  double refused(const std::string& reason) const {
    return box.metrics.value("saksbro_refused_deliveries_total",
                             R"(system="desk",reason=")" + reason + '"');
  }
};

TEST_F(Door, WhatIsStoredIsAnsweredTwoHundredAndCounted) {
  const auto response = receiver.receive(arrival("/hooks/desk"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "{\"delivery\":\"stored\"}\n");
  ASSERT_EQ(box.inbox().size(), 1U);
  EXPECT_EQ(box.inbox()[0].delivery.id, DeliveryId{"d-1"});
  EXPECT_EQ(box.metrics.value("saksbro_deliveries_total", "system=\"desk\",new=\"yes\""), 1);
}

// Promise 9.
TEST_F(Door, TheSameDeliveryAgainIsTwoHundredAndStoredOnce) {
  (void)receiver.receive(arrival("/hooks/desk"));
  const auto response = receiver.receive(arrival("/hooks/desk"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "{\"delivery\":\"stored before\"}\n");
  EXPECT_EQ(box.inbox().size(), 1U);
  EXPECT_EQ(box.metrics.value("saksbro_deliveries_total", "system=\"desk\",new=\"no\""), 1);
}

// RFC 9110, 15.5.2: and many programs send a password only when they are asked for it.
TEST_F(Door, WhoIsRefusedIsToldHowToProveWhoItIs) {
  Arrival wrong = arrival("/hooks/desk", "wrong");
  wrong.peer = "192.0.2.8";
  const auto response = receiver.receive(wrong);
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(response.headers.at("WWW-Authenticate"), "Webhook realm=\"webhooks\"");
}

// Promise 29.
TEST_F(Door, WhatIsNotAuthenticIsFourHundredAndOneCountedAndNotStored) {
  Arrival guess = arrival("/hooks/desk", "s3cret-guess");
  guess.peer = "192.0.2.9";  // of nobody else: what one peer repeats is one line a minute
  testing::internal::CaptureStdout();
  const auto response = receiver.receive(guess);
  const std::string logged = testing::internal::GetCapturedStdout();
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(response.body, "{\"error\":\"the token is wrong\"}\n");
  EXPECT_TRUE(box.inbox().empty());
  EXPECT_EQ(refused("other"), 1);
  EXPECT_THAT(logged, HasSubstr("delivery.refused"));
  EXPECT_THAT(logged, Not(HasSubstr("s3cret-guess")));
}

TEST_F(Door, EachReasonIsCountedFromNoneOnSoThatItsFirstOneIsSeen) {
  for (const std::string_view reason : kRefusalReasons) {
    const std::string line = R"(saksbro_refused_deliveries_total{system="desk",reason=")" +
                             std::string(reason) + "\"} 0\n";
    EXPECT_THAT(box.metrics.text(), HasSubstr(line));
  }
}

TEST_F(Door, OtherPathsAreFourHundredAndFour) {
  EXPECT_EQ(receiver.receive(arrival("/hooks/other")).status, 404);
  EXPECT_EQ(receiver.receive(arrival("/")).status, 404);
  EXPECT_EQ(receiver.receive(arrival("")).status, 404);
}

TEST_F(Door, OtherMethodsAreFourHundredAndFive) {
  Arrival get = arrival("/hooks/desk");
  get.method = "GET";
  const auto response = receiver.receive(get);
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.headers.at("Allow"), "POST");
  EXPECT_TRUE(box.inbox().empty());
}

// Promise 30.
TEST_F(Door, WhatCannotBeStoredIsFiveHundredAndThreeSoThatItIsSentAgain) {
  NoRoom full;
  store::GroupCommit nowhere{full};
  Receiver closed{box.systems, nowhere, box.store().in_hand(), box.metrics, box.wake};
  const auto response = closed.receive(arrival("/hooks/desk"));
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.headers.at("Retry-After"), "30");
  EXPECT_EQ(response.body, "{\"error\":\"not stored; send it again\"}\n");
}

}  // namespace
}  // namespace saksbro::run
