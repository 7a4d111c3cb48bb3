// What a listener does when there is too much of anything: it says so, counts it, and goes on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <thread>

#include "tests/net/recording.h"

namespace saksbro::net {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::Pair;
using testing::StartsWith;

const std::string post = "POST /in HTTP/1.1\r\nHost: x\r\n";

const std::string busy =
    "HTTP/1.1 503 Refused\r\nContent-Type: application/json\r\nRetry-After: 5\r\n"
    "Connection: close\r\nContent-Length: 32\r\n\r\n{\"error\":\"too many connections\"}";

void expect_sheds_the_third(const ServerLimits& limits, const std::string& reason) {
  Recording server(limits);
  std::vector<Wire> inside;
  for (int i = 0; i < 2; ++i) {
    inside.push_back(Wire::to(server.port()));
    inside.back().send(post + "Content-Length: 9\r\n\r\n");  // whose head has come is at work
  }
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(without_date(server.ask(get("/"))), busy);
  EXPECT_EQ(server.told(), (std::map<std::string, int>{{"shed " + reason, 1}}));
  inside.clear();
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(status_of(server.ask(get("/"))), "HTTP/1.1 200 OK");
}

TEST(Shedding, BeyondTheNumberOfConnections) {
  ServerLimits limits = tight;
  limits.connections = 2;
  expect_sheds_the_third(limits, "connections");
}

TEST(Shedding, BeyondTheNumberOfOneAddress) {
  ServerLimits limits = tight;
  limits.connections_per_address = 2;
  expect_sheds_the_third(limits, "address");
}

TEST(Shedding, BeyondTheBytesHeldForAll) {
  ServerLimits limits = tight;
  limits.body_bytes = 1'000'000;
  limits.buffered_bytes = 1'500'000;
  limits.body = 10s;
  Recording server(limits);
  Wire first = Wire::to(server.port());
  first.send(post + "Content-Length: 900000\r\n\r\n" + std::string(800'000, 'x'));
  std::this_thread::sleep_for(100ms);
  const std::string answer =
      server.ask(post + "Content-Length: 900000\r\n\r\n" + std::string(900'000, 'x'));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 503 Refused\r\n"));
  EXPECT_EQ(body_of(answer), "{\"error\":\"too many requests in progress\"}");
  EXPECT_THAT(server.told(), Contains(Pair("shed memory", 1)));
  first.send(std::string(100'000, 'x'));
  EXPECT_EQ(status_of(first.read_answer(5s)), "HTTP/1.1 200 OK");
  EXPECT_EQ(server.arrivals().size(), 1U);
}

// It sends for longer than anybody waits who has said goodbye, and reads only then.
TEST(Shedding, WhoReadsOnlyWhenItHasSentAllHearsTheRefusal) {
  ServerLimits limits = tight;
  limits.body_bytes = 4'000'000;
  limits.buffered_bytes = 100'000;
  limits.linger = 5s;
  Recording server(limits);
  Wire slow = Wire::to(server.port());
  slow.send(post + "Content-Length: 3000000\r\n\r\n");
  for (int i = 0; i < 30; ++i) {
    ASSERT_TRUE(slow.send(std::string(100'000, 'x'))) << "reset after " << i << " pieces";
    std::this_thread::sleep_for(50ms);
  }
  const std::string answer = slow.read_answer(5s);
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 503 Refused\r\n"));
  EXPECT_EQ(body_of(answer), "{\"error\":\"too many requests in progress\"}");
}

TEST(Shedding, WhoSendsOnAndOnIsCutOff) {
  ServerLimits limits = tight;
  limits.buffered_bytes = 10'000;
  limits.linger = 300ms;
  Recording server(limits);
  Wire endless = Wire::to(server.port());
  endless.send(post + "Content-Length: 900000\r\n\r\n" + std::string(20'000, 'x'));
  const auto began = std::chrono::steady_clock::now();
  while (endless.send("x") && std::chrono::steady_clock::now() - began < 10s)
    std::this_thread::sleep_for(20ms);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 3s);
}

// Promise 59.
TEST(Shedding, LeavesFilesForTheRestOfTheProgram) {
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  const rlimit few{.rlim_cur = 128, .rlim_max = before.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &few);
  Recording server;
  {
    // Each costs this process two files: both ends are here.
    std::vector<Wire> many;
    for (int i = 0; i < 60; ++i) {
      many.push_back(Wire::to(server.port()));
      if (!many.back().open()) break;
      std::this_thread::sleep_for(1ms);
    }
    EXPECT_THAT(server.told(), Contains(Pair("shed files", testing::Gt(0))));
  }
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(status_of(server.ask(get("/"))), "HTTP/1.1 200 OK");
  ::setrlimit(RLIMIT_NOFILE, &before);
}

// As long as there are others that say nothing, whoever says something is heard.
void expect_good_ones_heard(const ServerLimits& limits) {
  Recording server(limits);
  std::jthread flood([&](const std::stop_token& stop) {
    std::vector<Wire> silent;
    while (!stop.stop_requested()) {
      silent.push_back(Wire::to(server.port()));
      if (silent.size() % 3 == 0) silent.back().send("POST /in HT");
      if (silent.size() > 400) silent.clear();
      std::this_thread::sleep_for(3ms);
    }
  });
  // However slow the machine is, the flood has come to where some of it is shed.
  for (int i = 0; i < 3'000 && !server.told().contains("shed silent"); ++i)
    std::this_thread::sleep_for(50ms);
  int heard = 0;
  for (int i = 0; i < 60; ++i) {
    const std::string answer = server.ask(post + "Content-Length: 2\r\n\r\n{}");
    heard += status_of(answer) == "HTTP/1.1 200 OK" ? 1 : 0;
  }
  EXPECT_EQ(heard, 60);
  EXPECT_THAT(server.told(), Contains(Pair("shed silent", testing::Gt(0))));
}

TEST(Shedding, AFloodOfSilentNewcomersCostsNoGoodWebhook) {
  ServerLimits limits = tight;
  limits.connections = 100;
  limits.header = 5s;
  expect_good_ones_heard(limits);
}

TEST(Shedding, AFloodFromTheGoodSendersOwnAddressNeither) {
  ServerLimits limits = tight;
  limits.connections_per_address = 100;
  limits.header = 5s;
  expect_good_ones_heard(limits);
}

TEST(Shedding, HundredsThatAreTurnedAwayAtOnceAllHearIt) {
  ServerLimits limits = tight;
  limits.connections = 1;
  limits.body = 20s;
  Recording server(limits);
  Wire inside = Wire::to(server.port());
  inside.send(post + "Content-Length: 9\r\n\r\n");
  std::this_thread::sleep_for(50ms);
  std::vector<Wire> many;
  for (int i = 0; i < 300; ++i) {
    many.push_back(Wire::to(server.port()));
    many.back().send(get("/"));
  }
  for (Wire& one : many) EXPECT_EQ(without_date(one.read_all(5s)), busy);
}

// Promise 53.
TEST(Shedding, AThousandSilentAndAHundredSlowSendersDelayNobody) {
  ServerLimits limits;
  limits.connections_per_address = 2000;
  limits.workers = 2;
  Recording server(limits);
  std::vector<Wire> crowd;
  for (int i = 0; i < 1100; ++i) crowd.push_back(Wire::to(server.port()));
  for (std::size_t i = 1000; i < crowd.size(); ++i) crowd[i].send(post + "Content-Length: 9\r\n");
  auto longest = 0ms;
  for (int i = 0; i < 20; ++i) {
    for (std::size_t slow = 1000; slow < crowd.size(); ++slow) crowd[slow].send("X");
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(status_of(server.ask(get("/"))), "HTTP/1.1 200 OK");
    longest = std::max(longest, std::chrono::ceil<std::chrono::milliseconds>(
                                    std::chrono::steady_clock::now() - began));
  }
  EXPECT_LT(longest, 500ms);  // the figure is tests/bench's; here others compile meanwhile
}

TEST(Shedding, ASourceThatIsAllowedMoreMaySendMore) {
  ServerLimits limits = tight;
  limits.body_bytes_at = {{"/in", 2000}};
  limits.body = 5s;
  Recording server(limits);
  const std::string body(2000, 'x');
  EXPECT_EQ(status_of(server.ask(post + "Content-Length: 2000\r\n\r\n" + body)), "HTTP/1.1 200 OK");
  EXPECT_THAT(server.ask("POST /in?a=b HTTP/1.1\r\nHost: x\r\nContent-Length: 2001\r\n\r\n"),
              StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(server.ask("POST /other HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n"),
              StartsWith("HTTP/1.1 413 "));
  EXPECT_EQ(server.told(), (std::map<std::string, int>{{"refused 413", 2}}));
}

}  // namespace
}  // namespace saksbro::net
