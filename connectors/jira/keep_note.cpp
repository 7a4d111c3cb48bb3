// The case note: written once, found again by the reference that it ends with, edited in place.
#include <algorithm>

#include "bridge/codec/url.h"
#include "connectors/jira/comments.h"
#include "connectors/jira/texts.h"
#include "connectors/jira/verbs.h"

namespace saksbro::jira {
namespace {

std::string_view without_blank_end(std::string_view text) {
  const auto last = text.find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ? std::string_view{} : text.substr(0, last + 1);
}

// Where a person has quoted it, or written below it, it is theirs.
std::vector<Written> notes_with(const JiraSettings& settings, const Json& comments,
                                const std::string& reference) {
  auto notes = comments_of(settings, comments);
  std::erase_if(notes, [&](const Written& note) {
    return !without_blank_end(note.text).ends_with(reference);
  });
  return notes;
}

bool is_right(const JiraSettings& settings, const Written& note, const KeepNote& action) {
  const std::string wanted = plain_of(written(settings.edition, action.text, action.reference));
  if (without_blank_end(note.text) != without_blank_end(wanted)) return false;
  return action.visibility == Visibility::internal ? note.hidden : !note.internal;
}

// Whose token it is. A person's copy of our note must not be edited, even where Jira would let us.
StepOr<std::string> own_id(Conversation& conversation) {
  const auto reply = conversation.need("/myself");
  if (!reply) return tl::unexpected(reply.error());
  if (std::string id = person_id(reply->body); !id.empty()) return id;
  return ended(
      RetryLater{Phrase("{call} was answered without that user", {{"call", reply->call}})});
}

// Null deletes it.
StepOr<Reply> change(Conversation& conversation, const KeepNote& action, const Written& note,
                     const Json& json) {
  std::string path = issue_path(action.ticket) + "/comment/" + codec::percent_encode(note.id);
  const bool edits = !json.is_null();
  if (edits && conversation.settings().edition == Edition::cloud) path += "?notifyUsers=false";
  auto changed = conversation.write(edits ? "PUT" : "DELETE", path, json);
  if (!changed || is_success(*changed)) return changed;
  if (changed->status == 404)
    return ended(RetryLater{Phrase("{call}: somebody deleted the comment at the same moment",
                                   {{"call", changed->call}})});
  Outcome outcome = refusal(*changed);
  if (auto* refused = std::get_if<Rejected>(&outcome)) {
    refused->why = {
        "{why}. To keep the case note up to date, the bridge's user needs \"Edit own comments\" "
        "and \"Delete own comments\"",
        {{"why", refused->why}}};
  }
  return ended(std::move(outcome));
}

Step check_note(Conversation& conversation, const KeepNote& action, const Reply& reply,
                const std::vector<Written>& theirs) {
  const auto after = need_issue(conversation, action.ticket);
  if (!after) return after.error();
  const JiraSettings& settings = conversation.settings();
  for (const Written& note : notes_with(settings, after->comments(), action.reference)) {
    const bool is_theirs = std::any_of(theirs.begin(), theirs.end(),
                                       [&](const Written& one) { return one.id == note.id; });
    if (is_theirs) continue;
    if (leaks(settings, *after, note, action.visibility))
      return take_back(conversation, *after, note);
    if (is_right(settings, note, action)) return deliver(conversation, action.ticket, *after);
    return Outcome{RetryLater{
        Phrase("{call}: Jira answered {status}, but does not show the case note as it was written",
               {{"call", reply.call}, {"status", std::to_string(reply.status)}})}};
  }
  return not_there(reply);
}

}  // namespace

Step keep_note(Conversation& conversation, const KeepNote& action) {
  const JiraSettings& settings = conversation.settings();
  if (auto why = cannot_comment(settings, action.visibility)) return Outcome{Rejected{*why}};
  const auto seen = need_issue(conversation, action.ticket);
  if (!seen) return seen.error();
  const auto found = notes_with(settings, seen->comments(), action.reference);
  if (found.size() == 1 && is_right(settings, found.front(), action))
    return deliver(conversation, action.ticket, *seen);
  std::vector<Written> ours;
  std::vector<Written> theirs;
  if (!found.empty()) {
    const auto own = own_id(conversation);
    if (!own) return own.error();
    for (const Written& note : found) (note.author == *own ? ours : theirs).push_back(note);
  }
  std::optional<Written> kept;
  Reply deleted;
  for (const Written& note : ours) {
    // A second one came of a lost answer; a public one must not be there if it is to be internal.
    if (!kept && !leaks(settings, *seen, note, action.visibility)) {
      kept = note;
      continue;
    }
    auto gone = change(conversation, action, note, Json());
    if (!gone) return gone.error();
    deleted = *std::move(gone);
  }
  const AddComment anew{action.ticket, action.text, action.reference, action.visibility};
  if (kept && is_right(settings, *kept, action))
    return check_note(conversation, action, deleted, theirs);
  const auto put =
      kept ? change(conversation, action, *kept,
                    edited_comment_json(settings, action.text, action.reference, action.visibility))
           : write_comment(conversation, anew);
  if (!put) return put.error();
  return check_note(conversation, action, *put, theirs);
}

}  // namespace saksbro::jira
