// Alarms about certificates: 21, 7 and 1 days before, each once (docs/promises.md row 55).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <sstream>

#include "bridge/run/serve/listeners.h"

namespace saksbro::run {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr Instant kExpires{std::chrono::sys_days{std::chrono::year{2027} / 6 / 30}};

class Alarms : public testing::Test {
 protected:
  std::vector<std::string> look(Instant now, Instant expires = kExpires) {
    testing::internal::CaptureStdout();
    alarms.look("webhooks", expires, now);
    std::istringstream lines(testing::internal::GetCapturedStdout());
    std::vector<std::string> said;
    for (std::string line; std::getline(lines, line);) said.push_back(told(line));
    return said;
  }
  // "certificate.expires in 7", "certificate.expired"
  static std::string told(const std::string& line) {
    const auto value = [&](const std::string& key) {
      const auto at = line.find("\"" + key + "\":\"");
      if (at == std::string::npos) return std::string();
      const auto from = at + key.size() + 4;
      return line.substr(from, line.find('"', from) - from);
    };
    const std::string left = value("days");
    return value("event") + (left.empty() ? "" : " in " + left);
  }

  Metrics metrics;
  CertificateAlarms alarms{metrics};
};

TEST_F(Alarms, AreTold21And7And1DaysBeforeAndWhenItHasHappenedEachOnce) {
  std::vector<std::string> all;
  for (Instant now = kExpires - days(30); now < kExpires + days(2); now += 1h) {
    for (const std::string& one : look(now)) all.push_back(one);
  }
  EXPECT_THAT(all, testing::ElementsAre("certificate.expires in 21", "certificate.expires in 7",
                                        "certificate.expires in 1", "certificate.expired"));
}

TEST_F(Alarms, ANewCertificateStartsAnew) {
  EXPECT_EQ(look(kExpires - days(3)).size(), 1U);
  EXPECT_EQ(look(kExpires - days(3)).size(), 0U);
  EXPECT_EQ(look(kExpires - days(3), kExpires + days(300)).size(), 0U);
  EXPECT_EQ(look(kExpires + days(297), kExpires + days(300)).size(), 1U);
}

TEST_F(Alarms, TheSecondsLeftAreAMetric) {
  look(kExpires - 90s);
  EXPECT_EQ(metrics.value("saksbro_certificate_expires_seconds", "listener=\"webhooks\""), 90);
  look(kExpires + 5s);
  EXPECT_EQ(metrics.value("saksbro_certificate_expires_seconds", "listener=\"webhooks\""), -5);
}

TEST(Doors, WhatIsRefusedAtTheDoorIsCountedByReason) {
  Metrics metrics;
  ListenerSettings settings;
  settings.host = "127.0.0.1";
  auto door = open_listener(
      "webhooks", settings, [](const Arrival&) { return net::Response{}; }, metrics);
  ASSERT_TRUE(door.has_value());
  httplib::Client client("127.0.0.1", (*door)->port());
  const auto answer = client.Post("/", httplib::Headers{{"Content-Encoding", "gzip"}}, "x", "a/b");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 415);
  EXPECT_EQ(metrics.value("saksbro_refused_requests_total", "listener=\"webhooks\",reason=\"415\""),
            1);
  EXPECT_NE(metrics.text().find(
                "saksbro_refused_requests_total{listener=\"webhooks\",reason=\"415\"} 1\n"),
            std::string::npos);
}

}  // namespace
}  // namespace saksbro::run
