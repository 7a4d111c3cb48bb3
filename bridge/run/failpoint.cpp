#include "bridge/run/failpoint.h"

#ifdef SAKSBRO_FAILPOINTS

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string>

namespace saksbro::run {

void failpoint(const char* name) {
  static const std::string wanted = [] {
    const char* set = std::getenv("SAKSBRO_FAIL");
    return std::string(set == nullptr ? "" : set);
  }();
  if (wanted.empty()) return;
  const std::string at = wanted.substr(0, wanted.find(':'));
  if (at != name) return;
  static std::atomic<int> left{
      at.size() == wanted.size() ? 1 : std::stoi(wanted.substr(at.size() + 1))};
  if (--left == 0) (void)std::raise(SIGKILL);
}

}  // namespace saksbro::run

#endif
