// When a connection is kept for another request, and when it is not: never at the price of
// smuggling.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/net/recording.h"

namespace saksbro::net {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using Clock = std::chrono::steady_clock;

const std::string post = "POST /in HTTP/1.1\r\nHost: x\r\n";
const std::string one_byte = "Content-Length: 1\r\n\r\na";

std::vector<std::string> paths(Recording& server) {
  std::vector<std::string> all;
  for (const Arrival& arrival : server.arrivals()) all.push_back(arrival.path);
  return all;
}

bool is_kept(const std::string& answer) {
  return answer.find("\r\nConnection: keep-alive\r\n") != std::string::npos;
}

TEST(KeepAlive, ASenderThatWaitsForItsAnswersIsServedOnOneConnection) {
  Recording server;
  Wire wire = Wire::to(server.port());
  for (int i = 0; i < 50; ++i) {
    wire.send("POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n" + one_byte);
    const std::string answer = wire.read_answer(5s);
    ASSERT_TRUE(is_kept(answer)) << answer;
    EXPECT_EQ(body_of(answer), "{\"ok\":true}");
  }
  EXPECT_EQ(server.arrivals().size(), 50U);
  EXPECT_EQ(server.arrivals().back().path, "/49");
}

TEST(KeepAlive, TellsHowLongItWaits) {
  ServerLimits limits = tight;
  limits.idle = 7s;
  Recording server(limits);
  Wire wire = Wire::to(server.port());
  wire.send(post + one_byte);
  EXPECT_EQ(without_date(wire.read_answer(5s)),
            "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 11\r\n"
            "Content-Type: application/json\r\nKeep-Alive: timeout=7\r\n\r\n{\"ok\":true}");
}

struct Row {
  std::string name;
  std::string request;
};

class Kept : public testing::TestWithParam<Row> {};

TEST_P(Kept, AfterARequestWhoseEndIsBeyondDoubt) {
  Recording server;
  Wire wire = Wire::to(server.port());
  wire.send(GetParam().request);
  EXPECT_TRUE(is_kept(wire.read_answer(5s)));
  wire.send(get("/second"));
  EXPECT_EQ(status_of(wire.read_answer(5s)), "HTTP/1.1 200 OK");
  EXPECT_THAT(paths(server), ElementsAre("/in", "/second"));
}

const std::vector<Row> kept = {
    {"PostWithLength", post + one_byte},
    {"PostWithoutBody", post + "\r\n"},
    {"PostInChunks", post + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"},
    {"SaysKeepAlive", post + "Connection: Keep-Alive\r\n" + one_byte},
    {"Get", "GET /in HTTP/1.1\r\nHost: x\r\n\r\n"},
};
INSTANTIATE_TEST_SUITE_P(Each, Kept, testing::ValuesIn(kept),
                         [](const auto& each) { return each.param.name; });

class NotKept : public testing::TestWithParam<Row> {};

TEST_P(NotKept, AndWhatFollowsIsNeverExecuted) {
  Recording server;
  Wire wire = Wire::to(server.port());
  wire.send(GetParam().request);
  const std::string answer = wire.read_answer(5s);
  wire.send(get("/second"));
  EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_EQ(wire.read_all(5s), "");
  EXPECT_THAT(paths(server), ElementsAre("/in"));
}

const std::vector<Row> not_kept = {
    {"AskedToClose", post + "Connection: close\r\n" + one_byte},
    {"ClosesInAList", post + "Connection: keep-alive, close\r\n" + one_byte},
    {"AskedBothWays", post + "Connection: keep-alive\r\nConnection: close\r\n" + one_byte},
    {"NamesAHeaderForTheHop", post + "Connection: x-secret\r\n" + one_byte},
    {"Http10", "POST /in HTTP/1.0\r\n" + one_byte},
    {"Http10KeepAlive", "POST /in HTTP/1.0\r\nConnection: keep-alive\r\n" + one_byte},
    {"GetWithBody", "GET /in HTTP/1.1\r\nHost: x\r\n" + one_byte},
    {"DeleteInChunks",
     "DELETE /in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"},
    {"ChunkWithExtension", post + "Transfer-Encoding: chunked\r\n\r\n1;x=y\r\na\r\n0\r\n\r\n"},
    {"FollowedAtOnce", post + one_byte + get("/pipelined")},
    {"FollowedByALineEnd", post + one_byte + "\r\n"},
};
INSTANTIATE_TEST_SUITE_P(Each, NotKept, testing::ValuesIn(not_kept),
                         [](const auto& each) { return each.param.name; });

TEST(KeepAlive, WhatComesWhileTheHandlerRunsIsNotExecuted) {
  std::atomic<int> asked = 0;
  const auto server = serve([&](const Arrival&) {
    ++asked;
    std::this_thread::sleep_for(200ms);
    return Response{};
  });
  Wire wire = Wire::to(server->port());
  wire.send(post + one_byte);
  while (asked == 0) std::this_thread::sleep_for(1ms);
  wire.send(get("/smuggled"));
  EXPECT_THAT(wire.read_all(5s), HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_EQ(asked, 1);
}

TEST(KeepAlive, EndsAfterItsNumberOfRequests) {
  ServerLimits limits = tight;
  limits.requests_per_connection = 3;
  Recording server(limits);
  Wire wire = Wire::to(server.port());
  std::string kept_so;
  for (int i = 0; i < 3; ++i) {
    wire.send(post + one_byte);
    kept_so += is_kept(wire.read_answer(5s)) ? "kept " : "closed ";
  }
  EXPECT_EQ(kept_so, "kept kept closed ");
}

TEST(KeepAlive, AnIdleConnectionEndsWhenItsTimeIsUp) {
  ServerLimits limits = tight;
  limits.idle = 200ms;
  Recording server(limits);
  Wire wire = Wire::to(server.port());
  wire.send(post + one_byte);
  EXPECT_TRUE(is_kept(wire.read_answer(5s)));
  const auto began = Clock::now();
  EXPECT_EQ(wire.read_all(5s), "");
  EXPECT_GE(Clock::now() - began, 150ms);
  EXPECT_LT(Clock::now() - began, 2s);
}

TEST(KeepAlive, ASecondRequestThatDripsHasItsOwnTime) {
  ServerLimits limits = tight;
  limits.header = 300ms;
  Recording server(limits);
  Wire wire = Wire::to(server.port());
  wire.send(post + one_byte);
  EXPECT_TRUE(is_kept(wire.read_answer(5s)));
  wire.send("POST /in HTTP/1.1\r\n");
  EXPECT_EQ(body_of(wire.read_all(5s)), "{\"error\":\"the request came too slowly\"}");
}

TEST(KeepAlive, AKeptConnectionMakesRoomForANewOne) {
  ServerLimits limits = tight;
  limits.connections = 1;
  limits.idle = 60s;
  Recording server(limits);
  Wire idle = Wire::to(server.port());
  idle.send(post + one_byte);
  EXPECT_TRUE(is_kept(idle.read_answer(5s)));
  std::this_thread::sleep_for(50ms);  // its worker gives it back
  EXPECT_EQ(status_of(server.ask(get("/second"))), "HTTP/1.1 200 OK");
  EXPECT_EQ(idle.read_all(5s), "");
}

TEST(KeepAlive, AStopEndsKeptConnectionsAtOnce) {
  Recording server;
  Wire wire = Wire::to(server.port());
  wire.send(post + one_byte);
  EXPECT_TRUE(is_kept(wire.read_answer(5s)));
  const auto began = Clock::now();
  server.stop(10s);
  EXPECT_LT(Clock::now() - began, 1s);
  EXPECT_EQ(wire.read_all(1s), "");
}

}  // namespace
}  // namespace saksbro::net
