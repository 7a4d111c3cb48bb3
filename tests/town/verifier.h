// Compares what people did with what stands in the fakes' ledgers. Never asks the bridge what it
// thinks it did; only whether a delivery that it acknowledged is in its inbox on disk.
#pragma once

#include <string>
#include <vector>

#include "tests/town/town.h"
#include "tests/town/walk.h"

namespace saksbro::chaos {

struct Verdict {
  int acknowledged = 0;  // deliveries answered 2xx
  int creates = 0;       // tickets that the bridge opened
  int comments = 0;      // that the bridge wrote
  int files = 0;         // that people gave to the others
  int lost = 0;          // acknowledged and not on disk, or said and never seen
  int twice = 0;         // tickets, comments, case notes
  int out_of_order = 0;
  int not_converged = 0;                 // numbers or statuses that do not agree
  std::vector<std::string> differences;  // each in words, with the number at the desk
  int issue = 0;                         // of the first case that they are about, at the desk
  [[nodiscard]] bool good() const { return differences.empty(); }
};

// The program must have stopped: its store is read.
[[nodiscard]] bool is_stored(const Town& town, const std::string& system, const std::string& body);
[[nodiscard]] Verdict verify(Town& town, const std::vector<Walk>& walks);

}  // namespace saksbro::chaos
