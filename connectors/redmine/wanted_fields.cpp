#include "connectors/redmine/wanted_fields.h"

namespace saksbro::redmine {

Phrase said_not_stored(const std::vector<std::string>& names, const Json& issue) {
  return {
      "Redmine answered 2xx, but does not show the value of {fields}: is the field enabled for "
      "tracker \"{tracker}\" and project \"{project}\", and may this user edit it there?",
      {{"fields", quoted_list(names)},
       {"tracker", codec::text_or(issue, "tracker.name", "")},
       {"project", codec::text_or(issue, "project.name", "")}}};
}

WantedFields wanted_by(const RedmineSettings& settings, const FieldTexts& fields) {
  WantedFields wanted{fields, ""};
  if (settings.field_ids.contains(kPriority)) return wanted;
  if (const auto priority = wanted.fields.find(kPriority); priority != wanted.fields.end()) {
    wanted.priority = priority->second;
    wanted.fields.erase(priority);
  }
  return wanted;
}

std::vector<std::string> missing(const RedmineSettings& settings, const WantedFields& wanted,
                                 const Json& issue) {
  auto names = differing(settings, wanted.fields, issue);
  if (!wanted.priority.empty() && codec::text_or(issue, "priority.name", "") != wanted.priority)
    names.emplace_back(kPriority);
  return names;
}

StepOr<bool> add_changes(Conversation& conversation, const WantedFields& wanted, const Json& issue,
                         Json& changes) {
  if (!wanted.fields.empty())
    changes["custom_fields"] = fields_json(conversation.settings(), wanted.fields, issue);
  if (!wanted.priority.empty()) {
    const auto id = priority_id(conversation, wanted.priority);
    if (!id) return tl::unexpected(id.error());
    changes["priority_id"] = *id;
  }
  return true;
}

}  // namespace saksbro::redmine
