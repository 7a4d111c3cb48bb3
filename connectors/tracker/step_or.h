// A value that a conversation has got so far, or the Step to return before it can go on.
//
// A connector is pure: it cannot make a call, only return the one that it wants made, and is asked
// again with what came of it. StepOr lets a verb read as if each call were made on the spot, and
// `if (!x) return x.error();` is where it waits:
//
//   const auto seen = need_issue(conversation, key);
//   if (!seen) return seen.error();         // a Call to make, or an Outcome that ends the matter
//   return deliver(conversation, key, *seen);
#pragma once

#include <cstddef>
#include <tl/expected.hpp>
#include <utility>

#include "bridge/contract/outcome.h"

namespace saksbro::tracker {

template <class T>
using StepOr = tl::expected<T, Step>;

[[nodiscard]] inline tl::unexpected<Step> ended(Outcome outcome) {
  return tl::unexpected<Step>(Step{std::move(outcome)});
}

[[nodiscard]] inline tl::unexpected<Step> wants(Call call) {
  return tl::unexpected<Step>(Step{std::move(call)});
}

// Goes through a transcript, exchange by exchange. Outlived by the transcript.
class Replay {
 public:
  explicit Replay(Transcript so_far) : so_far_(so_far) {}

  // The next exchange; null when the call has yet to be made.
  [[nodiscard]] const Exchange* next() {
    return used_ < so_far_.size() ? &so_far_[used_++] : nullptr;
  }

 private:
  Transcript so_far_;
  std::size_t used_ = 0;
};

}  // namespace saksbro::tracker
