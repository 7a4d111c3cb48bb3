// One IMAP command, and where its answer ends (docs/promises.md row 62).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/net/imap_call.h"
#include "tests/net/wire.h"

namespace saksbro::net {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::Not;
using testing::StartsWith;
using Conversation = MisbehavingServer::Conversation;

std::unique_ptr<Client> client(std::chrono::milliseconds total = 5s) {
  return make_client({.connect = 2s, .total = total, .mail_bytes = 1000});
}

struct Server {
  std::string login = " OK in\r\n";
  std::string open =
      "* 2 EXISTS\r\n* OK [UIDVALIDITY 17] ok\r\n* OK [UIDNEXT 6] ok\r\ns1 OK done\r\n";
  std::string answer = "* SEARCH 4 5\r\ns2 OK done\r\n";  // empty: it is silent
};

MisbehavingServer::Behaviour mailbox(const Server& server = {}) {
  return [server](Conversation& talk) {
    talk.send("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready\r\n");
    for (;;) {
      const std::string line = talk.read_line();
      if (line.empty()) return;
      const std::string tag = line.substr(0, line.find(' '));
      if (line.find("CAPABILITY") != std::string::npos) {
        talk.send("* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n" + tag + " OK done\r\n");
      } else if (line.find("AUTHENTICATE") != std::string::npos) {
        talk.send(tag + server.login);
      } else if (tag == "s1") {
        talk.send(server.open);
      } else if (tag == "s2" && server.answer.empty()) {
        return talk.wait(10s);
      } else if (tag == "s2" && server.answer == "RESET") {
        return talk.reset();
      } else if (tag == "s2") {
        talk.send(server.answer);
      } else {
        talk.send("* BYE\r\n" + tag + " OK done\r\n");
      }
    }
  };
}

Call search(const MisbehavingServer& server) {
  return {.method = "SEARCH",
          .url = server.url("/INBOX", "imap"),
          .headers = {{"user", "saker"}, {"password", "hemmelig"}, {"tls", "none"}},
          .body = "UID SEARCH UID 4:*"};
}

std::string told(const Fate& fate) {
  if (const auto* answer = std::get_if<Answer>(&fate))
    return std::to_string(answer->status) + " " + answer->body;
  if (const auto* unsent = std::get_if<NotSent>(&fate))
    return "not sent: " + in_english(unsent->why);
  return "in doubt: " + in_english(std::get<InDoubt>(fate).why);
}

TEST(ImapCall, LooksIntoTheFolderAndMarksNothing) {
  MisbehavingServer server(mailbox());
  const Fate fate = client()->send(search(server));
  EXPECT_EQ(told(fate), "200 * SEARCH 4 5\r\n");
  EXPECT_EQ(std::get<Answer>(fate).headers.at("uidvalidity"), "17");
  EXPECT_EQ(std::get<Answer>(fate).headers.at("uidnext"), "6");
  EXPECT_THAT(server.ledger(), Contains("s1 EXAMINE \"INBOX\"\r\n"));
  EXPECT_THAT(server.ledger(), Contains("s2 UID SEARCH UID 4:*\r\n"));
}

TEST(ImapCall, OpensTheFolderForWritingOnlyForAWrite) {
  MisbehavingServer server(mailbox());
  Call call = search(server);
  call.repeat = Repeat::never;
  EXPECT_THAT(told(client()->send(call)), StartsWith("200 "));
  EXPECT_THAT(server.ledger(), Contains("s1 SELECT \"INBOX\"\r\n"));
}

struct Row {
  Server server;
  std::string told;
};

TEST(ImapCall, SaysWhatBecameOfIt) {
  const std::vector<Row> rows = {
      {{.login = " NO wrong\r\n"}, "401 Login denied"},
      {{.open = "s1 NO no such folder\r\n"}, "404 NO no such folder"},
      {{.answer = "s2 NO not now\r\n"}, "409 NO not now"},
      {{.answer = "s2 BAD what?\r\n"}, "400 BAD what?"},
      {{.answer = "RESET"}, "in doubt: the mail server closed the connection"},
      {{.answer = "* 1 FETCH (UID 4 BODY[] {2000}\r\n"},
       "in doubt: the answer is larger than 1000 bytes"},
      // What stands in a mail ends no answer.
      {{.answer = "* 1 FETCH (UID 4 BODY[] {17}\r\ns2 OK trapped\r\n\r\n)\r\ns2 OK done\r\n"},
       "200 * 1 FETCH (UID 4 BODY[] {17}\r\ns2 OK trapped\r\n\r\n)\r\n"},
  };
  for (const Row& row : rows) {
    MisbehavingServer server(mailbox(row.server));
    EXPECT_THAT(told(client()->send(search(server))), StartsWith(row.told));
  }
}

TEST(ImapCall, EndsASilentTalkAtTheTotalDeadline) {
  MisbehavingServer server(mailbox({.answer = ""}));
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(told(client(400ms)->send(search(server))), "in doubt: Timeout was reached");
  EXPECT_LT(std::chrono::steady_clock::now() - began, 8s);
}

TEST(ImapCall, SendsNoPasswordWithoutTls) {
  MisbehavingServer server(mailbox());
  Call call = search(server);
  call.headers.erase("tls");
  EXPECT_THAT(told(client()->send(call)), StartsWith("not sent: "));
  EXPECT_THAT(server.ledger(), Not(Contains(testing::HasSubstr("AUTHENTICATE"))));
}

TEST(ImapCall, RefusesACommandOfTwoLines) {
  MisbehavingServer server(mailbox());
  Call call = search(server);
  call.body = "UID SEARCH ALL\r\ns9 DELETE INBOX";
  EXPECT_EQ(told(client()->send(call)), "not sent: the command has a line break or a NUL in it");
}

TEST(ImapAnswer, EndsAtItsTagWhereverTheBytesAreCut) {
  const std::string bytes =
      "* 1 FETCH (A {9}\r\ns2 OK no\r B {3}\r\n}\r\n C \"{5}\")\r\n* x {a}\r\ns2 OK done\r\nmore";
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    ImapAnswer answer("s2");
    answer.add(bytes.substr(0, cut));
    const bool early = answer.complete();
    EXPECT_EQ(early, cut >= bytes.size() - 4) << cut;
    if (early) continue;
    answer.add(bytes.substr(cut));
    ASSERT_TRUE(answer.complete()) << cut;
    EXPECT_EQ(answer.state(), "OK done");
    EXPECT_EQ(answer.untagged(), bytes.substr(0, bytes.size() - 16));
  }
}

}  // namespace
}  // namespace saksbro::net
