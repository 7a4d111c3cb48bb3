#include <algorithm>

#include "connectors/rt/put_ticket.h"
#include "connectors/rt/verbs.h"

namespace saksbro::rt {
namespace {

constexpr int kMovesMost = 3;  // on the way to the status that is wanted

std::string status_of(const SeenTicket& seen) { return codec::text_or(seen.ticket, "Status", ""); }

// The statuses of `via` after the one that the ticket is in, in their order.
std::vector<std::string> ways_on(const std::vector<std::string>& via, const std::string& from) {
  const auto here = std::find(via.begin(), via.end(), from);
  return {here == via.end() ? via.begin() : here + 1, via.end()};
}

// Moves the ticket to the first status of `via` that RT allows; unmoved when it allows none.
StepOr<SeenTicket> step_on(Conversation& conversation, const SetStatus& action, SeenTicket seen) {
  for (const std::string& next : ways_on(action.via, status_of(seen))) {
    if (next == action.status) continue;
    auto tried = put_ticket(conversation, action.ticket, seen.etag, {{"Status", next}});
    if (!tried) return tl::unexpected(tried.error());
    const bool moved = status_of(tried->after) == next;
    seen = std::move(tried->after);
    if (moved) break;
  }
  return seen;
}

Outcome status_refused(const SetStatus& action, const SeenTicket& seen, const std::string& why) {
  const Phrase::Args args{
      {"ticket", action.ticket}, {"from", status_of(seen)}, {"to", action.status}, {"said", why}};
  if (why.empty())
    return Rejected(
        Phrase("RT leaves #{ticket} at \"{from}\" instead of \"{to}\", and gives no reason", args));
  if (why.find("ermission") != std::string::npos)
    return Rejected(
        Phrase("RT leaves #{ticket} at \"{from}\" instead of \"{to}\": {said}. Has the "
               "bridge's user the right ModifyTicket in this queue?",
               args));
  return Rejected(Phrase("RT leaves #{ticket} at \"{from}\" instead of \"{to}\": {said}", args));
}

}  // namespace

Step set_status(Conversation& conversation, const SetStatus& action) {
  auto seen = need_ticket(conversation, action.ticket);
  if (!seen) return seen.error();
  for (int moves = 0; status_of(*seen) != action.status; ++moves) {
    auto tried = put_ticket(conversation, action.ticket, seen->etag, {{"Status", action.status}});
    if (!tried) return tried.error();
    *seen = std::move(tried->after);
    if (status_of(*seen) == action.status) break;
    auto moved =
        moves < kMovesMost ? step_on(conversation, action, *seen) : StepOr<SeenTicket>(*seen);
    if (!moved) return moved.error();
    if (status_of(*moved) == status_of(*seen)) {
      return Outcome{status_refused(action, *moved, tried->said)};
    }
    *seen = std::move(*moved);
  }
  return deliver(conversation, action.ticket, *seen);
}

}  // namespace saksbro::rt
