// Posts a fake's webhooks to the bridge, as unreliably as it is told to, and keeps what was taken.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/fakes/dialect.h"

namespace saksbro::fakes {

struct HookFaults {
  double lost = 0;  // chance that one is never sent
  int copies = 1;   // of each, all at once
  int reorder = 1;  // so many are gathered, and sent in another order
};

// One POST over a connection of its own; the status, or 0 when there was no whole answer.
[[nodiscard]] int post(int port, const std::string& path, const Hook& hook);

class Hooks {
 public:
  explicit Hooks(std::uint64_t seed);
  Hooks(const Hooks&) = delete;
  Hooks& operator=(const Hooks&) = delete;
  ~Hooks();

  void send_to(int port, const std::string& path);  // nothing is sent before
  void fail(const HookFaults& faults);
  void send(Hook hook);
  void wait_until_sent();
  // The bodies that were answered 2xx: what is promised not to get lost.
  [[nodiscard]] std::vector<std::string> acknowledged() const;
  [[nodiscard]] int not_acknowledged() const;  // sent, and refused or not answered

 private:
  void run();
  void post_copies(const Hook& hook, int copies);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::mt19937_64 numbers_;
  int port_ = 0;
  std::string path_;
  HookFaults faults_;
  std::deque<Hook> waiting_;
  int under_way_ = 0;
  std::vector<std::string> acknowledged_;
  int not_acknowledged_ = 0;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace saksbro::fakes
