// What the listener lets in, what it refuses, and how it ends (docs/promises.md rows 53-60).
#include "bridge/net/http_server.h"

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <future>
#include <stdexcept>

#include "bridge/net/answer_text.h"
#include "tests/net/recording.h"

// The loop's accept4() comes here first, so that a test can make it fail.
namespace {
std::atomic<int> next_accept_fails_with = 0;
std::atomic<bool> accept_is_held = false;
}  // namespace
extern "C" int accept4(int socket, sockaddr* address, socklen_t* size, int flags) {
  using Accept = int (*)(int, sockaddr*, socklen_t*, int);
  static const auto real = reinterpret_cast<Accept>(::dlsym(RTLD_NEXT, "accept4"));
  const int accepted = real(socket, address, size, flags);
  while (accept_is_held) ::usleep(1000);
  const int error = next_accept_fails_with.exchange(0);
  if (error == 0 || accepted < 0) return accepted;
  ::close(accepted);
  errno = error;
  return -1;
}

namespace saksbro::net {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;
using Clock = std::chrono::steady_clock;

TEST(HttpServer, HandsOverMethodPathHeadersBodyAndTheRealPeer) {
  Recording server;
  const std::string answer = server.ask(
      "POST /in/desk%20x?a=b HTTP/1.1\r\nHost: x\r\nX-Token: ab%41%2Bc%0d%0aEvil: 1\r\n"
      "Twice: a\r\nTWICE: b\r\nREMOTE_ADDR: 6.6.6.6\r\nRemote_Port: 1\r\nRange: bytes=0-,0-\r\n"
      "Accept-Encoding: gzip\r\nContent-Length: 7\r\n\r\n{\"a\":1}");
  EXPECT_EQ(status_of(answer), "HTTP/1.1 200 OK");
  EXPECT_EQ(body_of(answer), "{\"ok\":true}");
  ASSERT_EQ(server.arrivals().size(), 1U);
  const Arrival arrival = server.arrivals().at(0);
  EXPECT_EQ(arrival.method, "POST");
  EXPECT_EQ(arrival.path, "/in/desk%20x");
  EXPECT_EQ(arrival.headers,
            (Headers{{"host", "x"}, {"x-token", "ab%41%2Bc%0d%0aEvil: 1"}, {"twice", "a, b"}}));
  EXPECT_EQ(arrival.body, "{\"a\":1}");
  EXPECT_EQ(arrival.peer, "127.0.0.1");
  EXPECT_LT(std::chrono::system_clock::now() - arrival.at, 10s);
}

TEST(HttpServer, AnswersWhatTheHandlerSays) {
  const auto server = serve([](const Arrival&) {
    return Response{429, "text/plain", "later", {{"Retry-After", "7"}}};
  });
  Wire wire = Wire::to(server->port());
  wire.send(get("/"));
  EXPECT_EQ(without_date(wire.read_all(5s)),
            "HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nContent-Length: 5\r\n"
            "Content-Type: text/plain\r\nRetry-After: 7\r\n\r\nlater");
}

struct Exchanged {
  std::string name;
  std::string bytes;
  std::string status;
  std::string body;  // what the handler got, or the error that the sender got
};

const std::string head = "POST /in/desk HTTP/1.1\r\nHost: x\r\n";
std::string lines(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "X-" + std::to_string(i) + ": y\r\n";
  return text;
}

class LetIn : public testing::TestWithParam<Exchanged> {};

TEST_P(LetIn, WithItsBody) {
  Recording server;
  EXPECT_EQ(status_of(server.ask(GetParam().bytes)), GetParam().status);
  ASSERT_EQ(server.arrivals().size(), 1U);
  EXPECT_EQ(server.arrivals().at(0).body, GetParam().body);
}

const std::vector<Exchanged> let_in = {
    {"Get", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 OK", ""},
    {"GetWithBody", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab", "HTTP/1.1 200 OK",
     "ab"},
    {"Delete", "DELETE /x HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 OK", ""},
    {"Put", "PUT /x HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab", "HTTP/1.1 200 OK", "ab"},
    {"Old", "GET / HTTP/1.0\r\n\r\n", "HTTP/1.1 200 OK", ""},
    {"NoLengthIsNoBody", head + "\r\n", "HTTP/1.1 200 OK", ""},
    {"OfTheLargestSize", head + "Content-Length: 1000\r\n\r\n" + std::string(1000, 'x'),
     "HTTP/1.1 200 OK", std::string(1000, 'x')},
    {"Chunked",
     head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
     "HTTP/1.1 200 OK", "abc0123456789"},
    {"IdentityEncoded", head + "Content-Encoding: identity\r\nContent-Length: 1\r\n\r\na",
     "HTTP/1.1 200 OK", "a"},
    {"AfterItsExpectation", head + "Expect: 100-continue\r\nContent-Length: 1\r\n\r\na",
     "HTTP/1.1 100 Continue", "a"},
    {"LongestPath", "GET /" + std::string(7900, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n",
     "HTTP/1.1 200 OK", ""},
    {"AbsoluteForm", "POST http://other:80/in HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na",
     "HTTP/1.1 200 OK", "a"},
    {"HostWithoutAName", "GET / HTTP/1.1\r\nHost:\r\n\r\n", "HTTP/1.1 200 OK", ""},
    {"OptionsOfTheServer", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 OK", ""},
    {"AnExpectationOfHttp10",
     "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na", "HTTP/1.1 200 OK",
     "a"},
};
INSTANTIATE_TEST_SUITE_P(Each, LetIn, testing::ValuesIn(let_in),
                         [](const auto& each) { return each.param.name; });

class Refused : public testing::TestWithParam<Exchanged> {};

// A second request rides along where one fits: it must not be executed.
// Promise 53.
TEST_P(Refused, AndNothingReachesTheHandler) {
  Recording server;
  const std::string answer =
      server.ask(GetParam().bytes + "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(status_of(answer), "HTTP/1.1 " + GetParam().status + " Refused");
  EXPECT_EQ(body_of(answer), "{\"error\":\"" + GetParam().body + "\"}");
  EXPECT_THAT(server.arrivals(), IsEmpty());
}

const std::vector<Exchanged> refused = {
    {"TooLarge", head + "Content-Length: 1001\r\n\r\n", "413", "the body is too large"},
    {"HugeLength", head + "Content-Length: 99000000000\r\n\r\nx", "413", "the body is too large"},
    {"HugeLengthExpecting", head + "Expect: 100-continue\r\nContent-Length: 99000000000\r\n\r\n",
     "413", "the body is too large"},
    {"ChunksTooLarge",
     head + "Transfer-Encoding: chunked\r\n\r\n3e8\r\n" + std::string(1000, 'x') + "\r\n1\r\nx\r\n",
     "413", "the body is too large"},
    {"ChunkOfMinusTwo", head + "Transfer-Encoding: chunked\r\n\r\n-2\r\n", "400", "bad chunk size"},
    {"ChunkWithoutEnd", head + "Transfer-Encoding: chunked\r\n\r\n1\r\nxx\r\n", "400", "bad chunk"},
    {"ChunkLineTooLong", head + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(90, 'x'),
     "400", "a chunk's line is too long"},
    {"ChunkWithBareLf", head + "Transfer-Encoding: chunked\r\n\r\n1\nx\n0\n\n", "400",
     "bad line end in a chunk"},
    {"Trailer", head + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n\r\n", "400", "bad chunk"},
    {"LengthIsNoNumber", head + "Content-Length: abc\r\n\r\n", "400", "bad Content-Length"},
    {"LengthHasATail", head + "Content-Length: 1x\r\n\r\na", "400", "bad Content-Length"},
    {"LengthHasASign", head + "Content-Length: +1\r\n\r\na", "400", "bad Content-Length"},
    {"LengthIsNegative", head + "Content-Length: -1\r\n\r\n", "400", "bad Content-Length"},
    {"LengthOverflows", head + "Content-Length: 18446744073709551616\r\n\r\n", "400",
     "bad Content-Length"},
    {"LengthTwice", head + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na", "400",
     "bad Content-Length"},
    {"LengthAndChunks", head + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
     "400", "ambiguous body length"},
    {"ChunksInHttp10", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400",
     "ambiguous body length"},
    {"GzipThenChunked", head + "Transfer-Encoding: gzip, chunked\r\n\r\n", "400",
     "bad Transfer-Encoding"},
    {"OddChunked", head + "Transfer-Encoding: xchunked\r\n\r\n", "400", "bad Transfer-Encoding"},
    {"EscapedChunked", head + "Transfer-Encoding: %63hunked\r\n\r\n", "400",
     "bad Transfer-Encoding"},
    {"SpaceBeforeColon", head + "Transfer-Encoding : chunked\r\n\r\n", "400", "bad header line"},
    {"FoldedLine", head + "X: a\r\n b\r\n\r\n", "400", "bad header line"},
    {"BareLf", head + "X: a\nContent-Length: 5\r\n\r\n", "400", "control character in the head"},
    {"BareCr", head + "X: a\rb\r\n\r\n", "400", "control character in the head"},
    {"Nul", head + std::string("X: a\0b\r\n\r\n", 10), "400", "control character in the head"},
    {"Gzip", head + "Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\na", "415",
     "content encodings are not supported"},
    {"OtherExpectation", head + "Expect: tea\r\n\r\n", "417", "unknown expectation"},
    {"OtherVersion", "GET / HTTP/2.0\r\n\r\n", "505", "only HTTP/1.1 is supported"},
    {"NoTarget", "GET\r\n\r\n", "400", "bad request line"},
    {"NoHost", "GET / HTTP/1.1\r\n\r\n", "400", "Host is missing"},
    {"NoHostInAbsoluteForm", "GET http://x/ HTTP/1.1\r\n\r\n", "400", "Host is missing"},
    {"TwoHosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", "400", "bad Host"},
    {"TwoHostsInHttp10", "GET / HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n", "400", "bad Host"},
    {"HostWithABlank", "GET / HTTP/1.1\r\nHost: x y\r\n\r\n", "400", "bad Host"},
    {"HostWithAPath", "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n", "400", "bad Host"},
    {"TargetOfAnotherScheme", "GET ftp://x/ HTTP/1.1\r\nHost: x\r\n\r\n", "400", "bad target"},
    {"TargetOfAUser", "GET http://me@x/ HTTP/1.1\r\nHost: x\r\n\r\n", "400", "bad target"},
    {"TargetOfNobody", "GET http:///in HTTP/1.1\r\nHost: x\r\n\r\n", "400", "bad target"},
    {"TargetOfATunnel", "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n", "400", "bad target"},
    {"AsteriskOfAnother", "GET * HTTP/1.1\r\nHost: x\r\n\r\n", "400", "bad target"},
    {"TooManyLines", head + lines(120) + "\r\n", "431", "too many header lines"},
    {"LineTooLong", head + "X: " + std::string(8100, 'x') + "\r\n\r\n", "431",
     "a header line is too long"},
    {"HeadTooLarge", head + "X: " + std::string(20'000, 'x'), "431", "the head is too large"},
    {"PathOf50kB", "GET /" + std::string(50'000, 'a') + " HTTP/1.1\r\n\r\n", "431",
     "the head is too large"},
};
INSTANTIATE_TEST_SUITE_P(Each, Refused, testing::ValuesIn(refused),
                         [](const auto& each) { return each.param.name; });

TEST(HttpServer, OfTheAbsoluteFormTheTargetCounts) {
  Recording server;
  (void)server.ask("GET HTTP://Saksbro.Example:8443/in/desk?a=b HTTP/1.1\r\nHost: other\r\n\r\n");
  (void)server.ask("GET http://saksbro.example?a=b HTTP/1.1\r\nHost: other\r\n\r\n");
  const auto arrivals = server.arrivals();
  ASSERT_EQ(arrivals.size(), 2U);
  EXPECT_EQ(arrivals.at(0).path, "/in/desk");
  EXPECT_EQ(arrivals.at(0).target, "/in/desk?a=b");
  EXPECT_EQ(arrivals.at(0).headers, (Headers{{"host", "Saksbro.Example:8443"}}));
  EXPECT_EQ(arrivals.at(1).target, "/?a=b");
}

TEST(HttpServer, ARefusedHeadIsAnsweredWithoutABody) {
  Recording server;
  for (const char* bytes : {"HEAD /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                            "HEAD /x HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\n"}) {
    const std::string answer = server.ask(bytes);
    EXPECT_THAT(answer, testing::MatchesRegex("HTTP/1.1 4.. Refused\r\n(.|\r|\n)*"));
    EXPECT_THAT(answer, HasSubstr("\r\nContent-Length: "));
    EXPECT_EQ(body_of(answer), "") << answer;
  }
}

TEST(HttpServer, SaysWhenItAnswered) {
  EXPECT_EQ(http_date(Instant(std::chrono::seconds(784111777))), "Sun, 06 Nov 1994 08:49:37 GMT");
  Recording server;
  for (const std::string& bytes : {get("/"), std::string("GET / HTTP/1.1\r\n\r\n")})
    EXPECT_THAT(server.ask(bytes), HasSubstr("\r\nDate: ")) << bytes;
}

TEST(HttpServer, ExecutesOneRequestAConnection) {
  Recording server;
  const std::string twice =
      "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /second HTTP/1.1\r\nHost: x\r\n\r\n";
  EXPECT_THAT(without_date(server.ask(twice)),
              StartsWith("HTTP/1.1 200 OK\r\nConnection: close\r\n"));
  ASSERT_EQ(server.arrivals().size(), 1U);
  EXPECT_EQ(server.arrivals().at(0).path, "/");
}

// Promise 53.
TEST(HttpServer, EndlessHeadersAndBodiesAreCutOff) {
  Recording server;
  Wire wire = Wire::to(server.port());
  wire.send(head + "Transfer-Encoding: chunked\r\n\r\n");
  std::size_t sent = 0;
  const std::string piece = "ff\r\n" + std::string(255, 'x') + "\r\n";
  while (sent < 100'000'000 && wire.send(piece)) sent += piece.size();
  EXPECT_LT(sent, 20'000'000U);
  EXPECT_THAT(server.arrivals(), IsEmpty());
}

// Promise 53.
TEST(HttpServer, EndsARequestThatDripsWhenItsTimeIsUp) {
  Recording server;
  Wire wire = Wire::to(server.port());
  const auto began = Clock::now();
  wire.send(head + "Content-Length: 100\r\n\r\n");
  std::jthread drip([&](const std::stop_token& stop) {
    while (!stop.stop_requested() && wire.send("x")) std::this_thread::sleep_for(20ms);
  });
  EXPECT_EQ(body_of(wire.read_all(5s)), "{\"error\":\"the request came too slowly\"}");
  EXPECT_LT(Clock::now() - began, 2s);
}

TEST(HttpServer, AnExceptionInTheHandlerIsA500WithoutItsText) {
  const auto server = serve([](const Arrival& arrival) -> Response {
    if (arrival.path == "/odd") throw 7;  // not even a std::exception
    throw std::runtime_error("password=hunter2");
  });
  for (const std::string path : {"/", "/odd"}) {
    Wire wire = Wire::to(server->port());
    wire.send(get(path));
    const std::string answer = wire.read_all(5s);
    EXPECT_EQ(status_of(answer), "HTTP/1.1 500 Internal Server Error");
    EXPECT_EQ(body_of(answer), "{\"error\":\"internal error\"}");
    EXPECT_THAT(answer, Not(HasSubstr("hunter2")));
  }
}

TEST(HttpServer, ErrorsWithoutABodyGetOneInJson) {
  const auto server =
      serve([](const Arrival&) { return Response{.status = 401, .body = "", .headers = {}}; });
  Wire wire = Wire::to(server->port());
  wire.send(get("/"));
  EXPECT_EQ(body_of(wire.read_all(5s)), "{\"error\":\"status 401\"}");
}

// Promise 54.
TEST(HttpServer, ABurstWaitsInTheBacklogWithoutASynRetry) {
  Recording server;
  accept_is_held = true;
  std::jthread release([] {
    std::this_thread::sleep_for(900ms);
    accept_is_held = false;
  });
  const auto began = Clock::now();
  std::vector<Wire> burst;
  for (int i = 0; i < 100; ++i) burst.push_back(Wire::to(server.port()));
  EXPECT_LT(Clock::now() - began, 800ms);  // the first retry of a SYN comes after a second
  for (Wire& wire : burst) wire.send(get("/"));
  for (Wire& wire : burst) EXPECT_EQ(status_of(wire.read_all(5s)), "HTTP/1.1 200 OK");
}

TEST(HttpServer, Answers200ClientsAtOnce) {
  ServerLimits roomy = tight;
  roomy.header = roomy.body = 5s;
  Recording server(roomy);
  const auto began = Clock::now();
  std::vector<std::future<std::string>> asked;
  for (int i = 0; i < 200; ++i) {
    asked.push_back(std::async(
        std::launch::async, [&] { return server.ask(head + "Content-Length: 2\r\n\r\n{}", 10s); }));
  }
  for (auto& one : asked) EXPECT_EQ(status_of(one.get()), "HTTP/1.1 200 OK");
  EXPECT_LT(Clock::now() - began, 5s);
  EXPECT_EQ(server.arrivals().size(), 200U);
}

TEST(HttpServer, TurnsConnectionsAwayBeyondItsNumber) {
  ServerLimits few = tight;
  few.connections = 2;
  Recording server(few);
  Wire one = Wire::to(server.port());
  Wire two = Wire::to(server.port());
  // Whose head has come stays; one that says nothing would have to go.
  for (Wire* wire : {&one, &two}) wire->send(head + "Content-Length: 9\r\n\r\n");
  std::this_thread::sleep_for(50ms);
  EXPECT_THAT(server.ask(""), StartsWith("HTTP/1.1 503 Refused\r\n"));
}

class AcceptFails : public testing::TestWithParam<int> {};

// Promise 58.
TEST_P(AcceptFails, AndTheListenerGoesOnOnTheSamePort) {
  Recording server;
  next_accept_fails_with = GetParam();
  static_cast<void>(server.ask(get("/"), 300ms));
  EXPECT_EQ(next_accept_fails_with, 0);
  std::string answer;
  for (const auto until = Clock::now() + 3s; answer.empty() && Clock::now() < until;) {
    answer = server.ask(get("/"), 300ms);
  }
  EXPECT_EQ(status_of(answer), "HTTP/1.1 200 OK");
}
INSTANTIATE_TEST_SUITE_P(With, AcceptFails,
                         testing::Values(ECONNABORTED, ENFILE, EMFILE, ENOMEM, EPROTO));

TEST(HttpServer, APortInUseIsAnErrorThatNamesIt) {
  Recording first;
  const auto second = listen("127.0.0.1", static_cast<std::uint16_t>(first.port()), tight,
                             [](const Arrival&) { return Response{}; });
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().text(), "127.0.0.1:" + std::to_string(first.port()) +
                                       ": cannot listen here: Address already in use");
}

TEST(HttpServer, AnAddressThatIsNotOursIsAnError) {
  const auto server = listen("no such host", 0, tight, [](const Arrival&) { return Response{}; });
  ASSERT_FALSE(server.has_value());
  EXPECT_EQ(server.error().text(), "no such host:0: cannot listen here: no such address");
}

TEST(HttpServer, StopFinishesARequestUnderWayAndTakesNoOther) {
  std::atomic<bool> handling = false;
  const auto server = serve([&](const Arrival&) {
    handling = true;
    std::this_thread::sleep_for(400ms);
    return Response{.status = 200, .body = "done", .headers = {}};
  });
  Wire idle = Wire::to(server->port());
  Wire wire = Wire::to(server->port());
  wire.send(get("/"));
  while (!handling) std::this_thread::sleep_for(1ms);
  const int port = server->port();
  const auto began = Clock::now();
  server->stop(10s);
  EXPECT_LT(Clock::now() - began, 2s);
  EXPECT_EQ(body_of(wire.read_all(1s)), "done");
  EXPECT_EQ(idle.read_all(1s), "");
  EXPECT_FALSE(Wire::to(port).open());
}

// Promise 60.
TEST(HttpServer, StopEndsInTimeThoughAClientDrips) {
  ServerLimits patient = tight;
  patient.header = patient.body = 60s;
  Recording server(patient);
  std::vector<Wire> dripping;
  for (int i = 0; i < 8; ++i) {  // twice the workers: half wait in the queue
    dripping.push_back(Wire::to(server.port()));
    dripping.back().send("POST / HT");
  }
  std::this_thread::sleep_for(100ms);
  const auto began = Clock::now();
  std::jthread drip([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      for (Wire& wire : dripping) wire.send("x");
      std::this_thread::sleep_for(20ms);
    }
  });
  server.stop(300ms);
  EXPECT_LT(Clock::now() - began, 1500ms);
}

TEST(HttpServer, StartsAndStopsManyTimes) {
  for (int i = 0; i < 200; ++i) {
    const auto server = serve([](const Arrival&) { return Response{}; });
    EXPECT_GT(server->port(), 0);
  }
}

}  // namespace
}  // namespace saksbro::net
