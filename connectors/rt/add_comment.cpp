#include "connectors/rt/seen.h"
#include "connectors/rt/texts.h"
#include "connectors/rt/ticket.h"
#include "connectors/rt/verbs.h"

namespace saksbro::rt {
namespace {

// RT's two ways: a correspondence is mailed to the requestor, a comment is not.
struct Way {
  const char* path;
  const char* type;
  const char* right;
};

Way way_of(Visibility visibility) {
  if (visibility == Visibility::everyone) return {"/correspond", "Correspond", "ReplyToTicket"};
  return {"/comment", "Comment", "CommentOnTicket"};
}

// The first text with the reference is ours; a later one may be somebody's quotation of it.
const Json* find_ours(const Json& whole, const AddComment& action) {
  const Texts texts(codec::at_path(whole, "texts"));
  for (const Json& transaction : codec::at_path(whole, "transactions")) {
    if (codec::text_or(transaction, "Type", "") == "Create") continue;
    const std::string id = codec::text_or(transaction, "id", "");
    if (texts.of(id).find(action.reference) != std::string::npos) return &transaction;
  }
  return nullptr;
}

Outcome settle(const AddComment& action, const Json& whole, const Json& ours) {
  const std::string type = codec::text_or(ours, "Type", "");
  if (type == way_of(action.visibility).type) {
    return Delivered{action.ticket, codec::write_json(whole)};
  }
  return Rejected{Phrase(
      "#{ticket} has the text as a {type} (transaction {transaction}) instead of a {wanted}: a "
      "person must look at it",
      {{"ticket", action.ticket},
       {"type", type},
       {"transaction", codec::text_or(ours, "id", "")},
       {"wanted", way_of(action.visibility).type}})};
}

}  // namespace

Step add_comment(Conversation& conversation, const AddComment& action, int attempt) {
  const Way way = way_of(action.visibility);
  const auto before = need_ticket(conversation, action.ticket);
  if (!before) return before.error();
  if (attempt > 1) {
    const auto whole = snapshot(conversation, action.ticket, *before);
    if (!whole) return whole.error();
    if (const Json* ours = find_ours(*whole, action)) return settle(action, *whole, *ours);
  }
  const auto post = conversation.write("POST", "/ticket/" + action.ticket.text() + way.path,
                                       {{"Content", action.text}, {"ContentType", "text/plain"}});
  if (!post) return post.error();
  if (!is_success(*post)) return Outcome{refusal(*post, way.right)};
  const auto after = need_ticket(conversation, action.ticket);
  if (!after) return after.error();
  const auto whole = snapshot(conversation, action.ticket, *after);
  if (!whole) return whole.error();
  if (const Json* ours = find_ours(*whole, action)) return settle(action, *whole, *ours);
  return Outcome{Rejected{
      Phrase("{call}: RT answered {status}, but the text is not in the history: has the bridge's "
             "user the right ShowTicketComments in this queue?",
             {{"call", post->call}, {"status", std::to_string(post->status)}})}};
}

}  // namespace saksbro::rt
