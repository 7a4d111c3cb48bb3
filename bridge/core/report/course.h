// The course of a case: who had it, in which status, from when to when. Read from its facts. Pure.
//
// Who has the ball is the role in `by` of the activity at which the case stands; where it asks for
// a decision, the role that decides. Nobody has a case that is closed.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <vector>

#include "bridge/core/model/case.h"
#include "bridge/core/model/mapping.h"

namespace saksbro::core {

struct Dated {
  Instant at{};
  Fact fact;
};

// A time in which nothing of all this changed: [from, to).
struct Stretch {
  Instant from{};
  Instant to{};
  ActivityId activity;
  Role by;  // empty: the mapping has no such activity (any more)
  Status status;
  std::set<SystemName> suppliers;      // external systems in which the case has a ticket
  std::optional<SystemName> supplier;  // the one that the case waits for, should it wait

  friend bool operator==(const Stretch&, const Stretch&) = default;
};

// `facts` in the order of time. The last stretch of an open case goes on until `now`. The supplier
// that a case waits for is the external system in which the role that has the ball speaks; of
// several the one whose ticket came last. Speaks it in none (1st line tells its end users while the
// operator works), then the external system whose ticket came last.
[[nodiscard]] std::vector<Stretch> course_of(const Mapping& mapping, std::span<const Dated> facts,
                                             Instant now);

struct Ball {
  Role role;
  ActivityId activity;
  Instant since{};  // when this role got it, be it at an earlier activity

  friend bool operator==(const Ball&, const Ball&) = default;
};

// None: the case is closed, or has not begun.
[[nodiscard]] std::optional<Ball> ball_of(const Mapping& mapping, std::span<const Dated> facts);

}  // namespace saksbro::core
