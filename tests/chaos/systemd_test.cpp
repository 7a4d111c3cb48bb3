// The real program as systemd starts it: Type=notify, WatchdogSec=.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "tests/rig/folder.h"
#include "tests/rig/notify_listener.h"
#include "tests/town/town.h"

namespace saksbro::chaos {
namespace {

using namespace std::chrono_literals;
using testing::StartsWith;

std::string next_but_alive(const rig::NotifyListener& listener) {
  for (;;) {
    std::string message = listener.next(20s);
    if (message != "WATCHDOG=1") return message;
  }
}

TEST(StartedBySystemd, TheServiceSaysWhenItIsReadyReloadsLivesAndStops) {
  Town town({});
  const rig::Folder folder("systemd");
  const std::string address = (folder.path() / "notify").string();
  const rig::NotifyListener listener(address);
  town.saksbro->start({{"NOTIFY_SOCKET", address}, {"WATCHDOG_USEC", "200000"}});
  EXPECT_EQ(next_but_alive(listener), "READY=1");
  EXPECT_EQ(listener.next(20s), "WATCHDOG=1");
  EXPECT_EQ(listener.next(20s), "WATCHDOG=1");
  town.saksbro->signal(SIGHUP);
  EXPECT_THAT(next_but_alive(listener), StartsWith("RELOADING=1\n"));
  EXPECT_EQ(next_but_alive(listener), "READY=1");
  EXPECT_EQ(town.saksbro->terminate(), 0);
  EXPECT_EQ(next_but_alive(listener), "STOPPING=1");
}

}  // namespace
}  // namespace saksbro::chaos
