#include "bridge/run/observe/failpoint.h"

#ifdef SAKSBRO_FAILPOINTS

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <random>
#include <string>
#include <thread>

namespace saksbro::run {
namespace {

struct Wish {
  std::string name;
  std::string with;  // empty: whatever it is passed with
  int times = 1;
  double chance = 0;  // at any place
  bool sleep = false;
};

[[noreturn]] void not_understood(const std::string& text) {
  std::fprintf(stderr, "SAKSBRO_FAIL: \"%s\" is not understood\n", text.c_str());
  std::_Exit(2);
}

double number_in(const std::string& text, const std::string& whole) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0') not_understood(whole);
  return number;
}

// name[@with] or name[:times][:sleep] or any:chance
Wish read_wish() {
  const char* set = std::getenv("SAKSBRO_FAIL");
  const std::string text = set == nullptr ? "" : set;
  Wish wish;
  if (const auto at = text.find('@'); at != std::string::npos) {
    wish.name = text.substr(0, at);
    wish.with = text.substr(at + 1);
    return wish;
  }
  auto colon = text.find(':');
  wish.name = text.substr(0, colon);
  while (colon != std::string::npos) {
    const auto next = text.find(':', colon + 1);
    const std::string part = text.substr(colon + 1, next - colon - 1);
    if (part == "sleep") {
      wish.sleep = true;
    } else if (wish.name == "any") {
      wish.chance = number_in(part, text);
    } else {
      wish.times = static_cast<int>(number_in(part, text));
    }
    colon = next;
  }
  return wish;
}

bool by_chance(double chance) {
  static std::mutex mutex;
  static std::mt19937_64 numbers = [] {
    const char* seed = std::getenv("SAKSBRO_FAIL_SEED");
    return std::mt19937_64(seed == nullptr ? 1 : std::strtoull(seed, nullptr, 10));
  }();
  const std::lock_guard lock(mutex);
  return std::uniform_real_distribution<double>{0.0, 1.0}(numbers) < chance;
}

bool wished(const Wish& wish, std::string_view name, std::string_view with) {
  if (wish.chance > 0) return by_chance(wish.chance);
  if (wish.name != name) return false;
  if (!wish.with.empty()) return wish.with == with;
  static std::atomic<int> left{wish.times};
  return --left == 0;
}

}  // namespace

void failpoint(std::string_view name, std::string_view with) {
  static const Wish wish = read_wish();
  if (wish.name.empty() || !wished(wish, name, with)) return;
  if (wish.sleep) {
    std::this_thread::sleep_for(std::chrono::seconds{1});
  } else {
    (void)std::raise(SIGKILL);
  }
}

}  // namespace saksbro::run

#endif
