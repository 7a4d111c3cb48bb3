// What was answered 2xx is on disk first; and what kills the process does not kill it for ever.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "bridge/codec/digest.h"
#include "tests/rig/eventually.h"
#include "tests/rig/folder.h"
#include "tests/town/verifier.h"
#include "tests/town/walk.h"

namespace saksbro::chaos {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;

fakes::Hook signed_hook(Town& town, int ticket, const std::string& queue) {
  fakes::Ticket about;
  about.id = ticket;
  about.place = queue;
  fakes::Event event;
  event.id = ticket;
  event.create = true;
  return *town.system("operator").hook_for(about, {event});
}

int post_to(const Town& town, const fakes::Hook& hook) {
  const std::string url = town.saksbro->webhooks_url();
  return fakes::post(std::stoi(url.substr(url.rfind(':') + 1)), "/hooks/operator", hook);
}

// In the order of a trace by strace -f: after the request was read, some thread's sync must have
// ended before the 2xx is written.
std::vector<bool> synced_before_each_answer(const std::string& trace, const std::string& path) {
  std::vector<bool> answers;
  bool reading = false;
  bool synced = false;
  std::istringstream lines(trace);
  for (std::string line; std::getline(lines, line);) {
    const bool sync = line.find("sync") != std::string::npos;
    if (line.find("\"POST " + path) != std::string::npos) {
      reading = true;
      synced = false;
    } else if (sync && line.find("unfinished") == std::string::npos &&
               line.find("= 0") != std::string::npos) {
      synced = true;
    } else if (reading && line.find("\"HTTP/1.1 2") != std::string::npos) {
      answers.push_back(synced);
      reading = false;
    }
  }
  return answers;
}

TEST(SyncedBeforeEachAnswer, SeesAMissingSync) {
  const std::string read = "7 recvfrom(9, \"POST /hooks/operator HTTP/1.1\\r\\n\", 16384) = 300\n";
  const std::string sync = "8 fdatasync(5 <unfinished ...>\n8 <... fdatasync resumed>) = 0\n";
  const std::string write = "7 sendto(9, \"HTTP/1.1 200 OK\\r\\n\", 100) = 100\n";
  const auto seen = [](const std::string& trace) {
    return synced_before_each_answer(trace, "/hooks/operator");
  };
  EXPECT_EQ(seen(read + sync + write), std::vector<bool>{true});
  EXPECT_EQ(seen(read + write), std::vector<bool>{false});
  EXPECT_EQ(seen(sync + read + write), std::vector<bool>{false}) << "of something before";
  EXPECT_EQ(seen(read + "8 fdatasync(5 <unfinished ...>\n" + write), std::vector<bool>{false});
}

// A program that runs the real one under strace, whose process stays the parent's own (-D).
class UnderStrace {
 public:
  UnderStrace() {
    rig::write_file(script(),
                    "#!/bin/sh\nexec strace -D -f -s 64 -e trace=recvfrom,read,sendto,"
                    "write,writev,sendmsg,fdatasync,fsync -o " +
                        trace_file() + " " + rig::saksbro_program() + " \"$@\"\n");
    std::filesystem::permissions(script(), std::filesystem::perms::owner_all);
    ::setenv("SAKSBRO_BINARY_PATH", script().c_str(), 1);
  }
  ~UnderStrace() { ::unsetenv("SAKSBRO_BINARY_PATH"); }
  [[nodiscard]] std::string trace() const { return rig::read_file(trace_file()); }

 private:
  [[nodiscard]] std::string script() const { return (folder_.path() / "traced").string(); }
  [[nodiscard]] std::string trace_file() const { return (folder_.path() / "trace").string(); }
  rig::Folder folder_{"strace"};
};

// kill -9 cannot show a missing fsync, since the system keeps what was written: strace can.
TEST(AWebhook, IsSyncedToDiskBetweenItsReadingAndIts2xx) {
  const UnderStrace traced;
  Town town({.poll = "1h"});
  town.saksbro->start({{"ASAN_OPTIONS", "detect_leaks=0"}});
  rig::eventually("nothing is left to do", 30s, [&] { return town.quiet(); });
  // Not of our queue: it is stored, and nothing follows that could sync for it.
  for (int i = 1; i <= 5; ++i) {
    EXPECT_EQ(post_to(town, signed_hook(town, i, "En annen kø")), 200);
    rig::eventually("it is handled", 30s, [&] { return town.quiet(); });
  }
  EXPECT_EQ(town.saksbro->terminate(), 0) << town.saksbro->log();
  const std::string trace = traced.trace();
  EXPECT_EQ(synced_before_each_answer(trace, "/hooks/operator"), std::vector<bool>(5, true))
      << "is ptrace permitted here? The trace has " << trace.size() << " bytes";
}

TEST(AWebhook, IsNotLostWhenTheProcessDiesAtTheMomentOfIts2xx) {
  Town town({.poll = "1h"});
  for (int i = 1; i <= 5; ++i) {
    town.saksbro->start();
    const fakes::Hook hook = signed_hook(town, i, "En annen kø");
    ASSERT_EQ(post_to(town, hook), 200);
    (void)town.saksbro->kill9();
    EXPECT_TRUE(is_stored(town, "operator", hook.body)) << i;
  }
}

// Promise 20.
TEST(PoisonThatKillsTheProcess, IsPutAsideAfterThreeDeathsAndAllElseGoesOn) {
  Town town({});
  const fakes::Hook poison = signed_hook(town, 4711, "operator");
  const std::string id = "sha256:" + codec::to_hex(codec::sha256(poison.body));
  const rig::Values deadly{{"SAKSBRO_FAIL", "eng.loaded@" + id}};
  town.saksbro->start(deadly);
  rig::eventually("nothing is left to do", 30s, [&] { return town.quiet(); });
  (void)post_to(town, poison);  // it may die of that before it has answered
  int deaths = 0;
  std::vector<Walk> walks{{town, Way::technical, 1, 2}};
  const auto until = std::chrono::steady_clock::now() + 90s;
  while (!walks.front().done() && std::chrono::steady_clock::now() < until) {
    if (!town.saksbro->running()) {
      ++deaths;
      try {
        town.saksbro->start(deadly);
      } catch (const std::exception&) {  // died before it was ready: the loop sees it
      }
    }
    if (!walks.front().step()) std::this_thread::sleep_for(20ms);
  }
  EXPECT_EQ(deaths, 3);
  EXPECT_TRUE(walks.front().done()) << walks.front().words();
  EXPECT_THAT(town.saksbro->verb({"outbox"}).output,
              HasSubstr("the process died 3 times while it handled this"));
  EXPECT_EQ(town.saksbro->terminate(), 0);
  EXPECT_THAT(verify(town, walks).differences, IsEmpty());
}

// Promise 20.
TEST(PoisonThatKillsTheProcess, InAPollStopsThePollsOfThatSystemAfterThreeDeaths) {
  Town town({});
  const rig::Values deadly{{"SAKSBRO_FAIL", "poll.asked@operator"}};
  int deaths = 0;
  const auto until = std::chrono::steady_clock::now() + 60s;
  const auto not_polled = [&] {
    return town.saksbro->log().find("3 times while it worked on a poll") != std::string::npos;
  };
  while (!not_polled() && std::chrono::steady_clock::now() < until) {
    if (!town.saksbro->running()) {
      try {
        town.saksbro->start(deadly);
      } catch (const std::exception&) {  // died before it was ready
      }
    }
    if (!town.saksbro->running()) ++deaths;
    std::this_thread::sleep_for(20ms);
  }
  EXPECT_TRUE(not_polled()) << town.saksbro->log();
  std::vector<Walk> walks{{town, Way::technical, 1, 2}};
  while (!walks.front().done() && std::chrono::steady_clock::now() < until) {
    if (!walks.front().step()) std::this_thread::sleep_for(20ms);
  }
  EXPECT_EQ(deaths, 3);
  EXPECT_TRUE(walks.front().done()) << walks.front().words() << ": webhooks go on";
  EXPECT_EQ(town.saksbro->terminate(), 0);
}

}  // namespace
}  // namespace saksbro::chaos
