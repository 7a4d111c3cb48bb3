// What tests/chaos/run was asked for.
#pragma once

#include <cstdint>

namespace saksbro::chaos {

struct Options {
  double minutes = 10;
  int kills = 0;  // go on until so many, whatever the minutes are
  std::uint64_t seed = 0;
  int cases_at_once = 6;
  int creates = 10'000;  // of the figures
};

// Each prints what it measured, and returns the program's exit code.
[[nodiscard]] int run_chaos(const Options& options);
[[nodiscard]] int run_figures(const Options& options);

}  // namespace saksbro::chaos
