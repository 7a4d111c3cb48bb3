#include "connectors/rt/files.h"
#include "connectors/rt/seen.h"
#include "connectors/rt/texts.h"
#include "connectors/rt/ticket.h"
#include "connectors/rt/verbs.h"
#include "connectors/tracker/comment_once.h"

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

Outcome ended_with(const AddComment& action, const Json& whole, const Json& ours) {
  const std::string type = codec::text_or(ours, "Type", "");
  if (type == way_of(action.visibility).type) {
    if (auto wrong = files_missing(whole, codec::text_or(ours, "id", ""), action))
      return *std::move(wrong);
    return Delivered{action.ticket, codec::write_json(whole)};
  }
  return Rejected{
      Phrase("#{ticket} has the text as a {type} (transaction {transaction}) instead of a "
             "{wanted}: a person must check it",
             {{"ticket", action.ticket},
              {"type", type},
              {"transaction", codec::text_or(ours, "id", "")},
              {"wanted", way_of(action.visibility).type}})};
}

std::optional<Step> settle(const AddComment& action, const Json& whole) {
  const Json* ours = find_ours(whole, action);
  if (ours == nullptr) return std::nullopt;
  return ended_with(action, whole, *ours);
}

StepOr<Reply> send_reply(Conversation& conversation, const std::string& path, const Json& reply,
                         const std::vector<OutgoingFile>& files) {
  if (files.empty()) return conversation.write("POST", path, reply);
  Call call = tracker::get(conversation.dialect(), path);
  call.method = "POST";
  call.headers["content-type"] = "application/json";
  call.parts = body_with_files(reply, files);
  call.repeat = Repeat::never;
  return conversation.exchange(std::move(call), Conversation::Forbidden::is_told);
}

StepOr<Reply> post_comment(Conversation& conversation, const AddComment& action) {
  const Way way = way_of(action.visibility);
  auto posted = send_reply(conversation, "/ticket/" + action.ticket.text() + way.path,
                           {{"Content", action.text}, {"ContentType", "text/plain"}}, action.files);
  if (posted && !is_success(*posted)) return ended(refusal(*posted, way.right));
  return posted;
}

StepOr<Json> look_again(Conversation& conversation, const AddComment& action) {
  const auto seen = need_ticket(conversation, action.ticket);
  if (!seen) return tl::unexpected(seen.error());
  return snapshot(conversation, action.ticket, *seen);
}

Outcome missing(const Reply& reply) {
  return Rejected{
      Phrase("{call}: RT answered {status}, but the text is not in the history: has the bridge's "
             "user the right ShowTicketComments in this queue?",
             {{"call", reply.call}, {"status", std::to_string(reply.status)}})};
}

}  // namespace

Step add_comment(Conversation& conversation, const AddComment& action, int attempt) {
  const auto before = need_ticket(conversation, action.ticket);
  if (!before) return before.error();
  return tracker::comment_once<Json>(
      {.look_before = [&] { return snapshot(conversation, action.ticket, *before); },
       .write = [&] { return post_comment(conversation, action); },
       .look_after = [&] { return look_again(conversation, action); },
       .settle = [&](const Json& whole) { return settle(action, whole); },
       .missing = missing},
      attempt);
}

}  // namespace saksbro::rt
