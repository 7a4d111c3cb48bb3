// E-mail with a real server: exim takes it, dovecot shows it. What a person gets and sends is
// looked at with curl, as a program of somebody else's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/codec/mime/mime.h"
#include "bridge/net/client.h"
#include "connectors/registry.h"
#include "tests/rig/eventually.h"
#include "tests/rig/mail_server.h"

namespace saksbro::e2e {
namespace {

using namespace std::chrono_literals;
using rig::eventually;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

constexpr const char* kDesk = "saker@kommune.test";
constexpr const char* kSupport = "support@leverandor.test";

Setting text(const std::string& value) { return {"test", "test", value}; }

class MailByRealServer : public testing::Test {
 protected:
  std::unique_ptr<RemoteSystem> system(Setting::Map more = {}) {
    Setting::Map map{{"smtp", text(server.smtp())},
                     {"from", text("Saksportalen <" + std::string(kDesk) + ">")},
                     {"user", text(kDesk)},
                     {"password", {"test", "test", Secret(server.password(kDesk))}},
                     {"certificates", text(server.certificate())}};
    map.insert(map.end(), more.begin(), more.end());
    auto made = connectors().at("mail")(SystemName("mail"), {"test", "test", std::move(map)});
    if (!made) throw std::runtime_error(made.error().front().text());
    return std::move(*made);
  }

  std::unique_ptr<RemoteSystem> reading(Setting::Map more = {}) {
    more.emplace_back("imap", text(server.imap()));
    more.emplace_back("secret", Setting{"test", "test", Secret("a secret of this test only")});
    more.emplace_back("trust", text("anyone"));
    return system(std::move(more));
  }

  Outcome perform(const RemoteSystem& system, const Action& action, int attempt = 1,
                  const std::string& key = "cause/1") {
    const Command command{IdempotencyKey(key), SystemName("mail"), action, attempt};
    std::vector<Exchange> so_far;
    for (;;) {
      Step step = system.perform(command, so_far);
      if (auto* outcome = std::get_if<Outcome>(&step)) return *outcome;
      Call call = std::get<Call>(std::move(step));
      Fate fate = client->send(call);
      so_far.push_back({std::move(call), std::move(fate), now()});
    }
  }

  // Polls from `cursor` on until so many mails were told of or put aside; moves the cursor.
  std::vector<Ticket> told(const RemoteSystem& system, Cursor& cursor, std::size_t count) {
    std::vector<Ticket> tickets;
    eventually("mails in the mailbox", 20s, [&] {
      const Page page = polled(system, cursor);
      cursor = page.next;
      for (const Polled& one : page.found) {
        const auto says =
            system.normalise({SystemName("mail"), one.id, DeliveryKind::poll, now(), one.body});
        if (!says) aside.push_back(says.error().text());
        if (!says) continue;
        for (const Observation& each : *says) tickets.push_back(std::get<TicketState>(each).ticket);
      }
      return tickets.size() + aside.size() >= count;
    });
    return tickets;
  }

  Page polled(const RemoteSystem& system, const Cursor& cursor) {
    std::vector<Exchange> so_far;
    for (;;) {
      PollStep step = system.poll(cursor, so_far);
      if (auto* page = std::get_if<Page>(&step)) return std::move(*page);
      if (auto* later = std::get_if<RetryLater>(&step))
        throw std::runtime_error(in_english(later->why));
      Call call = std::get<Call>(std::move(step));
      Fate fate = client->send(call);
      so_far.push_back({std::move(call), std::move(fate), now()});
    }
  }

  static Instant now() {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now());
  }

  std::vector<std::string> awaited(const std::string& address, std::size_t count) {
    return *eventually("mails of " + address, 20s,
                       [&]() -> std::optional<std::vector<std::string>> {
                         auto mails = server.inbox(address);
                         if (mails.size() < count) return std::nullopt;
                         return mails;
                       });
  }

  std::vector<std::string> aside;  // why mails were put aside
  rig::RealMail server;
  std::unique_ptr<net::Client> client = net::make_client({});
};

std::string why(const Outcome& outcome) {
  if (const auto* later = std::get_if<RetryLater>(&outcome))
    return "later: " + in_english(later->why);
  if (const auto* refused = std::get_if<Rejected>(&outcome))
    return "refused: " + in_english(refused->why);
  return "delivered " + std::get<Delivered>(outcome).key.text();
}

SendNotice notice(const std::string& to) {
  return {to, "Saken er løst", "Hei.\n\nSaken din er løst: æøå.\n.punktum", "https://saker.test/17",
          "SAK-2026-00017/4"};
}

TEST_F(MailByRealServer, ANoticeArrivesAsItWasMeant) {
  EXPECT_EQ(why(perform(*system(), notice(kSupport))), "delivered ");
  const auto mails = awaited(kSupport, 1);
  const auto read = codec::read_mail(mails.front(), "test");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->from, (codec::Mailbox{"Saksportalen", kDesk}));
  EXPECT_EQ(read->subject, "Saken er løst");
  EXPECT_EQ(read->text, "Hei.\n\nSaken din er løst: æøå.\n.punktum\n\nhttps://saker.test/17");
  EXPECT_EQ(read->header("auto-submitted"), "auto-generated");
  // The password went through TLS: the server says so.
  EXPECT_THAT(read->header("received"), HasSubstr("with esmtpsa"));
  ASSERT_TRUE(read->date);
  EXPECT_LT(now() - *read->date, 10min);
}

TEST_F(MailByRealServer, RefusalsAreWhatTheServerSays) {
  EXPECT_EQ(why(perform(*system(), notice("ingen@kommune.test"))),
            "refused: the mail server answered RCPT with 550 no such mailbox");
  EXPECT_EQ(why(perform(*system(), notice("full@kommune.test"))),
            "later: the mail server answered RCPT with 452 4.2.2 mailbox full");
  EXPECT_THAT(why(perform(*system(), notice("noen@annet.test"))),
              StartsWith("refused: the mail server answered RCPT with 550 "));
  SendNotice large = notice(kSupport);
  large.text = std::string(11'000'000, 'x');
  EXPECT_THAT(why(perform(*system(), large)),
              StartsWith("refused: the mail server answered MAIL with 552 "));
  EXPECT_THAT(server.inbox(kSupport), IsEmpty());
}

TEST_F(MailByRealServer, AServerThatNobodyVouchesForGetsNothing) {
  auto made = connectors().at("mail")(
      SystemName("mail"), {"test", "test",
                           Setting::Map{{"smtp", text(server.smtp())},
                                        {"from", text(kDesk)},
                                        {"user", text(kDesk)},
                                        {"password", {"test", "test", Secret("hemmelig")}}}});
  ASSERT_TRUE(made);
  EXPECT_THAT(
      why(perform(**made, notice(kSupport))),
      StartsWith("later: NOOP /kommune.test was not sent: SSL peer certificate or SSH remote "
                 "key was not OK: SSL certificate problem: self-signed certificate"));
}

TEST_F(MailByRealServer, AWrongPasswordHoldsTheChannel) {
  auto wrong = connectors().at("mail")(
      SystemName("mail"), {"test", "test",
                           Setting::Map{{"smtp", text(server.smtp())},
                                        {"from", text(kDesk)},
                                        {"user", text(kDesk)},
                                        {"password", {"test", "test", Secret("feil")}},
                                        {"certificates", text(server.certificate())}}});
  ASSERT_TRUE(wrong);
  const Outcome outcome = perform(**wrong, notice(kSupport));
  EXPECT_THAT(why(outcome), StartsWith("later: the mail server answered AUTH with 535 "));
  EXPECT_EQ(std::get<RetryLater>(outcome).scope, Scope::system);
}

TEST_F(MailByRealServer, ASecondSendOfTheSameNoticeHasTheSameMessageId) {
  static_cast<void>(perform(*system(), notice(kSupport)));
  static_cast<void>(perform(*system(), notice(kSupport), 2));
  const auto mails = awaited(kSupport, 2);
  EXPECT_EQ(codec::read_mail(mails[0], "test")->message_id,
            codec::read_mail(mails[1], "test")->message_id);
}

std::string mail_of(const std::string& head, const std::string& text) {
  return "From: Kari Nordmann <" + std::string(kSupport) + ">\nTo: " + kDesk + "\n" + head +
         "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
         "Content-Transfer-Encoding: 8bit\n\n" +
         text + "\n";
}

TEST_F(MailByRealServer, AMailIsATicketAndTheAnswerToOursIsItsComment) {
  const auto system = reading();
  Cursor cursor{now() - 1h, ""};
  server.send(
      kSupport, kDesk,
      mail_of("Subject: Skriveren st=?utf-8?B?w6U=?=r\nMessage-ID: <first@leverandor.test>\n",
              "Den svarer ikke: æøå."));
  const Ticket born = told(*system, cursor, 1).front();
  EXPECT_EQ(born.key.text(), "first@leverandor.test");
  EXPECT_EQ(born.text, "Den svarer ikke: æøå.");
  EXPECT_EQ(born.author, (Person{kSupport, "Kari Nordmann"}));
  EXPECT_THAT(born.comments, IsEmpty());

  const AddComment question{born.key, "Er den løst?\n\n[SAK-2026-00017/5]", "[SAK-2026-00017/5]",
                            Visibility::everyone};
  EXPECT_EQ(why(perform(*system, question)), "delivered first@leverandor.test");
  const auto asked = codec::read_mail(awaited(kSupport, 1).front(), "test");
  ASSERT_TRUE(asked);
  EXPECT_THAT(asked->in_reply_to, ElementsAre("first@leverandor.test"));

  server.send(kSupport, kDesk,
              mail_of("Subject: Sv: noe\nMessage-ID: <third@leverandor.test>\nIn-Reply-To: <" +
                          asked->message_id + ">\n",
                      "Ja.\n\nDen ons. 25. nov. 2026 kl. 10:05 skrev Saker <saker@kommune.test>:\n"
                      "> Er den løst?"));
  const Ticket answered = told(*system, cursor, 1).front();
  EXPECT_EQ(answered.key, born.key);
  EXPECT_GT(answered.revision, born.revision);
  ASSERT_EQ(answered.comments.size(), 1U);
  EXPECT_EQ(answered.comments.front().text, "Ja.");
  EXPECT_EQ(answered.comments.front().author.id, kSupport);

  // Born, our own copy, answered: all three are there, and none is marked.
  const Call unseen{
      "SEARCH",
      server.imap() + "/INBOX",
      {{"user", kDesk}, {"password", server.password(kDesk)}, {"ca", server.certificate()}},
      "UID SEARCH UNSEEN",
      Repeat::harmless};
  EXPECT_EQ(std::get<Answer>(client->send(unseen)).body, "* SEARCH 1 2 3\r\n");
}

TEST_F(MailByRealServer, AThreadThatWeOpenIsOpenedOnceAndAnsweredAtItsTag) {
  const auto system = reading({{"reply_tag", text("true")}});
  Cursor cursor{now() - 1h, ""};
  const CreateTicket question{"Er saken løst?", "Svar ja eller nei.", {{"to", kSupport}}, "marker"};
  const Outcome opened = perform(*system, question);
  ASSERT_TRUE(std::holds_alternative<Delivered>(opened)) << why(opened);
  const auto mails = awaited(kSupport, 1);
  const auto got = codec::read_mail(mails.front(), "test");
  ASSERT_TRUE(got);
  EXPECT_EQ(got->message_id, std::get<Delivered>(opened).key.text());

  // A second attempt finds the copy in the mailbox.
  EXPECT_EQ(why(perform(*system, question, 2)), why(opened));
  EXPECT_THAT(server.inbox(kSupport), testing::SizeIs(1));

  const std::string tag = codec::mailbox_from(got->header("reply-to"))->address;
  server.send(kSupport, tag,
              mail_of("Subject: Sv: noe\nMessage-ID: <a1@leverandor.test>\n", "Ja."));
  const Ticket answered = told(*system, cursor, 1).front();
  EXPECT_EQ(answered.key, std::get<Delivered>(opened).key);
  EXPECT_EQ(answered.comments.front().text, "Ja.");
}

TEST_F(MailByRealServer, AnOutOfOfficeAnswerIsPutAsideWithItsReason) {
  const auto system = reading();
  server.send(
      kSupport, kDesk,
      mail_of("Subject: Fravær\nMessage-ID: <b@leverandor.test>\nAuto-Submitted: auto-replied\n",
              "Jeg er borte."));
  Cursor cursor{now() - 1h, ""};
  EXPECT_THAT(told(*system, cursor, 1), IsEmpty());
  EXPECT_THAT(aside, ElementsAre(HasSubstr("ignored: a program wrote it (Auto-Submitted)")));
}

}  // namespace
}  // namespace saksbro::e2e
