// How much a system may be asked: budgets as token buckets. Arithmetic only: time comes in, by a
// clock that never jumps.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace saksbro::core {

using Ticks = std::chrono::milliseconds;  // of a clock that only goes forward; its origin is any

struct Rate {  // "10/s", "60/min"
  int count = 1;
  std::chrono::milliseconds per{1'000};

  friend bool operator==(const Rate&, const Rate&) = default;
};

// What a configuration says of one system; what is not given is not limited.
struct Limits {
  std::optional<Rate> calls;
  std::optional<Rate> searches;
  std::optional<Rate> reads;
  std::optional<Rate> writes;
  std::optional<Rate> per_ticket;  // writes to one ticket
  std::optional<int> at_once;      // commands under way

  friend bool operator==(const Limits&, const Limits&) = default;
};

// How one system is served.
struct DeliveryPolicy {
  Limits limits;
  // When to look for a create that is in doubt, counted from when it became so. As long as the
  // system's search may lag: after the last one that finds nothing it is surely not there.
  std::vector<std::chrono::milliseconds> doubt{std::chrono::seconds{5}, std::chrono::seconds{20},
                                               std::chrono::seconds{60}};

  friend bool operator==(const DeliveryPolicy&, const DeliveryPolicy&) = default;
};

// A quarter of the rate may be spent at once, so that no period sees much more than it.
class Bucket {
 public:
  explicit Bucket(const Rate& rate);

  // How long until one can be taken; zero: now.
  [[nodiscard]] std::chrono::milliseconds wait(Ticks now) const;
  // wait() was zero.
  void take(Ticks now);
  // As if it had never been used: it may be forgotten.
  [[nodiscard]] bool full(Ticks now) const;

 private:
  [[nodiscard]] double held(Ticks now) const;

  double per_ms_;
  double capacity_;
  double tokens_;
  Ticks at_{};
};

enum class CallClass { search, read, write };

// All budgets of one system. Not for several threads.
class Budgets {
 public:
  explicit Budgets(const Limits& limits);

  // Takes one of each that the call needs, or none of them: then it says how long until it can.
  [[nodiscard]] std::chrono::milliseconds take(CallClass kind, Ticks now);
  // The same for a write to `ticket`.
  [[nodiscard]] std::chrono::milliseconds take_ticket(const std::string& ticket, Ticks now);

 private:
  [[nodiscard]] std::optional<Bucket>& of(CallClass kind);

  Limits limits_;
  std::optional<Bucket> calls_;
  std::optional<Bucket> searches_;
  std::optional<Bucket> reads_;
  std::optional<Bucket> writes_;
  std::map<std::string, Bucket> tickets_;
};

}  // namespace saksbro::core
