// A long outage: how fast claims are while 100 000 commands wait, how fast a backlog is drained,
// and how much memory that takes (docs/promises.md row 18: below 150 MB).
//   backlog_bench [folder] [rows]     the folder must be on the disk that is meant
// Not a test: the figures depend on the disk.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "bridge/store/sqlite/sqlite_store.h"

namespace {

using namespace saksbro;
using Clock = std::chrono::steady_clock;

constexpr Instant kNow{std::chrono::hours{500'000}};
constexpr long kMegabytesMost = 150;
const SystemName kDesk{"desk"};

// "VmHWM:   123456 kB" in /proc/self/status.
long megabytes(const std::string& which) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(which)) return std::atol(line.c_str() + which.size() + 1) / 1024;
  }
  return 0;
}

double seconds_since(Clock::time_point began) {
  return std::chrono::duration<double>(Clock::now() - began).count();
}

template <class T>
T need(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", result.error().text().c_str());
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

core::Issued comment(int number) {
  const std::string text(400, 'x');
  return {{IdempotencyKey{"key/" + std::to_string(number)}, kDesk,
           AddComment{RemoteKey{"17"}, text, "[x]", Visibility::internal}, 1},
          "",
          "a comment is written in desk",
          "mappings/m1.yaml:41"};
}

// `lanes` tickets, each with its share of the rows.
void queue(store::Store& store, int rows, int lanes) {
  for (int from = 0; from < rows; from += 1'000) {
    auto tx = need(store.begin());
    for (int i = from; i < std::min(rows, from + 1'000); ++i) {
      const CaseNumber number{"SAK-2026-" + std::to_string(i % lanes)};
      need(tx->outbox().append(number, 1, kNow, comment(i)));
    }
    need(tx->commit());
  }
}

double claim_once(store::Store& store, std::size_t expected) {
  const auto began = Clock::now();
  auto tx = need(store.begin());
  const auto rows = need(tx->outbox().claim(kDesk, kNow, 1, store::Together::fields));
  if (rows.size() != expected) std::printf("  (claimed %zu)\n", rows.size());
  return seconds_since(began) * 1000;  // rolled back
}

double median_claim(store::Store& store, std::size_t expected) {
  std::vector<double> times;
  for (int i = 0; i < 21; ++i) times.push_back(claim_once(store, expected));
  std::nth_element(times.begin(), times.begin() + 10, times.end());
  return times[10];
}

// The system is down: the first of each lane waits for its next try.
void postpone_heads(store::Store& store) {
  while (true) {
    auto tx = need(store.begin());
    const auto rows = need(tx->outbox().claim(kDesk, kNow, 500, store::Together::fields));
    for (const store::OutboxRow& row : rows)
      (void)need(tx->outbox().later(row, "503", kNow, kNow + std::chrono::hours{1}, std::nullopt));
    need(tx->commit());
    if (rows.empty()) return;
  }
}

void measure_claims(const std::string& folder, int rows, int lanes) {
  const std::string path = folder + "/claims" + std::to_string(lanes) + ".db";
  const auto store = need(store::open_sqlite(path, store::Use::serve, kNow));
  queue(*store, rows, lanes);
  const double due = median_claim(*store, 1);
  postpone_heads(*store);
  const double none = median_claim(*store, 0);
  std::printf("%d commands in %6d lanes: a claim takes %.3f ms; %.3f ms when none is due\n", rows,
              lanes, due, none);
}

void drain_outbox(const std::string& folder, int rows) {
  const auto store = need(store::open_sqlite(folder + "/out.db", store::Use::serve, kNow));
  queue(*store, rows, 5'000);
  const auto began = Clock::now();
  int done = 0;
  while (true) {
    auto tx = need(store->begin());
    const auto claimed = need(tx->outbox().claim(kDesk, kNow, 1, store::Together::fields));
    need(tx->commit());
    tx.reset();
    if (claimed.empty()) break;
    tx = need(store->begin());
    (void)need(tx->outbox().done(claimed[0], kNow));
    need(tx->commit());
    ++done;
  }
  std::printf("%d commands drained one by one: %.0f a second\n", done, done / seconds_since(began));
}

void drain_inbox(const std::string& folder, int rows) {
  const auto store = need(store::open_sqlite(folder + "/in.db", store::Use::serve, kNow));
  for (int from = 0; from < rows; from += 1'000) {
    auto tx = need(store->begin());
    for (int i = from; i < from + 1'000; ++i) {
      (void)need(tx->inbox().receive({kDesk, DeliveryId{std::to_string(i)}, DeliveryKind::webhook,
                                      kNow, std::string(2'048, 'x')}));
    }
    need(tx->commit());
  }
  const auto began = Clock::now();
  int handled = 0;
  while (true) {
    const auto row = need(need(store->reader())->inbox().next());
    if (!row) break;
    auto tx = need(store->begin());
    need(tx->inbox().handled(row->seq, "nothing to do", kNow));
    need(tx->commit());
    ++handled;
  }
  std::printf("%d deliveries handled one by one: %.0f a second\n", handled,
              handled / seconds_since(began));
}

void forget_all(const std::string& folder) {
  const std::string path = folder + "/in.db";
  const auto store = need(store::open_sqlite(path, store::Use::serve, kNow));
  const auto before = std::filesystem::file_size(path);
  const auto began = Clock::now();
  double longest = 0;
  int rows = 0;
  for (bool more = true; more;) {
    const auto batch = Clock::now();
    const auto gone =
        need(store->upkeep().forget(store::Keep{}, kNow + std::chrono::days{31}, 200));
    longest = std::max(longest, seconds_since(batch));
    rows += gone.bodies;
    more = gone.more;
  }
  std::printf("%d bodies forgotten in %.1f s, the longest batch %.0f ms\n", rows,
              seconds_since(began), longest * 1000);
  const auto vacuum = Clock::now();
  longest = 0;
  for (std::int64_t free = 1; free > 0;) {
    const auto batch = Clock::now();
    free = need(store->upkeep().give_back(256));
    longest = std::max(longest, seconds_since(batch));
  }
  need(need(store->begin())->commit());
  std::printf("given back in %.1f s, the longest round %.0f ms: %ju MB before\n",
              seconds_since(vacuum), longest * 1000, before >> 20U);
}

}  // namespace

int main(int count, char** words) {
  std::string folder = count > 1 ? words[1] : std::filesystem::temp_directory_path().string();
  const int rows = count > 2 ? std::atoi(words[2]) : 100'000;
  folder += "/saksbro-bench-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) return 1;
  for (const int lanes : {1, 5'000, rows}) measure_claims(folder, rows, lanes);
  drain_outbox(folder, rows);
  drain_inbox(folder, rows);
  forget_all(folder);
  std::filesystem::remove_all(folder);
  const long most = megabytes("VmHWM:");
  std::printf("most memory: %ld MB\n", most);
  return most < kMegabytesMost ? 0 : 1;
}
