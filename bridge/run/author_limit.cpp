#include "bridge/run/author_limit.h"

#include <sstream>

namespace saksbro::run {
namespace {

constexpr std::chrono::hours kWindow{1};

SystemName ledger_of(const SystemName& system) { return SystemName{"authors/" + system.text()}; }

std::string on_one_line(std::string text) {
  for (char& c : text) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  return text;
}

}  // namespace

bool let_in(std::string& ledger, std::int64_t seq, const std::string& author, Instant now,
            int most) {
  const std::string who = on_one_line(author);
  std::istringstream lines(ledger);
  std::string kept;
  int lately = 0;
  bool asked_for = false;
  std::int64_t at = 0;
  std::int64_t which = 0;
  int in = 0;
  while (lines >> at >> which >> in) {
    std::string by;
    lines.get();
    std::getline(lines, by);
    const Instant then{std::chrono::milliseconds{at}};
    if (then + kWindow <= now || which == seq) {
      asked_for = asked_for || which == seq;
      continue;
    }
    kept += std::to_string(at) + " " + std::to_string(which) + " " + std::to_string(in) + " " + by +
            "\n";
    if (in == 1 && by == who) ++lately;
  }
  const bool may = asked_for || lately < most;
  ledger = kept + std::to_string(now.time_since_epoch().count()) + " " + std::to_string(seq) + " " +
           (may ? "1" : "0") + " " + who + "\n";
  return may;
}

Result<bool> let_in(store::Transaction& tx, const store::InboxRow& row, const std::string& author,
                    int most) {
  const SystemName name = ledger_of(row.delivery.system);
  const auto known = tx.cursor(name);
  if (!known) return tl::unexpected(known.error());
  std::string ledger = *known ? (*known)->position : "";
  const Instant now = row.delivery.received_at;
  const bool may = let_in(ledger, row.seq, author, now, most);
  if (auto set = tx.set_cursor(name, {now, ledger}); !set) return tl::unexpected(set.error());
  return may;
}

}  // namespace saksbro::run
