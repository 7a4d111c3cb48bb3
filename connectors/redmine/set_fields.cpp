#include "connectors/redmine/fields.h"
#include "connectors/redmine/issue.h"
#include "connectors/redmine/verbs.h"

namespace saksbro::redmine {
namespace {

std::string not_stored(const std::vector<std::string>& names, const Json& issue) {
  return "Redmine answered 2xx, but does not show the value of " + quoted_list(names) +
         ": is the field enabled for tracker \"" + codec::text_or(issue, "tracker.name", "") +
         "\" and project \"" + codec::text_or(issue, "project.name", "") +
         "\", and may this user edit it there?";
}

}  // namespace

Step set_fields(Talk& talk, const SetFields& action) {
  const RedmineSettings& settings = talk.settings();
  if (auto why = unknown_field(settings, action.fields)) return Outcome{Rejected{*why}};
  auto seen = need_issue(talk, action.ticket);
  if (!seen) return seen.error();
  if (differing(settings, action.fields, seen->issue).empty()) {
    return deliver(talk, action.ticket, *seen);
  }
  const Json fields = fields_json(settings, action.fields, seen->issue);
  const auto put =
      talk.write("PUT", issue_path(action.ticket), {{"issue", {{"custom_fields", fields}}}});
  if (!put) return put.error();
  if (put->status / 100 != 2) return Outcome{refusal(*put)};
  seen = need_issue(talk, action.ticket);
  if (!seen) return seen.error();
  const auto wrong = differing(settings, action.fields, seen->issue);
  if (!wrong.empty()) return Outcome{Rejected{not_stored(wrong, seen->issue)}};
  return deliver(talk, action.ticket, *seen);
}

}  // namespace saksbro::redmine
