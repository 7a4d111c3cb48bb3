// Waits for what another program or thread brings about.
#pragma once

#include <algorithm>
#include <chrono>
#include <exception>
#include <stdexcept>
#include <string>
#include <thread>

namespace saksbro::rig {

// `within` is said for an idle machine; others may compile on this one, and a test that passes does
// not wait.
constexpr int kPatience = 8;

// Pauses between two looks of which one costs a real server some calls: on a busy machine a look
// takes long, and looks that followed each other would be what it is busy with.
class BetweenLooks {
 public:
  explicit BetweenLooks(std::chrono::milliseconds least) : least_(least) {}
  void begin() { begun_ = std::chrono::steady_clock::now(); }
  void pause() const {
    std::this_thread::sleep_for(std::max<std::chrono::nanoseconds>(
        least_, 4 * (std::chrono::steady_clock::now() - begun_)));
  }

 private:
  std::chrono::nanoseconds least_;
  std::chrono::steady_clock::time_point begun_{};
};

// Asks again and again until `found` gives something that holds, and returns that; throws when the
// time is up, which fails the test. What `found` throws counts as "not yet", and is told at the
// end.
template <class Found>
auto eventually(const std::string& awaited, std::chrono::milliseconds within, Found found,
                std::chrono::milliseconds between = std::chrono::milliseconds(50)) {
  const auto until = std::chrono::steady_clock::now() + kPatience * within;
  std::string last;
  BetweenLooks looks(between);
  for (;;) {
    looks.begin();
    try {
      if (auto value = found()) return value;
      last.clear();
    } catch (const std::exception& error) {
      last = std::string("; the last look failed: ") + error.what();
    }
    if (std::chrono::steady_clock::now() >= until) {
      throw std::runtime_error("waited " + std::to_string((kPatience * within).count()) +
                               " ms in vain: " + awaited + last);
    }
    looks.pause();
  }
}

}  // namespace saksbro::rig
