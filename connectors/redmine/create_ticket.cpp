#include "bridge/codec/url.h"
#include "connectors/redmine/fields.h"
#include "connectors/redmine/issue.h"
#include "connectors/redmine/verbs.h"
#include "connectors/tracker/create_once.h"

namespace saksbro::redmine {
namespace {

constexpr std::size_t kSubjectMost = 255;  // Redmine: "Subject is too long"

const std::string& marker_id(const RedmineSettings& settings) {
  return settings.field_ids.at(settings.marker_field);
}

std::string marker_field(const RedmineSettings& settings) {
  return "\"" + settings.marker_field + "\" (id " + marker_id(settings) + ")";
}

// The issues that carry the marker. A filter that Redmine does not know is ignored, and everything
// is listed: so each hit is looked at, and a list that is cut short proves nothing.
StepOr<std::vector<RemoteKey>> find_marked(Conversation& conversation, const std::string& marker) {
  const RedmineSettings& settings = conversation.settings();
  const auto reply = conversation.need("/issues.json?cf_" + marker_id(settings) + "=" +
                                       codec::percent_encode(marker) + "&status_id=*&limit=100");
  if (!reply) return tl::unexpected(reply.error());
  std::vector<RemoteKey> keys;
  bool complete = true;
  const Json& issues = codec::at_path(reply->body, "issues");
  for (const Json& issue : issues) {
    const auto value = custom_value(issue, marker_id(settings));
    if (!value) complete = false;  // not filtered by that field: ours might lack it too
    if (value == marker) keys.emplace_back(codec::text_or(issue, "id", ""));
  }
  const auto total = codec::integer_at(reply->body, "total_count").value_or(-1);
  if (total != static_cast<std::int64_t>(issues.size())) complete = false;
  if (keys.empty() && !complete) {
    return ended(
        Rejected{Phrase("an earlier attempt may have opened a ticket, and Redmine cannot look it "
                        "up: make field {field} usable as a filter, and visible",
                        {{"field", marker_field(settings)}})});
  }
  return keys;
}

Step adopt(Conversation& conversation, const RemoteKey& key) {
  const auto seen = need_issue(conversation, key);
  if (!seen) return seen.error();
  return deliver(conversation, key, *seen);
}

FieldTexts custom_fields_of(const RedmineSettings& settings, const CreateTicket& action) {
  FieldTexts fields = action.fields;
  if (!settings.field_ids.contains(kPriority)) fields.erase(kPriority);
  fields[settings.marker_field] = action.marker;
  return fields;
}

bool is_refusal(const Step& step) {
  const auto* outcome = std::get_if<Outcome>(&step);
  return outcome != nullptr && std::holds_alternative<Rejected>(*outcome);
}

StepOr<Json> issue_json(Conversation& conversation, const CreateTicket& action,
                        const FieldTexts& fields) {
  const RedmineSettings& settings = conversation.settings();
  const auto tracker =
      id_of(conversation, "/trackers.json", "trackers",
            Sentence("Redmine has no tracker \"{name}\"; it has: {known}{near}"), settings.tracker);
  if (!tracker) return tl::unexpected(tracker.error());
  Json issue = {{"project_id", settings.project},
                {"tracker_id", *tracker},
                {"subject", one_line(action.title, kSubjectMost)},
                {"description", escaped(action.text, settings.text_format)},
                {"custom_fields", fields_json(settings, fields, {})}};
  if (action.fields.contains(kPriority) && !fields.contains(kPriority)) {
    const auto priority = priority_id(conversation, action.fields.at(kPriority));
    // A case without its priority is better than none: who reads the new issue sees what it lacks,
    // and the refusal of that field alone names the priorities that exist.
    if (!priority && !is_refusal(priority.error())) return tl::unexpected(priority.error());
    if (priority) issue["priority_id"] = *priority;
  }
  return Json{{"issue", std::move(issue)}};
}

StepOr<RemoteKey> post(Conversation& conversation, const CreateTicket& action,
                       const FieldTexts& fields) {
  const auto issue = issue_json(conversation, action, fields);
  if (!issue) return tl::unexpected(issue.error());
  const auto created = conversation.write("POST", "/issues.json", *issue);
  if (!created) return tl::unexpected(created.error());
  if (!is_success(*created)) return ended(refusal(*created));
  RemoteKey key(codec::text_or(created->body, "issue.id", ""));
  if (!key.empty()) return key;
  return ended(RetryLater{
      Phrase("{call} was answered without the new issue's id", {{"call", created->call}})});
}

// Without its marker no later attempt would find it: it must go, or there would be two.
Phrase opened_without(const RedmineSettings& settings, const RemoteKey& key,
                      const std::vector<std::string>& names, bool without_marker) {
  return {
      without_marker
          ? Sentence("Redmine opened #{ticket}, but did not store {fields}: enable the field for "
                     "tracker \"{tracker}\" and project \"{project}\", for this user's role too. "
                     "Then delete #{ticket}, as nothing would find it again")
          : Sentence("Redmine opened #{ticket}, but did not store {fields}: enable the field for "
                     "tracker \"{tracker}\" and project \"{project}\", for this user's role too. "
                     "The next attempt takes #{ticket} as it is then"),
      {{"ticket", key},
       {"fields", quoted_list(names)},
       {"tracker", settings.tracker},
       {"project", settings.project}}};
}

Step verify(Conversation& conversation, const RemoteKey& key, const FieldTexts& fields) {
  const RedmineSettings& settings = conversation.settings();
  const auto seen = need_issue(conversation, key);
  if (!seen) return seen.error();
  const auto wrong = differing(settings, fields, seen->issue);
  if (wrong.empty()) return deliver(conversation, key, *seen);
  const FieldTexts marker = {{settings.marker_field, fields.at(settings.marker_field)}};
  const bool without_marker = !differing(settings, marker, seen->issue).empty();
  return Outcome{Rejected{opened_without(settings, key, wrong, without_marker)}};
}

}  // namespace

Step create_ticket(Conversation& conversation, const CreateTicket& action, int attempt) {
  const RedmineSettings& settings = conversation.settings();
  const FieldTexts fields = custom_fields_of(settings, action);
  if (auto why = unknown_field(settings, fields)) return Outcome{Rejected{*why}};
  return tracker::create_once(
      {.find = [&] { return find_marked(conversation, action.marker); },
       .adopt = [&](const RemoteKey& key) { return adopt(conversation, key); },
       .post = [&] { return post(conversation, action, fields); },
       .verify = [&](const RemoteKey& key) { return verify(conversation, key, fields); }},
      action, attempt);
}

}  // namespace saksbro::redmine
