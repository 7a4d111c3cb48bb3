#include "connectors/redmine/webhook.h"

#include "bridge/codec/rfc3339.h"
#include "connectors/redmine/issue.h"

namespace saksbro::redmine {
namespace {

using codec::at_path;
using codec::Json;
using Hints = Result<std::vector<Observation>>;

Phrase expected() {
  return {
      "expected a webhook of Redmine 7, or of the plug-in redmine_webhook, with an issue and its "
      "id",
      {}};
}

// Without a stamp the issue is read in any case.
Hints hint(const RedmineSettings& settings, const Json& issue, bool stamped,
           const std::string& where) {
  const auto id = codec::integer_at(issue, "id");
  if (!id || *id < 1) return fail(where, expected());
  TicketHint hint{RemoteKey(std::to_string(*id)), std::nullopt};
  // A webhook of all projects tells of other ones too, where it names them.
  const std::string project = codec::text_or(issue, "project.identifier", "");
  hint.elsewhere =
      (!project.empty() && project != settings.project) || is_of_another_tracker(settings, issue);
  if (stamped) hint.updated = codec::parse_rfc3339(codec::text_or(issue, "updated_on", ""));
  return std::vector<Observation>{std::move(hint)};
}

}  // namespace

Hints hints_of(const RedmineSettings& settings, const Json& body, const std::string& where) {
  if (const auto type = codec::text_at(body, "type")) {
    if (!type->starts_with("issue.")) return std::vector<Observation>{};
    // A deleted issue keeps the stamp that it had: it would pass for one that has been seen.
    return hint(settings, at_path(body, "data.issue"), *type != "issue.deleted", where);
  }
  if (codec::text_at(body, "payload.action"))
    return hint(settings, at_path(body, "payload.issue"), true, where);
  return fail(where, expected());
}

}  // namespace saksbro::redmine
