// A disk that is really full: 2 MB of tmpfs in a mount namespace of the child's own.
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <functional>

#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/store/conformance.h"
#include "tests/store/temporary_folder.h"

namespace saksbro::store {
namespace {

namespace fs = std::filesystem;

void write_to(const char* path, const std::string& text) { std::ofstream(path) << text; }

// Where there are no rights to mount, a user namespace gives them.
bool mount_small_disk(const std::string& folder) {
  const auto user = std::to_string(getuid());
  const auto group = std::to_string(getgid());
  if (unshare(CLONE_NEWNS) != 0) {
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
    write_to("/proc/self/setgroups", "deny");
    write_to("/proc/self/uid_map", "0 " + user + " 1");
    write_to("/proc/self/gid_map", "0 " + group + " 1");
  }
  (void)mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
  return mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=2m") == 0;
}

// What went wrong on a small disk mounted at `folder`, told by a child; empty: nothing.
std::string on_a_small_disk(const std::string& folder,
                            const std::function<std::string(const std::string&)>& play) {
  std::array<int, 2> pipes{};
  if (pipe(pipes.data()) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    std::string wrong = "mount: no rights, not even in a user namespace";
    try {
      if (mount_small_disk(folder)) wrong = play(folder);
    } catch (const std::exception& thrown) {
      wrong = thrown.what();
    }
    [[maybe_unused]] const ssize_t written = ::write(pipes[1], wrong.data(), wrong.size());
    _exit(0);
  }
  close(pipes[1]);
  std::string told;
  std::array<char, 4096> piece{};
  for (ssize_t n = 0; (n = ::read(pipes[0], piece.data(), piece.size())) > 0;)
    told.append(piece.data(), static_cast<std::size_t>(n));
  close(pipes[0]);
  int status = 0;
  if (waitpid(child, &status, 0) != child || !WIFEXITED(status)) return told + " (died)";
  return told;
}

Result<Received> receive(Store& store, int number, DeliveryKind kind = DeliveryKind::webhook) {
  auto tx = store.begin();
  if (!tx) return tl::unexpected(tx.error());
  const auto arrived = (*tx)->inbox().receive(
      {kDesk, DeliveryId{std::to_string(number)}, kind, kNoon, std::string(20'000, 'x')});
  if (!arrived) return arrived;
  if (const auto done = (*tx)->commit(); !done) return tl::unexpected(done.error());
  return arrived;
}

constexpr std::uintmax_t kReserve = 300'000;

#define NEED(condition) \
  if (!(condition)) return std::string(#condition)

std::string play_full_disk(const std::string& folder) {
  const auto store = must(open_sqlite(folder + "/saksbro.db", Use::serve, kNoon));
  NEED(must(store->upkeep().keep_reserve(kReserve)));
  NEED(!store->upkeep().full());
  {
    const auto tx = must(store->begin());
    must(tx->outbox().append(
        std::nullopt, 1, kNoon,
        {{IdempotencyKey{"k"}, kDesk, ReadTicket{RemoteKey{"1"}}, 1}, "", "", ""}));
    must(tx->commit());
  }
  std::ofstream(folder + "/others") << std::string(1'000'000, 'x');
  int stored = 0;
  Result<Received> last = Received::now;
  while (stored < 1'000 && (last = receive(*store, stored))) ++stored;
  NEED(stored > 5);
  NEED(stored < 1'000);
  NEED(store->upkeep().full());
  NEED(!fs::exists(folder + "/saksbro.db.reserve"));
  // Nothing new comes in, though there is room for it now; what is under way comes to its end.
  const auto refused = receive(*store, 5'000);
  NEED(!refused);
  NEED(refused.error().text() == "store: disk full: not accepting deliveries until space is freed");
  NEED(must(must(store->reader())->counts()).inbox_waiting == stored);
  {
    const auto tx = must(store->begin());
    const auto rows = must(tx->outbox().claim(kDesk, kNoon, 1, Together::fields));
    NEED(rows.size() == 1);
    NEED(must(tx->outbox().done(rows[0], kNoon)));
    must(tx->commit());
  }
  NEED(receive(*store, 6'000, DeliveryKind::answer));
  NEED(!must(store->upkeep().keep_reserve(kReserve)));
  NEED(store->upkeep().full());
  fs::remove(folder + "/others");
  NEED(must(store->upkeep().keep_reserve(kReserve)));
  NEED(!store->upkeep().full());
  NEED(fs::file_size(folder + "/saksbro.db.reserve") == kReserve);
  NEED(receive(*store, 5'000));
  return "";
}

// Promise 30.
TEST(FullDisk, RefusesWhatIsNewEndsWhatIsUnderWayAndHealsByItself) {
  const TemporaryFolder folder;
  fs::create_directory(folder.file("disk"));
  EXPECT_EQ(on_a_small_disk(folder.file("disk"), play_full_disk), "");
}

std::string play_without_reserve(const std::string& folder) {
  const auto store = must(open_sqlite(folder + "/saksbro.db", Use::serve, kNoon));
  NEED(must(store->upkeep().keep_reserve(0)));
  std::ofstream(folder + "/others") << std::string(1'000'000, 'x');
  int stored = 0;
  while (stored < 1'000 && receive(*store, stored)) ++stored;
  NEED(store->upkeep().full());
  fs::remove(folder + "/others");
  NEED(must(store->upkeep().keep_reserve(0)));
  NEED(!store->upkeep().full());
  NEED(receive(*store, 5'000));
  return "";
}

TEST(FullDisk, HealsWithoutAReserveAsWell) {
  const TemporaryFolder folder;
  fs::create_directory(folder.file("disk"));
  EXPECT_EQ(on_a_small_disk(folder.file("disk"), play_without_reserve), "");
}

std::string play_reserve_too_large(const std::string& folder) {
  const auto store = must(open_sqlite(folder + "/saksbro.db", Use::serve, kNoon));
  NEED(!must(store->upkeep().keep_reserve(1'500'000)));
  NEED(!store->upkeep().full());
  NEED(!fs::exists(folder + "/saksbro.db.reserve"));
  NEED(receive(*store, 1));
  return "";
}

TEST(FullDisk, ReceivesWithoutTheReserveForWhichThereNeverWasRoom) {
  const TemporaryFolder folder;
  fs::create_directory(folder.file("disk"));
  EXPECT_EQ(on_a_small_disk(folder.file("disk"), play_reserve_too_large), "");
}

}  // namespace
}  // namespace saksbro::store
