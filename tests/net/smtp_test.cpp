// What became of a mail, for each place where a talk by SMTP can break (docs/promises.md rows
// 1-8, 3.3).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "bridge/net/client.h"
#include "bridge/net/smtp_call.h"
#include "tests/net/wire.h"

namespace saksbro::net {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using Conversation = MisbehavingServer::Conversation;

std::unique_ptr<Client> client(std::chrono::milliseconds total = 5s) {
  return make_client({.connect = 2s, .total = total});
}

// What a server does instead of its usual answer to one command; the greeting is "".
struct Instead {
  std::string command;
  std::string reply;  // empty: it is silent
  bool resets = false;
};

// Takes every mail, but for what `instead` says.
MisbehavingServer::Behaviour mail_server(const Instead& instead = {"NEVER", "", false}) {
  return [instead](Conversation& talk) {
    const auto say = [&](const std::string& command, const std::string& usual) {
      if (!command.starts_with(instead.command) || (instead.command.empty() && !command.empty())) {
        talk.send(usual);
      } else if (instead.resets) {
        talk.reset();
        return false;
      } else if (instead.reply.empty()) {
        talk.wait(10s);
        return false;
      } else {
        talk.send(instead.reply);
      }
      return true;
    };
    if (!say("", "220 mail.test\r\n")) return;
    bool in_message = false;
    for (;;) {
      const std::string line = talk.read_line();
      if (line.empty()) return;
      if (in_message) {
        if (line != ".\r\n") continue;
        in_message = false;
        if (!say("END", "250 2.0.0 queued\r\n")) return;
        continue;
      }
      const bool hello = line.starts_with("EHLO");
      const bool data = line.starts_with("DATA");
      if (!say(line, hello  ? "250-mail.test\r\n250-SIZE\r\n250 AUTH PLAIN LOGIN\r\n"
                     : data ? "354 go on\r\n"
                            : "250 2.0.0 ok\r\n"))
        return;
      in_message = data && instead.command != "DATA";
    }
  };
}

Call mail_to(const MisbehavingServer& server, std::string body = "Subject: Sak\r\n\r\nHei.\r\n") {
  return {.method = "MAIL",
          .url = server.url("/kommune.test", "smtp"),
          .headers = {{"from", "saker@kommune.test"}, {"to", "kari@kommune.test"}, {"tls", "none"}},
          .body = std::move(body),
          .repeat = Repeat::never};
}

// What the client said before its goodbye.
std::vector<std::string> heard(MisbehavingServer& server) {
  std::vector<std::string> lines = server.ledger();
  std::erase(lines, "QUIT\r\n");
  return lines;
}

std::string told(const Fate& fate) {
  if (const auto* answer = std::get_if<Answer>(&fate)) {
    return std::to_string(answer->status) + " to " + answer->headers.at("smtp-command") + ": " +
           answer->body;
  }
  if (const auto* unsent = std::get_if<NotSent>(&fate))
    return "not sent: " + in_english(unsent->why);
  const auto& doubt = std::get<InDoubt>(fate);
  return "in doubt: " + in_english(doubt.why) + (doubt.may_still_run ? " (may still run)" : "");
}

TEST(SmtpCall, HandsOverTheWholeMessageOnce) {
  MisbehavingServer server(mail_server());
  Call call = mail_to(server, "Subject: Sak\r\n\r\n.punktum\r\n..\r\nuten linjeslutt");
  call.headers["to"] = "kari@kommune.test  per@kommune.test";
  EXPECT_EQ(told(client()->send(call)), "250 to DATA: 2.0.0 queued");
  EXPECT_EQ(server.connections(), 1);
  EXPECT_THAT(heard(server),
              ElementsAre("EHLO kommune.test\r\n", HasSubstr("MAIL FROM:<saker@kommune.test>"),
                          "RCPT TO:<kari@kommune.test>\r\n", "RCPT TO:<per@kommune.test>\r\n",
                          "DATA\r\n", "Subject: Sak\r\n", "\r\n", "..punktum\r\n", "...\r\n",
                          "uten linjeslutt\r\n", ".\r\n"));
}

struct Broken {
  Instead instead;
  std::string told;
};

TEST(SmtpCall, SaysWhatBecameOfTheMailWhereverTheTalkBreaks) {
  const std::vector<Broken> rows = {
      {{"", "554 5.3.2 no service\r\n"}, "554 to : 5.3.2 no service"},
      {{"", "", true}, "not sent: Failure when receiving data from the peer"},
      {{"MAIL", "451 4.3.0 later\r\n"}, "451 to MAIL: 4.3.0 later"},
      {{"MAIL", "", true}, "not sent: Failure when receiving data from the peer"},
      {{"RCPT", "550-5.1.1 no such\r\n550 5.1.1 mailbox\r\n"},
       "550 to RCPT: 5.1.1 no such 5.1.1 mailbox"},
      {{"RCPT", "452 4.2.2 mailbox full\r\n"}, "452 to RCPT: 4.2.2 mailbox full"},
      {{"RCPT", "", true}, "not sent: Failure when receiving data from the peer"},
      {{"DATA", "421 4.3.2 closing\r\n"}, "421 to DATA: 4.3.2 closing"},
      {{"DATA", "", true}, "not sent: Failure when receiving data from the peer"},
      {{"END", "552 5.3.4 too big\r\n"}, "552 to DATA: 5.3.4 too big"},
      {{"END", "451 4.7.1 greylisted\r\n"}, "451 to DATA: 4.7.1 greylisted"},
      {{"END", "", true}, "in doubt: Failure when receiving data from the peer"},
  };
  for (const Broken& row : rows) {
    MisbehavingServer server(mail_server(row.instead));
    EXPECT_EQ(told(client()->send(mail_to(server))), row.told)
        << row.instead.command << " " << row.instead.reply;
    EXPECT_EQ(server.connections(), 1);
  }
}

TEST(SmtpCall, EndsASilentTalkAtTheTotalDeadline) {
  const std::vector<Broken> rows = {
      {{"RCPT", ""}, "not sent: Timeout was reached"},
      {{"END", ""}, "in doubt: Timeout was reached (may still run)"},
  };
  for (const Broken& row : rows) {
    MisbehavingServer server(mail_server(row.instead));
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(told(client(300ms)->send(mail_to(server))), row.told);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 2s);
  }
}

TEST(SmtpCall, KnowsThatAMailOfWhichOnlyAPartWasReadIsNotSent) {
  MisbehavingServer server([](Conversation& talk) {
    talk.send("220 mail.test\r\n");
    for (;;) {
      const std::string line = talk.read_line();
      if (line.empty()) return;
      if (line.starts_with("Subject")) return talk.reset();
      talk.send(line.starts_with("DATA") ? "354 go on\r\n" : "250 ok\r\n");
    }
  });
  const Fate fate =
      client()->send(mail_to(server, "Subject: Sak\r\n\r\n" + std::string(20'000'000, 'x')));
  EXPECT_THAT(told(fate), testing::StartsWith("not sent: "));
}

TEST(SmtpCall, SendsNoPasswordAndNoMailWithoutTls) {
  MisbehavingServer server(mail_server());
  Call call = mail_to(server);
  call.headers.erase("tls");
  call.headers["user"] = "saker@kommune.test";
  call.headers["password"] = "hemmelig";
  EXPECT_THAT(told(client()->send(call)),
              testing::StartsWith("not sent: Requested SSL level failed"));
  EXPECT_THAT(heard(server), ElementsAre("EHLO kommune.test\r\n"));
}

TEST(SmtpCall, TellsOfRefusedCredentialsAndShowsThemNowhere) {
  MisbehavingServer server(mail_server({"AUTH", "535 5.7.8 wrong\r\n", false}));
  Call call = mail_to(server);
  call.headers["user"] = "saker@kommune.test";
  call.headers["password"] = "hemmelig";
  EXPECT_EQ(told(client()->send(call)), "535 to AUTH: 5.7.8 wrong");
}

TEST(SmtpCall, AsksWithoutSendingAnything) {
  MisbehavingServer server(mail_server());
  Call call = mail_to(server, "");
  call.method = "NOOP";
  call.repeat = Repeat::harmless;
  EXPECT_EQ(told(client()->send(call)), "250 to NOOP: 2.0.0 ok");
  EXPECT_THAT(heard(server), ElementsAre("EHLO kommune.test\r\n", "NOOP\r\n"));
}

TEST(SmtpCall, RefusesWhatWouldBecomeAnotherCommandOnTheWire) {
  MisbehavingServer server(mail_server());
  for (const char* name : {"from", "to", "user", "password"}) {
    Call call = mail_to(server);
    call.headers[name] = "kari@kommune.test>\r\nRCPT TO:<ola@kommune.test";
    EXPECT_EQ(told(client()->send(call)),
              "not sent: \"" + std::string(name) + "\" has a line break or a NUL in it");
  }
  Call call = mail_to(server);
  call.headers["to"] = " ";
  EXPECT_EQ(told(client()->send(call)), "not sent: the mail has no recipient");
  EXPECT_EQ(server.connections(), 0);
}

TEST(SmtpCall, KnowsThatNothingLeftWhenNobodyListens) {
  MisbehavingServer server(mail_server());
  Call call = mail_to(server);
  call.url = "smtp://127.0.0.1:" + std::to_string(closed_port());
  EXPECT_EQ(told(client()->send(call)), "not sent: Couldn't connect to server");
}

TEST(SmtpCall, EndsWhenCancelled) {
  MisbehavingServer server(mail_server({"END", "", false}));
  const auto sending = client(30s);
  auto fate = std::async(std::launch::async, [&] { return sending->send(mail_to(server)); });
  while (server.ledger().size() < 7) std::this_thread::sleep_for(5ms);
  sending->cancel_all();
  EXPECT_EQ(told(fate.get()), "in doubt: cancelled: saksbro is stopping");
}

}  // namespace
}  // namespace saksbro::net
