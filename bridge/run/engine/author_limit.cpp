#include "bridge/run/engine/author_limit.h"

#include <algorithm>
#include <map>
#include <sstream>

namespace saksbro::run {
namespace {

constexpr std::chrono::hours kAuthorWindow{1};
// Beyond these the oldest wait for a person (`saksbro outbox` shows them).
constexpr std::size_t kHeldMost = 1'000;

store::MemoryKey ledger_of(const SystemName& system) { return {"authors", system.text()}; }

struct Entry {
  Instant at{};
  std::int64_t seq = 0;
  bool in = false;
  std::string who;
};

std::string on_one_line(std::string text) {
  for (char& c : text) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  return text;
}

std::vector<Entry> read(const std::string& ledger) {
  std::istringstream lines(ledger);
  std::vector<Entry> entries;
  std::int64_t at = 0;
  Entry one;
  int in = 0;
  while (lines >> at >> one.seq >> in) {
    lines.get();
    std::getline(lines, one.who);
    one.at = Instant{std::chrono::milliseconds{at}};
    one.in = in == 1;
    entries.push_back(one);
  }
  return entries;
}

std::string written(const std::vector<Entry>& entries) {
  std::string ledger;
  for (const Entry& one : entries) {
    ledger += std::to_string(one.at.time_since_epoch().count()) + " " + std::to_string(one.seq) +
              " " + (one.in ? "1 " : "0 ") + one.who + "\n";
  }
  return ledger;
}

void forget_old(std::vector<Entry>& entries, Instant now) {
  std::erase_if(entries, [&](const Entry& one) { return one.in && one.at + kAuthorWindow <= now; });
  auto held =
      std::count_if(entries.begin(), entries.end(), [](const Entry& one) { return !one.in; });
  std::erase_if(entries, [&](const Entry& one) {
    return !one.in && held-- > static_cast<std::ptrdiff_t>(kHeldMost);
  });
}

int lately(const std::vector<Entry>& entries, const std::string& who, Instant now) {
  return static_cast<int>(std::count_if(entries.begin(), entries.end(), [&](const Entry& one) {
    return one.in && one.who == who && one.at + kAuthorWindow > now;
  }));
}

Result<std::string> ledger_in(store::Transaction& tx, const SystemName& system) {
  const auto known = tx.memory().get(ledger_of(system));
  if (!known) return tl::unexpected(known.error());
  return *known ? (*known)->value : "";
}

}  // namespace

Entrance allow_author(std::string& ledger, std::int64_t seq, const std::string& author, Instant now,
                      int most, bool awaited) {
  const std::string who = on_one_line(author);
  std::vector<Entry> entries = read(ledger);
  const auto before = std::find_if(entries.begin(), entries.end(),
                                   [&](const Entry& one) { return one.seq == seq; });
  if (before != entries.end()) {
    if (!before->in) before->at = now;
    before->in = true;
    ledger = written(entries);
    return Entrance::late;
  }
  forget_old(entries, now);
  const bool may = awaited || lately(entries, who, now) < most;
  entries.push_back({now, seq, may, who});
  ledger = written(entries);
  return may ? Entrance::open : Entrance::held;
}

std::vector<std::int64_t> let_in_late(std::string& ledger, Instant now, int most) {
  std::vector<Entry> entries = read(ledger);
  std::vector<std::int64_t> chosen;
  for (Entry& one : entries) {
    if (one.in || one.at + kAuthorWindow > now || lately(entries, one.who, now) >= most) continue;
    one.in = true;
    one.at = now;
    chosen.push_back(one.seq);
  }
  ledger = written(entries);
  return chosen;
}

Result<Entrance> allow_author(store::Transaction& tx, const store::InboxRow& row,
                              const std::string& author, int most, bool awaited) {
  auto ledger = ledger_in(tx, row.delivery.system);
  if (!ledger) return tl::unexpected(ledger.error());
  const Instant now = row.delivery.received_at;
  const Entrance entrance = allow_author(*ledger, row.seq, author, now, most, awaited);
  auto set = tx.memory().set(ledger_of(row.delivery.system), {now, *ledger});
  if (!set) return tl::unexpected(set.error());
  return entrance;
}

Result<int> let_in_late(store::Transaction& tx, const SystemName& system, Instant now, int most) {
  auto ledger = ledger_in(tx, system);
  if (!ledger) return tl::unexpected(ledger.error());
  const auto chosen = let_in_late(*ledger, now, most);
  for (const std::int64_t seq : chosen) {
    if (auto unparked = tx.inbox().unpark(seq); !unparked) return tl::unexpected(unparked.error());
  }
  if (auto set = tx.memory().set(ledger_of(system), {now, *ledger}); !set)
    return tl::unexpected(set.error());
  return static_cast<int>(chosen.size());
}

Result<bool> some_may_come_in(store::Transaction& tx, const SystemName& system, Instant now,
                              int most) {
  auto ledger = ledger_in(tx, system);
  if (!ledger) return tl::unexpected(ledger.error());
  return !let_in_late(*ledger, now, most).empty();
}

}  // namespace saksbro::run
