// What the program needs of memory when all that may come comes at once. The unit gives it 512 MB
// (MemoryMax in config/saksbro.service), and the kernel ends what takes more.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "bridge/codec/digest.h"
#include "tests/rig/eventually.h"
#include "tests/rig/sanitized.h"
#include "tests/town/town.h"

namespace saksbro::chaos {
namespace {

using namespace std::chrono_literals;

// tests/run has the released program flooded as well (SAKSBRO_BINARY_PATH), by this same test.
const bool kReleased = !rig::kSanitized || std::getenv("SAKSBRO_BINARY_PATH") != nullptr;
// A sanitizer's own memory is several times the program's, its allocator keeps what it has once
// had, and all takes twenty times as long: less comes, and what is looked for there is a fault.
const long kMostMb = kReleased ? 400 : 1'500;
const long kLeftMb = kReleased ? kMostMb / 3 : 900;
const int kSlower = kReleased ? 1 : 20;

constexpr const char* kSecret = "a-secret-that-signs-what-arrives-here";

long status_mb(pid_t pid, const std::string& name) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(name + ":")) return std::stol(line.substr(name.size() + 1)) / 1024;
  }
  ADD_FAILURE() << name << " is not told";
  return 0;
}

std::string objects(std::size_t bytes, int which) {
  std::string body = R"([{"which":)" + std::to_string(which) + "}";
  while (body.size() + 9 < bytes) body += R"(,{"a":1})";
  return body + "]";
}

// Few values, much text: it is read to its end.
std::string texts(std::size_t bytes, int which) {
  std::string body = R"([{"which":)" + std::to_string(which) + "}";
  const std::string text = ",\"" + std::string(100, 'x') + "\"";
  while (body.size() + text.size() < bytes) body += text;
  return body + "]";
}

fakes::Hook signed_hook(std::string body) {
  const std::string mac = codec::to_hex(codec::hmac_sha256(Secret(kSecret), body));
  return {{{"x-saksbro-signature", "sha256=" + mac}}, std::move(body)};
}

class Flood : public testing::Test {
 protected:
  Flood()
      : town({.poll = "1h", .edit = [](rig::ConfigTexts& texts) {
                std::string& main = texts.at("saksbro.yaml");
                const std::string plain = R"(webhooks: "127.0.0.1:{{webhooks_port}}")";
                main.replace(main.find(plain), plain.size(),
                             R"(webhooks: { address: "127.0.0.1:{{webhooks_port}}", )"
                             R"(bodies: { /hooks/operator: 25MB } })");
              }}) {
    town.saksbro->start({{"ASAN_OPTIONS", "quarantine_size_mb=8"}});
    const std::string url = town.saksbro->webhooks_url();
    port = std::stoi(url.substr(url.rfind(':') + 1));
  }

  void send(const std::vector<fakes::Hook>& hooks, const std::string& path, std::size_t at_once) {
    std::atomic<std::size_t> next{0};
    std::vector<std::thread> senders;
    for (std::size_t i = 0; i < at_once; ++i) {
      senders.emplace_back([&] {
        for (std::size_t one = next++; one < hooks.size(); one = next++) {
          const int status = fakes::post(port, path, hooks[one]);
          if (status == 200) ++taken;
          if (status == 503) ++later;
        }
      });
    }
    for (std::thread& sender : senders) sender.join();
  }

  void wait_until_quiet() const {
    rig::eventually("nothing is left to do", 60s, [&] { return town.quiet(); });
  }

  void wait_for_a_webhook_of(const std::string& name) const {
    const std::string counter = "saksbro_deliveries_total{system=\"" + name + "\"";
    rig::eventually("a webhook of " + name, 30s, [&] {
      return town.saksbro->operations("/metrics").find(counter) != std::string::npos;
    });
  }

  Town town;
  int port = 0;
  std::atomic<int> taken{0};
  std::atomic<int> later{0};
};

TEST_F(Flood, OfLargeAuthenticBodiesStaysWithinTheUnitsMemory) {
  std::vector<fakes::Hook> hooks;
  const auto large = static_cast<std::size_t>(24'000'000 / kSlower);
  for (int i = 0; i < 8; ++i)
    hooks.push_back(signed_hook(i % 2 == 0 ? objects(large, i) : texts(large, i)));
  send(hooks, "/hooks/operator", hooks.size());
  EXPECT_GE(taken, 1) << "the others were told to come again, or cut off while they sent";
  wait_until_quiet();
  const long peak = status_mb(town.saksbro->pid(), "VmHWM");
  const long left = status_mb(town.saksbro->pid(), "VmRSS");
  std::printf("8 large bodies at once: %d taken, %d told to come again; %ld MB at most, %ld left\n",
              taken.load(), later.load(), peak, left);
  EXPECT_LT(peak, kMostMb);
}

TEST_F(Flood, OfManyBodiesLeavesNoMemoryBehind) {
  std::vector<fakes::Hook> hooks;
  for (int i = 0; i < 200 / kSlower; ++i)
    hooks.push_back(signed_hook(i % 2 == 0 ? objects(1'000'000, i) : texts(1'000'000, i)));
  send(hooks, "/hooks/third_line", 32);
  EXPECT_GE(taken, 100 / kSlower);
  wait_until_quiet();
  const long peak = status_mb(town.saksbro->pid(), "VmHWM");
  const long left = status_mb(town.saksbro->pid(), "VmRSS");
  std::printf("%zu bodies of 1 MB: %d taken, %d told to come again; %ld MB at most, %ld left\n",
              hooks.size(), taken.load(), later.load(), peak, left);
  EXPECT_LT(peak, kMostMb);
  EXPECT_LT(left, kLeftMb);
}

TEST_F(Flood, OfLargeTicketsAtOnceStaysWithinTheUnitsMemory) {
  for (const char* name : {"operator", "third_line", "lonn"}) {
    std::string text;
    while (text.size() < static_cast<std::size_t>(7'500'000 / kSlower))
      text += "Databasen svarer ikke, og ingen vet hvorfor.\n";
    town.system(name).state.open(kLeif, name, "Databasen svarer ikke", text, {});
  }
  for (const char* name : {"operator", "third_line", "lonn"}) wait_for_a_webhook_of(name);
  wait_until_quiet();
  const long peak = status_mb(town.saksbro->pid(), "VmHWM");
  const long left = status_mb(town.saksbro->pid(), "VmRSS");
  std::printf("3 large tickets: %ld MB at most, %ld left\n", peak, left);
  EXPECT_LT(peak, kMostMb);
}

// A stop does not wait for what is large.
TEST_F(Flood, IsNoReasonToStopLate) {
  std::vector<fakes::Hook> hooks;
  for (int i = 0; i < 40; ++i) hooks.push_back(signed_hook(objects(1'000'000, i)));
  send(hooks, "/hooks/third_line", 20);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(town.saksbro->terminate(), 0);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 15s);
}

}  // namespace
}  // namespace saksbro::chaos
