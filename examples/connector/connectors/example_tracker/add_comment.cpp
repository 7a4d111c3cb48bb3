#include "connectors/example_tracker/ticket.h"
#include "connectors/example_tracker/verbs.h"
#include "connectors/tracker/comment_once.h"

namespace saksbro::example_tracker {
namespace {

std::optional<Step> settle(const AddComment& action, const SeenTicket& seen) {
  for (const Json& comment : codec::at_path(seen.ticket, "comments")) {
    if (codec::text_or(comment, "text", "").find(action.reference) == std::string::npos) continue;
    const bool internal = codec::flag_at(comment, "internal");
    if (internal || action.visibility == Visibility::everyone) return deliver(action.ticket, seen);
    return Outcome{
        Rejected{Phrase("an internal comment is public in #{ticket}: a person must delete it now",
                        {{"ticket", action.ticket}})}};
  }
  return std::nullopt;
}

StepOr<Reply> post_comment(Conversation& conversation, const AddComment& action) {
  auto posted = conversation.write(
      "POST", ticket_path(action.ticket) + "/comments",
      {{"text", action.text}, {"internal", action.visibility == Visibility::internal}});
  if (posted && !is_success(*posted)) return ended(refusal(*posted));
  return posted;
}

Outcome missing(const Reply& reply) {
  return Rejected{Phrase("{call}: Example Tracker answered {status}, but the comment is not there",
                         {{"call", reply.call}, {"status", std::to_string(reply.status)}})};
}

}  // namespace

Step add_comment(Conversation& conversation, const AddComment& action, int attempt) {
  const auto look = [&] { return need_ticket(conversation, action.ticket); };
  return tracker::comment_once<SeenTicket>(
      {.look_before = look,
       .write = [&] { return post_comment(conversation, action); },
       .look_after = look,
       .settle = [&](const SeenTicket& seen) { return settle(action, seen); },
       .missing = missing},
      attempt);
}

}  // namespace saksbro::example_tracker
