#include "connectors/jira/fields.h"
#include "connectors/jira/issue.h"
#include "connectors/jira/search.h"
#include "connectors/jira/texts.h"
#include "connectors/jira/verbs.h"
#include "connectors/tracker/create_once.h"

namespace saksbro::jira {
namespace {

Step adopt(Conversation& conversation, const RemoteKey& key) {
  const auto seen = need_issue(conversation, key);
  if (!seen) return seen.error();
  return deliver(conversation, key, *seen);
}

Json issue_json(const JiraSettings& settings, const CreateTicket& action) {
  Json fields = fields_json(settings, action.fields);
  fields["project"] = {{"key", settings.project}};
  fields["issuetype"] = {{"name", settings.issue_types.front()}};
  fields["summary"] = title_written(action.title);
  fields["description"] = written(settings.edition, action.text);
  const auto field = settings.fields.find(settings.marker_field);
  if (field != settings.fields.end())
    fields[field->second.id] = action.marker;
  else
    fields["labels"].push_back(marker_label(action.marker));
  return {{"fields", std::move(fields)}};
}

// A refusal names each field that is not on the screen, so that nothing is dropped in silence.
StepOr<RemoteKey> post(Conversation& conversation, const CreateTicket& action) {
  const auto created =
      conversation.write("POST", "/issue", issue_json(conversation.settings(), action));
  if (!created) return tl::unexpected(created.error());
  if (!is_success(*created)) return ended(refusal(*created));
  RemoteKey key(codec::text_or(created->body, "id", ""));
  if (!key.empty()) return key;
  return ended(RetryLater{
      Phrase("{call} was answered without the new issue's id", {{"call", created->call}})});
}

Step verify(Conversation& conversation, const RemoteKey& key, const CreateTicket& action) {
  const JiraSettings& settings = conversation.settings();
  const auto seen = need_issue(conversation, key);
  if (!seen) return seen.error();
  const Phrase::Args args{
      {"ticket", codec::text_or(seen->issue(), "key", key.text())},
      {"fields", quoted_list(differing(settings, action.fields, seen->issue()))}};
  if (marker_of(settings, seen->issue()).empty())
    return Outcome{Rejected{
        Phrase("Jira opened {ticket} without its marker: does an automation take it away? Delete "
               "{ticket} before this is tried again, as nothing would find it",
               args)}};
  if (!differing(settings, action.fields, seen->issue()).empty())
    return Outcome{Rejected{
        Phrase("Jira opened {ticket}, but does not show the value of {fields}: does an automation "
               "change it? The next attempt takes {ticket} as it is then",
               args)}};
  return deliver(conversation, key, *seen);
}

}  // namespace

Step create_ticket(Conversation& conversation, const CreateTicket& action, int attempt) {
  if (auto why = cannot_be(conversation.settings(), action.fields)) return Outcome{Rejected{*why}};
  return tracker::create_once(
      {.find = [&] { return find_marked(conversation, action.marker); },
       .adopt = [&](const RemoteKey& key) { return adopt(conversation, key); },
       .post = [&] { return post(conversation, action); },
       .verify = [&](const RemoteKey& key) { return verify(conversation, key, action); },
       .several = Sentence("several issues carry the marker {marker}: {tickets} (numbers of "
                           "issues; a clone has the labels of its original); take it away from "
                           "all but one")},
      action, attempt);
}

}  // namespace saksbro::jira
