// Draws what goes wrong in a town from a seed, and changes it every few seconds.
#pragma once

#include <random>
#include <set>
#include <string>

#include "tests/town/town.h"

namespace saksbro::chaos {

class Weather {
 public:
  Weather(Town& town, std::uint64_t seed) : town_(town), numbers_(seed) {}
  // Another weather in each system: fine, bad, or closed.
  void change();
  void clear();  // fine everywhere, and for good
  // Answers to creates that the bridge did not get, though the ticket was opened.
  [[nodiscard]] int answers_lost() const;

 private:
  void change(fakes::FakeTracker& tracker);
  void reopen();
  [[nodiscard]] int dice(int most) { return std::uniform_int_distribution{1, most}(numbers_); }

  Town& town_;
  std::mt19937_64 numbers_;
  std::set<std::string> closed_;
};

}  // namespace saksbro::chaos
