// Many creates with a fifth of the answers lost, on a clock of their own: minutes for weeks.
#include <chrono>
#include <cstdio>
#include <map>

#include "tests/chaos/driver/options.h"
#include "tests/town/line.h"

namespace saksbro::chaos {
namespace {

using fakes::Fault;

constexpr double kLost = 0.2;
constexpr Fault kWays[] = {Fault::apply_then_500, Fault::apply_then_502, Fault::apply_then_504,
                           Fault::apply_then_reset, Fault::cut_body_after};

// Of what is left after the rules before it, each takes an equal part of a fifth.
void lose_a_fifth(Line& line) {
  double left = 1;
  for (const Fault fault : kWays) {
    const double chance = kLost / std::size(kWays) / left;
    line.tracker.faults.add(
        {.fault = fault, .method = "POST", .times = -1, .chance = chance, .value = "5"});
    left *= 1 - chance;
  }
}

int creates(const Kind& kind, const Options& options) {
  Line line(kind, options.seed);
  lose_a_fifth(line);
  for (int i = 0; i < options.creates; ++i) {
    const std::string number = std::to_string(i);
    line.queue("create-" + number, line.create("bro-" + number), "SAK-" + number);
  }
  const auto began = std::chrono::steady_clock::now();
  (void)line.drain();
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  std::map<std::string, int> markers;
  for (const fakes::Entry& entry : line.tracker.state.ledger()) {
    if (entry.what == "created") ++markers[entry.text];
  }
  int twice = 0;
  for (const auto& [marker, count] : markers) twice += count - 1;
  int lost = 0;
  for (const Fault fault : kWays) lost += line.tracker.faults.drawn(fault);
  const int missing = options.creates - static_cast<int>(markers.size());
  std::printf(
      "creates: %s, %d wanted, %d answers lost: %d twice, %d missing, %zu still open; %.0f s\n",
      kind.name, options.creates, lost, twice, missing, line.open_rows().size(), seconds);
  return twice == 0 && missing == 0 && line.open_rows().empty() ? 0 : 1;
}

}  // namespace

int run_figures(const Options& options) {
  int failed = 0;
  for (const Kind& kind : kinds()) failed += creates(kind, options);
  return failed == 0 ? 0 : 1;
}

}  // namespace saksbro::chaos
