// E-mail with a real server: exim takes it, dovecot shows it. What a person gets and sends is
// looked at with curl, as a program of somebody else's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/codec/mime.h"
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

  static Instant now() {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now());
  }

  std::vector<std::string> awaited(const std::string& address, std::size_t count) {
    return eventually("mails of " + address, 20s, [&]() -> std::optional<std::vector<std::string>> {
      auto mails = server.inbox(address);
      if (mails.size() < count) return std::nullopt;
      return mails;
    });
  }

  rig::RealMail server;
  std::unique_ptr<net::Client> client = net::make_client({});
};

std::string why(const Outcome& outcome) {
  if (const auto* later = std::get_if<RetryLater>(&outcome)) return "later: " + later->why;
  if (const auto* refused = std::get_if<Rejected>(&outcome)) return "refused: " + refused->why;
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
  EXPECT_LT(now() - *read->date, 1min);
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

}  // namespace
}  // namespace saksbro::e2e
