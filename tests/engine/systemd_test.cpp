// What systemd is told, at the socket that it names.
#include "bridge/run/serve/systemd.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/rig/notify_listener.h"
#include "tests/store/temporary_folder.h"

namespace saksbro::run {
namespace {

using namespace std::chrono_literals;
using testing::MatchesRegex;

TEST(Systemd, IsToldHowFarTheServiceHasCome) {
  const store::TemporaryFolder folder;
  for (const std::string& address :
       {folder.file("notify"), "@saksbro-test-" + std::to_string(getpid())}) {
    const rig::NotifyListener listener(address);
    const Systemd systemd({.notify_socket = address, .watchdog_usec = "", .watchdog_pid = ""});
    systemd.ready();
    EXPECT_EQ(listener.next(1s), "READY=1") << address;
    systemd.reloading();
    EXPECT_THAT(listener.next(1s), MatchesRegex("RELOADING=1\nMONOTONIC_USEC=[0-9]+"));
    systemd.alive();
    EXPECT_EQ(listener.next(1s), "WATCHDOG=1");
    systemd.stopping();
    EXPECT_EQ(listener.next(1s), "STOPPING=1");
  }
}

TEST(Systemd, IsToldNothingWhereItDoesNotAskOrDoesNotListen) {
  for (const std::string& address :
       {std::string(), std::string("notify"), std::string("/there/is/no/such/socket"),
        std::string(200, '/')}) {
    EXPECT_FALSE(net::NotifySocket(address).send("READY=1")) << address;
  }
}

TEST(Systemd, IsToldThatTheServiceLivesTwiceAsOftenAsItLooks) {
  const auto every = [](const std::string& usec, const std::string& pid = "") {
    return Systemd({"", usec, pid}).alive_every();
  };
  EXPECT_EQ(every("180000000"), 90'000ms);
  EXPECT_EQ(every("180000000", std::to_string(getpid())), 90'000ms);
  EXPECT_EQ(every("180000000", "1"), std::nullopt) << "another process is watched";
  EXPECT_EQ(every(""), std::nullopt);
  EXPECT_EQ(every("0"), std::nullopt);
  EXPECT_EQ(every("3 min"), std::nullopt);
}

}  // namespace
}  // namespace saksbro::run
