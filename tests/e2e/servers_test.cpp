// The rig itself: what the end-to-end tests stand on is there and does what it says.
#include "tests/rig/servers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <set>

#include "tests/rig/alert_sink.h"
#include "tests/rig/eventually.h"
#include "tests/rig/folder.h"
#include "tests/rig/mail_server.h"
#include "tests/rig/port.h"
#include "tests/rig/redmine_user.h"
#include "tests/rig/rt_user.h"
#include "tests/rig/saksbro.h"
#include "tests/rig/tcp_proxy.h"

namespace saksbro::rig {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(RealRedmine, APersonRegistersWritesAndMovesACaseAndARestartKeepsIt) {
  RealRedmine server;
  const RedmineUser per(server, "per");
  const RedmineUser kari(server, "kari");
  const int id = per.open("Skriveren står æøå", "Den svarer ikke.", {{"Saksnummer", "S-1"}});
  EXPECT_EQ(kari.status(id), "Ny");
  kari.set_status(id, "Under arbeid");
  kari.note(id, "Ser på den.");
  kari.note(id, "Internt.", true);
  EXPECT_EQ(custom_field(kari.issue(id), "Saksnummer"), "S-1");
  EXPECT_THAT(notes(RedmineUser(server, "bro").issue(id)), ElementsAre("Ser på den.", "Internt."));
  EXPECT_THAT(notes(per.issue(id)), ElementsAre("Ser på den."));
  EXPECT_THAT([&] { per.set_status(id, "LUKKET"); },
              ThrowsMessage<std::runtime_error>(
                  HasSubstr("per may not set issue 1 from 'Under arbeid' to 'LUKKET'")));
  server.stop();
  EXPECT_THROW(static_cast<void>(per.issue(id)), std::runtime_error);
  server.start_again();
  EXPECT_EQ(per.status(id), "Under arbeid");
}

TEST(RealRedmine, FirstLineOfAnOrganisationWorksInItsOwnProjectOnly) {
  const RealRedmine server;
  const RedmineUser eva(server, "eva", "bym");
  const int hers = eva.open("Får ikke logget inn", "Siden i dag.",
                            {{"Type henvendelse", "Brukerstøtte"},
                             {"Sluttbruker", "Åse Ødegård"},
                             {"Sluttbrukers e-post", "ase@example.test"},
                             {"Generell interesse", "1"}});
  EXPECT_EQ(custom_field(eva.issue(hers), "Sluttbruker"), "Åse Ødegård");
  const RedmineUser kari(server, "kari");
  for (const char* status : {"Under arbeid", "LØST"}) kari.set_status(hers, status);
  kari.set_field(hers, "Feiltype", "Integrert system");
  for (const char* status : {"LUKKET", "Under arbeid"}) eva.set_status(hers, status);
  const int pers = RedmineUser(server, "per").open("Skriveren står", "Den svarer ikke.");
  EXPECT_THROW(static_cast<void>(eva.issue(pers)), std::runtime_error);
  const RedmineUser nils(server, "nils", "hel");
  EXPECT_THROW(static_cast<void>(nils.issue(hers)), std::runtime_error);
  const RedmineUser bro(server, "bro", "hel");
  EXPECT_EQ(nils.status(bro.open("Til alle", "Bruk papir.")), "Ny");
}

TEST(RealRt, ASupplierAnswersATicketAndARestartKeepsIt) {
  RealRt server;
  const RtUser bro(server, "bro");
  const RtUser leif(server, "leif");
  const int id = bro.open("Leveranse", "Skriveren står æøå", "Den svarer ikke.",
                          {{"Kundens saksnummer", "SAK-1"}});
  EXPECT_EQ(leif.status(id), "ny");
  leif.set_status(id, "under behandling");
  leif.reply(id, "Vi ser på den.");
  leif.comment(id, "Internt her.");
  EXPECT_EQ(custom_field(leif.ticket(id), "Kundens saksnummer"), nlohmann::json({"SAK-1"}));
  std::vector<std::string> told;
  for (const RtEntry& entry : leif.history(id)) {
    if (!entry.content.empty()) {
      told.push_back(entry.type + " " + entry.creator + ": " + entry.content);
    }
  }
  EXPECT_THAT(told, ElementsAre("Create bro: Den svarer ikke.", "Correspond leif: Vi ser på den.",
                                "Comment leif: Internt her."));
  EXPECT_THAT(bro.find("CF.{Kundens saksnummer} = 'SAK-1'"), ElementsAre(id));
  EXPECT_THAT([&] { leif.set_status(id, "lukket"); },
              ThrowsMessage<std::runtime_error>(
                  HasSubstr("leif may not set ticket 1 from 'under behandling' to 'lukket'")));
  server.stop();
  server.start_again();
  EXPECT_EQ(leif.status(id), "under behandling");
}

TEST(RealRt, EachSupplierWorksInItsOwnQueueOnly) {
  const RealRt server;
  const RtUser bro(server, "bro");
  const RtUser leif(server, "leif");
  const std::map<std::string, std::string> works_in = {
      {"tor", "Tredjelinje"}, {"liv", "Lønn"}, {"stig", "Skatt"}};
  for (const auto& [name, queue] : works_in) {
    const int id = bro.open(queue, "Feil i " + queue, "Den svarer ikke.",
                            {{"Sluttbrukere må informeres", "ja"}});
    const RtUser person(server, name);
    person.set_status(id, "under behandling");
    EXPECT_THAT(person.find("Queue = '" + queue + "'"), ElementsAre(id));
    EXPECT_EQ(custom_field(person.ticket(id), "Sluttbrukere må informeres"),
              nlohmann::json({"ja"}));
    EXPECT_THROW(static_cast<void>(leif.ticket(id)), std::runtime_error);
  }
}

// As in a chroot and in many containers; there root starts it as another user. For any other user
// nothing changes.
TEST(RealMail, DeliversWhereUserNamespacesAreOff) {
  const Folder programs("programs");
  write_file(programs.path() / "unshare", "#!/bin/sh\nexit 1\n");
  std::filesystem::permissions(programs.path() / "unshare", std::filesystem::perms::owner_all);
  const std::string path = std::getenv("PATH");
  setenv("PATH", (programs.path().string() + ":" + path).c_str(), 1);
  const RealMail mail;
  setenv("PATH", path.c_str(), 1);
  mail.send("support@leverandor.test", "saker@kommune.test", "Subject: hei\r\n\r\nHei.\r\n");
  eventually("the mail in the mailbox", 20s, [&] {
    const auto inbox = mail.inbox("saker@kommune.test");
    return inbox.size() == 1 && inbox.front().find("Hei.") != std::string::npos;
  });
}

TEST(TcpProxy, LosesWhatItIsToldAndPassesTheRest) {
  AlertSink sink;
  TcpProxy proxy(std::stoi(sink.url().substr(sink.url().rfind(':') + 1)));
  const Rest through(proxy.url(), {"X-Test", "1"});
  const auto post = [&] { through.post("/a", {{"text", "hei"}}); };

  post();
  EXPECT_EQ(sink.posted().size(), 1U);
  proxy.lose(Loss::answer, "POST");
  EXPECT_THROW(post(), std::runtime_error);
  EXPECT_EQ(sink.posted().size(), 2U);
  proxy.lose(Loss::request, "POST");
  EXPECT_THROW(post(), std::runtime_error);
  EXPECT_EQ(sink.posted().size(), 2U);
  proxy.lose(Loss::request, "DELETE");
  post();
  EXPECT_EQ(sink.posted().size(), 3U);
  EXPECT_EQ(proxy.lost(), 2);
  proxy.down();
  EXPECT_THAT(post, ThrowsMessage<std::runtime_error>(HasSubstr("POST " + proxy.url() + "/a")));
  proxy.up();
  post();
  ASSERT_EQ(sink.posted().size(), 4U);
  EXPECT_EQ(sink.posted().at(3).headers.at("x-test"), "1");
  EXPECT_EQ(sink.posted().at(3).body, R"({"text":"hei"})");
  sink.answer(503);
  EXPECT_THAT(post, ThrowsMessage<std::runtime_error>(HasSubstr(": 503 {}")));
}

TEST(Process, IsEndedByItsIdAndTellsHowItEnded) {
  EXPECT_EQ(run({"sh", "-c", "echo $WORD; exit 3"}, 5s, {{"WORD", "hei"}}).output, "hei\n");
  EXPECT_EQ(run({"sh", "-c", "exit 3"}, 5s).exit_code, 3);
  const Folder folder("process");
  Process sleeping({.argv = {"sleep", "60"}, .output = folder.path() / "output"});
  EXPECT_FALSE(sleeping.wait(50ms).has_value());
  EXPECT_EQ(sleeping.terminate(), 128 + 15);
  Process killed({.argv = {"sleep", "60"}, .output = folder.path() / "output"});
  EXPECT_EQ(killed.kill9(), 128 + 9);
  EXPECT_THROW(static_cast<void>(run({"sleep", "60"}, 50ms)), std::runtime_error);
}

TEST(FreePort, IsNobodyElsesAndNoneThatAnOutgoingConnectionGets) {
  std::set<int> given;
  for (int i = 0; i < 100; ++i) given.insert(free_port());
  EXPECT_EQ(given.size(), 100U);
  EXPECT_GE(*given.begin(), 1'024);
  EXPECT_LT(*given.rbegin(), 32'768);
}

TEST(Eventually, SaysWhatWasAwaitedAndWhyTheLastLookFailed) {
  EXPECT_THAT(
      [] { eventually("a miracle", 60ms, []() -> bool { throw std::runtime_error("no"); }); },
      ThrowsMessage<std::runtime_error>(
          testing::StrEq("waited 480 ms in vain: a miracle; the last look failed: no")));
  EXPECT_EQ(eventually("seven", 1s, [] { return std::optional<int>(7); }), 7);
}

TEST(Filled, RefusesAPlaceholderWithoutAValue) {
  EXPECT_EQ(filled("a: {{x}}{{x}}", {{"x", "{1}"}}), "a: {1}{1}");
  EXPECT_THAT(
      [] {
        static_cast<void>(filled("a: {{y}}", {{"x", "1"}}));
      },
      ThrowsMessage<std::runtime_error>(testing::StrEq("no value for {{y}}")));
}

}  // namespace
}  // namespace saksbro::rig
