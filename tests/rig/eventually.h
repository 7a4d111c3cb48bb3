// Waits for what another program or thread brings about.
#pragma once

#include <chrono>
#include <exception>
#include <stdexcept>
#include <string>
#include <thread>

namespace saksbro::rig {

// `within` is said for an idle machine; others may compile on this one, and a test that passes does
// not wait.
constexpr int kPatience = 6;

// Asks again and again until `found` gives something that holds, and returns that; throws when the
// time is up, which fails the test. What `found` throws counts as "not yet", and is told at the
// end.
template <class Found>
auto eventually(const std::string& awaited, std::chrono::milliseconds within, Found found,
                std::chrono::milliseconds between = std::chrono::milliseconds(50)) {
  const auto until = std::chrono::steady_clock::now() + kPatience * within;
  std::string last;
  for (;;) {
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
    std::this_thread::sleep_for(between);
  }
}

}  // namespace saksbro::rig
