// A comment is written once, however often the command is tried.
//
// Its text has a reference that no other comment has. Before each further attempt the ticket is
// read and searched for it, and after the write it is read again: what is not seen then was not
// stored, or is stored where the bridge's user may not look.
#pragma once

#include <functional>
#include <optional>

#include "connectors/tracker/conversation.h"

namespace saksbro::tracker {

// What differs between trackers. `Seen` is the ticket with its comments; all must be given.
template <class Seen>
struct CommentOnce {
  std::function<StepOr<Seen>()> look_before;  // on a second attempt
  std::function<StepOr<Reply>()> write;       // a refusal ends it
  std::function<StepOr<Seen>()> look_after;
  // How it ends when our comment is there: well, or with a refusal when it is not as it should be.
  // The first comment with the reference is ours; a later one may be somebody's quotation of it.
  std::function<std::optional<Step>(const Seen& seen)> settle;
  // The refusal when the write was answered well and the comment is not there.
  std::function<Outcome(const Reply& reply)> missing;
};

template <class Seen>
[[nodiscard]] Step comment_once(const CommentOnce<Seen>& how, int attempt) {
  if (attempt > 1) {
    const auto before = how.look_before();
    if (!before) return before.error();
    if (auto step = how.settle(*before)) return *std::move(step);
  }
  const auto written = how.write();
  if (!written) return written.error();
  const auto after = how.look_after();
  if (!after) return after.error();
  if (auto step = how.settle(*after)) return *std::move(step);
  return how.missing(*written);
}

}  // namespace saksbro::tracker
