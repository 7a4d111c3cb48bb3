#include "connectors/redmine/fields.h"
#include "connectors/redmine/issue.h"
#include "connectors/redmine/verbs.h"

namespace saksbro::redmine {
namespace {

Phrase said_not_stored(const std::vector<std::string>& names, const Json& issue) {
  return {
      "Redmine answered 2xx, but does not show the value of {fields}: is the field enabled for "
      "tracker \"{tracker}\" and project \"{project}\", and may this user edit it there?",
      {{"fields", quoted_list(names)},
       {"tracker", codec::text_or(issue, "tracker.name", "")},
       {"project", codec::text_or(issue, "project.name", "")}}};
}

// What is written: custom fields, and Redmine's own priority where no custom field is called so.
struct Wanted {
  FieldTexts fields;
  std::string priority;  // by name; empty: it stays
};

Wanted wanted_by(const RedmineSettings& settings, const SetFields& action) {
  Wanted wanted{action.fields, ""};
  if (settings.field_ids.contains(kPriority)) return wanted;
  if (const auto priority = wanted.fields.find(kPriority); priority != wanted.fields.end()) {
    wanted.priority = priority->second;
    wanted.fields.erase(priority);
  }
  return wanted;
}

std::vector<std::string> missing(const RedmineSettings& settings, const Wanted& wanted,
                                 const Json& issue) {
  auto names = differing(settings, wanted.fields, issue);
  if (!wanted.priority.empty() && codec::text_or(issue, "priority.name", "") != wanted.priority)
    names.emplace_back(kPriority);
  return names;
}

StepOr<Json> issue_with(Conversation& conversation, const Wanted& wanted, const Json& issue) {
  Json changes = Json::object();
  if (!wanted.fields.empty())
    changes["custom_fields"] = fields_json(conversation.settings(), wanted.fields, issue);
  if (!wanted.priority.empty()) {
    const auto id = priority_id(conversation, wanted.priority);
    if (!id) return tl::unexpected(id.error());
    changes["priority_id"] = *id;
  }
  return Json{{"issue", std::move(changes)}};
}

}  // namespace

Step set_fields(Conversation& conversation, const SetFields& action) {
  const RedmineSettings& settings = conversation.settings();
  const Wanted wanted = wanted_by(settings, action);
  if (auto why = unknown_field(settings, wanted.fields)) return Outcome{Rejected{*why}};
  auto seen = need_issue(conversation, action.ticket);
  if (!seen) return seen.error();
  if (missing(settings, wanted, seen->issue).empty())
    return deliver(conversation, action.ticket, *seen);
  const auto changes = issue_with(conversation, wanted, seen->issue);
  if (!changes) return changes.error();
  const auto put = conversation.write("PUT", issue_path(action.ticket), *changes);
  if (!put) return put.error();
  if (!is_success(*put)) return Outcome{refusal(*put)};
  seen = need_issue(conversation, action.ticket);
  if (!seen) return seen.error();
  const auto wrong = missing(settings, wanted, seen->issue);
  if (!wrong.empty()) return Outcome{Rejected{said_not_stored(wrong, seen->issue)}};
  return deliver(conversation, action.ticket, *seen);
}

}  // namespace saksbro::redmine
