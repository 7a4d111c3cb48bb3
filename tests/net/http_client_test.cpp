// What became of a call: the classes that the dispatcher's promises rest on (docs/promises.md rows
// 1-8).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <future>

#include "bridge/net/client.h"
#include "tests/net/wire.h"

namespace saksbro::net {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using Conversation = MisbehavingServer::Conversation;
using Clock = std::chrono::steady_clock;

constexpr const char* ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

std::unique_ptr<Client> client(std::chrono::milliseconds total = 5s) {
  return make_client({.connect = 2s, .total = total, .answer_bytes = 100'000});
}

Call look(const std::string& url) {
  return {.method = "GET", .url = url, .headers = {}, .body = {}};
}

Call write(const std::string& url) {
  return {.method = "POST",
          .url = url,
          .headers = {{"content-type", "application/json"}},
          .body = R"({"subject":"Sak"})",
          .repeat = Repeat::never};
}

std::string told(const Fate& fate) {
  if (const auto* answer = std::get_if<Answer>(&fate)) {
    return "answer " + std::to_string(answer->status);
  }
  if (const auto* unsent = std::get_if<NotSent>(&fate))
    return "not sent: " + in_english(unsent->why);
  return "in doubt: " + in_english(std::get<InDoubt>(fate).why);
}

TEST(HttpClient, HandsOverTheAnswerWithHeaderNamesInLowerCaseAndRepeatedOnesJoined) {
  MisbehavingServer server([](Conversation& talk) {
    talk.read();
    talk.send(
        "HTTP/1.1 100 Continue\r\nInterim: 1\r\n\r\n"
        "HTTP/1.1 201 Created\r\nLOCATION: /issues/7\r\nLink: a\r\nlink:  b \r\nEmpty:\r\n"
        "Content-Length: 4\r\n\r\nsak7");
  });
  const Fate fate = client()->send(write(server.url()));
  ASSERT_EQ(told(fate), "answer 201");
  EXPECT_EQ(std::get<Answer>(fate).body, "sak7");
  EXPECT_EQ(
      std::get<Answer>(fate).headers,
      (Headers{
          {"location", "/issues/7"}, {"link", "a, b"}, {"empty", ""}, {"content-length", "4"}}));
}

TEST(HttpClient, SendsWhatTheCallSaysAndNothingOfItsOwnInvention) {
  MisbehavingServer server([](Conversation& talk) {
    talk.read();
    talk.send(ok);
  });
  Call call = write(server.url("/issues.json?key=1"));
  call.headers["x-redmine-api-key"] = "abc";
  call.headers["x-empty"] = "";
  call.body = std::string(5000, 'x');  // over 1 kB curl would ask by "Expect" first
  ASSERT_EQ(told(client()->send(call)), "answer 200");
  EXPECT_EQ(server.ledger().at(0),
            "POST /issues.json?key=1 HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) +
                "\r\nUser-Agent: saksbro/0.1\r\nAccept: */*\r\ncontent-type: application/json\r\n"
                "x-empty:\r\nx-redmine-api-key: abc\r\nContent-Length: 5000\r\n\r\n" +
                call.body);
}

struct Method {
  std::string name;
  std::string body;
  std::string first_line;
  std::string length;  // what the head must say of it; empty: nothing
};

TEST(HttpClient, SendsEachMethodAsItIsNamed) {
  const std::vector<Method> rows = {
      {"GET", "", "GET / HTTP/1.1\r\n", ""},
      {"HEAD", "", "HEAD / HTTP/1.1\r\n", ""},
      {"DELETE", "", "DELETE / HTTP/1.1\r\n", ""},
      {"POST", "", "POST / HTTP/1.1\r\n", "Content-Length: 0\r\n"},
      {"PUT", "{}", "PUT / HTTP/1.1\r\n", "Content-Length: 2\r\n"},
      {"PATCH", "{}", "PATCH / HTTP/1.1\r\n", "Content-Length: 2\r\n"},
      {"DELETE", "{}", "DELETE / HTTP/1.1\r\n", "Content-Length: 2\r\n"},
  };
  for (const Method& row : rows) {
    MisbehavingServer server([](Conversation& talk) {
      const bool bodiless = talk.read().starts_with("HEAD");
      talk.send(bodiless ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n" : ok);
    });
    const Call call{.method = row.name, .url = server.url(), .headers = {}, .body = row.body};
    EXPECT_EQ(told(client()->send(call)), "answer 200") << row.name;
    const std::string seen = server.ledger().at(0);
    EXPECT_TRUE(seen.starts_with(row.first_line)) << seen;
    EXPECT_EQ(seen.find("Content-Length") != std::string::npos, !row.length.empty()) << seen;
    EXPECT_THAT(seen, HasSubstr(row.length));
    EXPECT_TRUE(seen.ends_with("\r\n\r\n" + row.body)) << seen;
    EXPECT_THAT(seen, Not(HasSubstr("Content-Type")));
  }
}

// Promise 4.
TEST(HttpClient, KnowsThatNothingLeftWhenNobodyListens) {
  EXPECT_EQ(told(client()->send(write("http://127.0.0.1:" + std::to_string(closed_port())))),
            "not sent: Couldn't connect to server");
}

// Promise 4.
TEST(HttpClient, KnowsThatNothingLeftWhenTheHostHasNoAddress) {
  EXPECT_EQ(told(client()->send(write("http://tracker.invalid/"))),
            "not sent: Couldn't resolve host name: Could not resolve host: tracker.invalid");
}

// Promise 4.
TEST(HttpClient, KnowsThatNothingLeftWhenTlsFails) {
  MisbehavingServer server([](Conversation& talk) { talk.send("HTTP/1.1 400 Bad\r\n\r\n"); });
  EXPECT_THAT(told(client()->send(write("https://127.0.0.1:" + std::to_string(server.port())))),
              testing::StartsWith("not sent: SSL connect error: "));
}

struct Unsendable {
  Call call;
  std::string why;
};

TEST(HttpClient, RefusesWhatWouldBecomeAnotherRequestOnTheWire) {
  MisbehavingServer server([](Conversation& talk) { talk.read(); });
  const std::string url = server.url();
  const std::string nul("a\0b", 3);
  const std::vector<Unsendable> rows = {
      {{.method = "GET", .url = url, .headers = {{"x", "a\r\nAuthorization: b"}}, .body = {}},
       "not sent: header 'x' has a line break or a NUL in it"},
      {{.method = "GET", .url = url, .headers = {{"x", "a\nb"}}, .body = {}},
       "not sent: header 'x' has a line break or a NUL in it"},
      {{.method = "GET", .url = url, .headers = {{"x", nul}}, .body = {}},
       "not sent: header 'x' has a line break or a NUL in it"},
      {{.method = "GET", .url = url, .headers = {{"x: a\r\ny", "b"}}, .body = {}},
       "not sent: a header's name has a character that HTTP forbids"},
      {{.method = "GET / HTTP/1.1\r\n", .url = url, .headers = {}, .body = {}},
       "not sent: the method is not valid in HTTP"},
      {{.method = "GET", .url = url + "\r\nx", .headers = {}, .body = {}},
       "not sent: the address has a line break or a NUL in it"},
      {{.method = "GET", .url = "file:///etc/passwd", .headers = {}, .body = {}},
       "not sent: Unsupported protocol: Protocol \"file\" not supported or disabled in libcurl"},
  };
  for (const Unsendable& row : rows) EXPECT_EQ(told(client()->send(row.call)), row.why);
  EXPECT_THAT(server.ledger(), IsEmpty());
}

struct Fault {
  std::string name;
  MisbehavingServer::Behaviour behaviour;
  std::string told;
};

class LostAnswer : public testing::TestWithParam<Fault> {};

// Promises 3, 5, 22, 23.
TEST_P(LostAnswer, IsInDoubtAndTheWriteWasSentOnce) {
  MisbehavingServer server(GetParam().behaviour);
  const auto began = Clock::now();
  EXPECT_EQ(told(client(700ms)->send(write(server.url()))), GetParam().told);
  EXPECT_LT(Clock::now() - began, 2s);
  EXPECT_EQ(server.connections(), 1);
}

const std::vector<Fault> faults = {
    {"AppliedThenReset",
     [](Conversation& talk) {
       talk.read();
       talk.reset();
     },
     "in doubt: Failure when receiving data from the peer"},
    {"AppliedThenClosed", [](Conversation& talk) { talk.read(); },
     "in doubt: Server returned nothing (no headers, no data)"},
    {"AppliedThenHangs",
     [](Conversation& talk) {
       talk.read();
       talk.wait(10s);
     },
     "in doubt: Timeout was reached"},
    {"AnswerCutShort",
     [](Conversation& talk) {
       talk.read();
       talk.send("HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"issue\"");
     },
     "in doubt: Transferred a partial file"},
    {"AnswerDripsPastTheTotalTime",
     [](Conversation& talk) {
       talk.read();
       talk.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
       while (!talk.ending() && talk.send("x")) talk.wait(50ms);
     },
     "in doubt: Timeout was reached"},
    {"AnswerAnnouncedTooLarge",
     [](Conversation& talk) {
       talk.read();
       talk.send("HTTP/1.1 200 OK\r\nContent-Length: 300000000\r\n\r\nxx");
       talk.wait(100ms);
     },
     "in doubt: the answer is larger than 100000 bytes"},
    {"AnswerTooLargeUnannounced",
     [](Conversation& talk) {
       talk.read();
       talk.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
       const std::string chunk = "1000\r\n" + std::string(4096, 'x') + "\r\n";
       for (int i = 0; i < 1000 && talk.send(chunk); ++i) continue;
     },
     "in doubt: the answer is larger than 100000 bytes"},
    {"HeadersWithoutEnd",
     [](Conversation& talk) {
       talk.read();
       talk.send("HTTP/1.1 200 OK\r\n");
       const std::string line = "X-Y: " + std::string(4096, 'x') + "\r\n";
       for (int i = 0; i < 1000 && talk.send(line); ++i) continue;
     },
     "in doubt: the answer is larger than 100000 bytes"},
    {"NoHttpAtAll",
     [](Conversation& talk) {
       talk.read();
       talk.send("SSH-2.0-OpenSSH\r\n\r\n");
     },
     "in doubt: Unsupported protocol: Received HTTP/0.9 when not allowed"},
};
INSTANTIATE_TEST_SUITE_P(Each, LostAnswer, testing::ValuesIn(faults),
                         [](const auto& each) { return each.param.name; });

// docs/promises.md row 6: libcurl would send the POST again, silently, on a new connection.
// Promise 6.
TEST(HttpClient, SendsAWriteOnceEvenWhenItsConnectionDiesAfterAnEarlierCall) {
  MisbehavingServer server([](Conversation& talk) {
    for (;;) {
      const std::string request = talk.read();
      if (!request.starts_with("GET")) return;  // dies after reading the write
      talk.send(ok);
    }
  });
  const auto one = client();
  ASSERT_EQ(told(one->send(look(server.url()))), "answer 200");
  EXPECT_EQ(told(one->send(write(server.url()))),
            "in doubt: Server returned nothing (no headers, no data)");
  EXPECT_THAT(server.ledger(), SizeIs(2));
}

TEST(HttpClient, ReusesAConnectionForLooksAndNeverForWrites) {
  MisbehavingServer server([](Conversation& talk) {
    while (!talk.read().empty()) talk.send(ok);
  });
  const auto one = client();
  for (int i = 0; i < 3; ++i) ASSERT_EQ(told(one->send(look(server.url()))), "answer 200");
  EXPECT_EQ(server.connections(), 1);
  for (int i = 0; i < 3; ++i) ASSERT_EQ(told(one->send(write(server.url()))), "answer 200");
  EXPECT_EQ(server.connections(), 4);
}

TEST(HttpClient, TakesARedirectAsTheAnswerAndSendsNoCredentialsOn) {
  MisbehavingServer other([](Conversation& talk) {
    talk.read();
    talk.send(ok);
  });
  MisbehavingServer server([&](Conversation& talk) {
    talk.read();
    talk.send("HTTP/1.1 302 Found\r\nLocation: " + other.url() + "\r\nContent-Length: 0\r\n\r\n");
  });
  Call call = look(server.url());
  call.headers["private-token"] = "secret";
  const Fate fate = client()->send(call);
  ASSERT_EQ(told(fate), "answer 302");
  EXPECT_EQ(std::get<Answer>(fate).headers.at("location"), other.url());
  EXPECT_EQ(other.connections(), 0);
}

TEST(HttpClient, TakesNoProxyFromTheEnvironment) {
  MisbehavingServer server([](Conversation& talk) {
    talk.read();
    talk.send(ok);
  });
  const std::string nowhere = "http://127.0.0.1:" + std::to_string(closed_port());
  ::setenv("http_proxy", nowhere.c_str(), 1);
  EXPECT_EQ(told(client()->send(look(server.url()))), "answer 200");
  ::unsetenv("http_proxy");
}

TEST(HttpClient, LetsCallsGoAtTheSameTime) {
  MisbehavingServer server([](Conversation& talk) {
    talk.read();
    talk.wait(300ms);
    talk.send(ok);
  });
  const auto one = client();
  const auto began = Clock::now();
  std::vector<std::future<Fate>> calls;
  for (int i = 0; i < 8; ++i) {
    calls.push_back(std::async(std::launch::async, [&] { return one->send(look(server.url())); }));
  }
  for (auto& call : calls) EXPECT_EQ(told(call.get()), "answer 200");
  EXPECT_LT(Clock::now() - began, 2s);
}

TEST(HttpClient, TellsThatItLivesWhileACallGoesOn) {
  MisbehavingServer server([](Conversation& talk) {
    talk.read();
    talk.wait(2500ms);
    talk.send(ok);
  });
  std::vector<Clock::time_point> beats;
  const auto caller = std::this_thread::get_id();
  EXPECT_EQ(told(client(20s)->send(write(server.url()),
                                   [&] {
                                     EXPECT_EQ(std::this_thread::get_id(), caller);
                                     beats.push_back(Clock::now());
                                   })),
            "answer 200");
  ASSERT_FALSE(beats.empty());
  EXPECT_GT(beats.back() - beats.front(), 1s);
}

TEST(HttpClient, EndsCallsUnderWayAndRefusesNewOnesOnceCancelled) {
  MisbehavingServer server([](Conversation& talk) {
    talk.read();
    talk.wait(20s);
  });
  const auto one = client(20s);
  auto under_way = std::async(std::launch::async, [&] { return one->send(write(server.url())); });
  while (server.ledger().empty()) std::this_thread::sleep_for(5ms);
  const auto began = Clock::now();
  one->cancel_all();
  EXPECT_EQ(told(under_way.get()), "in doubt: cancelled: saksbro is stopping");
  EXPECT_LT(Clock::now() - began, 3s);
  EXPECT_EQ(told(one->send(look(server.url()))), "not sent: cancelled: saksbro is stopping");
  EXPECT_THAT(server.ledger(), SizeIs(1));
}

}  // namespace
}  // namespace saksbro::net
