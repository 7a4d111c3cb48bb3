// What has been acknowledged is on disk, whenever the process dies.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "bridge/store/group_commit.h"
#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/store/conformance.h"
#include "tests/store/temporary_folder.h"

namespace saksbro::store {
namespace {

// In the child: receives for ever, and tells each id through the pipe after it was acknowledged.
// An id is one write of fixed length: below PIPE_BUF, so it arrives whole or not at all.
constexpr std::size_t kIdLength = 16;

[[noreturn]] void receive_for_ever(const std::string& path, int round, int pipe) {
  auto store = must(open_sqlite(path, Use::serve, kNoon));
  GroupCommit receiver{*store};
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0;; ++i) {
        std::string id = std::to_string(round) + "." + std::to_string(t) + "." + std::to_string(i);
        id.resize(kIdLength, ' ');
        const Delivery one{kDesk, DeliveryId{id}, DeliveryKind::webhook, kNoon, "body"};
        if (receiver.receive(one) != Received::now) _exit(3);
        if (::write(pipe, id.data(), id.size()) != static_cast<ssize_t>(id.size())) _exit(4);
      }
    });
  }
  threads.clear();
  _exit(5);
}

bool read_one(int pipe, std::set<std::string>& ids) {
  std::array<char, kIdLength> id{};
  if (::read(pipe, id.data(), id.size()) != static_cast<ssize_t>(id.size())) return false;
  ids.emplace(id.data(), id.size());
  return true;
}

void read_all(int pipe, std::set<std::string>& ids) {
  while (read_one(pipe, ids)) {
  }
}

// In every other round the moment counts from when it is at work, however slow the machine is; in
// the others it may be opening the store. Reads while the child lives, so that a full pipe does not
// stop it.
void kill_at_a_random_moment(pid_t child, int pipe, int round, std::mt19937& random,
                             std::set<std::string>& acknowledged) {
  const std::chrono::milliseconds life{std::uniform_int_distribution{5, 60}(random)};
  if (round % 2 == 1) read_one(pipe, acknowledged);
  std::thread killer([&] {
    std::this_thread::sleep_for(life);
    kill(child, SIGKILL);
  });
  read_all(pipe, acknowledged);
  killer.join();
}

void one_life(const std::string& path, int round, std::mt19937& random,
              std::set<std::string>& acknowledged) {
  std::array<int, 2> pipes{};
  ASSERT_EQ(::pipe(pipes.data()), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    close(pipes[0]);
    receive_for_ever(path, round, pipes[1]);
  }
  close(pipes[1]);
  kill_at_a_random_moment(child, pipes[0], round, random, acknowledged);
  close(pipes[0]);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "ended by itself: " << status;
}

std::set<std::string> on_disk(const std::string& path) {
  const auto store = must(open_sqlite(path, Use::serve, kNoon));
  std::set<std::string> ids;
  const auto reader = must(store->reader());
  for (const InboxRow& row : must(reader->inbox().list(0, 1'000'000))) {
    ids.insert(row.delivery.id.text());
  }
  return ids;
}

// Promise 1.
TEST(SqliteKilled, LosesNoAcknowledgedDelivery) {
  constexpr int kKills = 50;
  constexpr std::size_t kEnough = 100;  // else it has had nothing to lose
  const TemporaryFolder folder;
  const std::string path = folder.file("saksbro.db");
  std::mt19937 random{20261123};
  std::set<std::string> acknowledged;
  for (int round = 0; round < kKills || acknowledged.size() <= kEnough; ++round) {
    ASSERT_NO_FATAL_FAILURE(one_life(path, round, random, acknowledged));
    const std::set<std::string> kept = on_disk(path);
    for (const std::string& id : acknowledged) {
      ASSERT_TRUE(kept.contains(id)) << id << " was acknowledged and is lost";
    }
  }
  RecordProperty("acknowledged", static_cast<int>(acknowledged.size()));
}

}  // namespace
}  // namespace saksbro::store
