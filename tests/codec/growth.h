// How the time of a piece of code grows with its input: what is read from outside must take time in
// proportion to its length, or one body stops everybody.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <string>

namespace saksbro::testing_growth {

// Of this thread alone: it does not matter how busy the machine is.
inline double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

template <class Work>
double seconds_of(const Work& work) {
  const double begin = cpu_seconds();
  work();
  return cpu_seconds() - begin;
}

// `run(n)` makes an input of n pieces and gives the time that its handling took. Eight times the
// pieces take some eight times as long when the time is linear, and 64 times when it is quadratic;
// a disturbed measurement is repeated.
template <class Run>
void expect_linear(const Run& run, std::size_t pieces) {
  constexpr std::size_t kMore = 8;
  constexpr double kMost = 30;
  constexpr double kNothing = 0.0005;  // shorter than this is noise
  double ratio = 0;
  double few = 0;
  double many = 0;
  for (int attempt = 0; attempt < 8; ++attempt) {
    const double one = std::max(run(pieces), kNothing);
    const double other = run(kMore * pieces);
    few = attempt == 0 ? one : std::min(few, one);
    many = attempt == 0 ? other : std::min(many, other);
    ratio = many / few;
    if (ratio < kMost) return;
  }
  ADD_FAILURE() << pieces << " pieces take " << few << " s, " << kMore << " times as many " << many
                << " s: " << ratio << " times as long";
}

inline std::string repeated(std::size_t times, const std::string& piece) {
  std::string text;
  text.reserve(times * piece.size());
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

}  // namespace saksbro::testing_growth
