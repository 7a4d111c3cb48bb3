// How many deliveries a second reach the disk: each alone, and shared by the group commit.
//   store_bench [folder]     the folder must be on the disk that is meant
// Not a test: the figures depend on the disk.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "bridge/store/group_commit.h"
#include "bridge/store/sqlite/sqlite_store.h"

namespace {

using namespace saksbro;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kLength{3};
constexpr std::size_t kBody = 2048;  // a usual webhook

Delivery delivery(int receiver, int number) {
  return {SystemName{"desk"}, DeliveryId{std::to_string(receiver) + "." + std::to_string(number)},
          DeliveryKind::webhook, Instant{}, std::string(kBody, 'x')};
}

void report(const char* what, int receivers, int received, Clock::duration took) {
  const double seconds = std::chrono::duration<double>(took).count();
  std::printf("%-40s %3d receivers: %8.0f deliveries/s\n", what, receivers, received / seconds);
}

void receive_in_groups(store::Store& store, int receivers) {
  store::GroupCommit group{store};
  std::atomic<int> received = 0;
  const auto began = Clock::now();
  {
    std::vector<std::jthread> threads;
    for (int one = 0; one < receivers; ++one) {
      threads.emplace_back([&, one] {
        for (int i = 0; Clock::now() - began < kLength; ++i) {
          if (!group.receive(delivery(one, i))) return;
          ++received;
        }
      });
    }
  }
  report("group commit", receivers, received, Clock::now() - began);
}

void handle_all(store::Store& store) {
  int handled = 0;
  const auto began = Clock::now();
  while (Clock::now() - began < kLength) {
    auto reader = store.reader();
    if (!reader) return;
    const auto next = (*reader)->inbox().next();
    if (!next || !*next) break;
    auto transaction = store.begin();
    if (!transaction) return;
    if (!(*transaction)->inbox().handled((*next)->seq, "nothing to do", Instant{})) return;
    if (!(*transaction)->commit()) return;
    ++handled;
  }
  report("take one, mark it handled, commit", 1, handled, Clock::now() - began);
}

bool measure(const std::string& folder, int receivers) {
  const std::string path = folder + "/bench" + std::to_string(receivers) + ".db";
  auto store = store::open_sqlite(path, store::Use::serve, Instant{});
  if (!store) {
    std::fprintf(stderr, "%s\n", store.error().text().c_str());
    return false;
  }
  receive_in_groups(**store, receivers);
  handle_all(**store);
  return true;
}

}  // namespace

int main(int count, char** words) {
  std::string folder = count > 1 ? words[1] : std::filesystem::temp_directory_path().string();
  folder += "/saksbro-bench-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) return 1;
  bool measured = true;
  for (const int receivers : {1, 8, 32}) measured = measured && measure(folder, receivers);
  std::filesystem::remove_all(folder);
  return measured ? 0 : 1;
}
