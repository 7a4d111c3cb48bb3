// What a fake does wrong, and when: rules by request, with counts or chances from a seed
// (docs/libraries.md 2). Thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "tests/fakes/wire.h"

namespace saksbro::fakes {

enum class Fault {
  apply_then_500,
  apply_then_502,
  apply_then_504,
  apply_then_reset,
  apply_then_hang,
  webhook_before_response,  // and a second's pause between them
  cut_body_after,           // applied; the answer ends after `value` bytes, the connection too
  drip,                     // applied; the answer comes one byte a second
  huge_body,                // applied; the answer is followed by 300 MB
  gzip_bomb,                // applied; 300 MB of zeros, called gzip
  reset_before_read,
  reset_in_request,  // after `value` bytes of it
  too_many,          // 429; `value` is the Retry-After: seconds, a date, or none
  unavailable,       // 503, likewise
  unauthorized,      // 401
  html_200           // a maintenance page
};
[[nodiscard]] const char* name(Fault fault);
inline void PrintTo(Fault fault, std::ostream* out) { *out << name(fault); }

// Did the tracker do what it was asked for? Then the answer only was lost.
[[nodiscard]] bool applies(Fault fault);

struct Rule {
  Fault fault = Fault::apply_then_500;
  std::string method = {};  // empty: any
  std::string path = {};    // a part of it
  int times = 1;            // -1: for ever
  double chance = 1;
  int after = 0;  // so many that fit go well before
  std::string value = {};
};

class FaultScript {
 public:
  explicit FaultScript(std::uint64_t seed) : numbers_(seed) {}

  void add(const Rule& rule);
  void clear();
  [[nodiscard]] std::optional<Rule> draw(const Request& request);
  [[nodiscard]] int drawn(Fault fault) const;  // how often

 private:
  mutable std::mutex mutex_;
  std::mt19937_64 numbers_;
  std::vector<Rule> rules_;
  std::map<Fault, int> drawn_;
};

}  // namespace saksbro::fakes
