#include "connectors/gitlab/webhook.h"

#include <algorithm>

#include "bridge/codec/rfc3339.h"

namespace saksbro::gitlab {
namespace {

using codec::at_path;
using codec::Json;
using codec::text_or;
using Hints = Result<std::vector<Observation>>;

Phrase expected() {
  return {"expected a webhook of GitLab: object_kind, and of an issue its project and iid", {}};
}

// Old bodies have the project's number within the issue only.
std::string project_of(const Json& body, const Json& issue) {
  for (const std::string& id : {text_or(body, "project.id", ""), text_or(issue, "project_id", ""),
                                text_or(body, "project_id", "")}) {
    if (!id.empty()) return id;
  }
  return "";
}

// A stamp of whole seconds ("2023-05-25 17:12:06 UTC") may be older than a state that was read in
// that second: the issue is read then.
std::optional<Instant> stamp_of(const Json& issue) {
  const std::string stamp = text_or(issue, "updated_at", "");
  return stamp.find('.') == std::string::npos ? std::nullopt : codec::parse_rfc3339(stamp);
}

Hints hint(const GitlabSettings& settings, const Json& body, const Json& issue, bool stamped,
           const std::string& where) {
  const std::string project = project_of(body, issue);
  if (!project.empty() && project != settings.project) return std::vector<Observation>{};
  // An epic is a work item of a group, with numbers of its own.
  if (project.empty() && text_or(body, "object_kind", "") == "work_item")
    return std::vector<Observation>{};
  const auto iid = codec::integer_at(issue, "iid");
  if (project.empty() || !iid || *iid < 1) return fail(where, expected());
  TicketHint told{RemoteKey(std::to_string(*iid)), std::nullopt};
  told.elsewhere = is_of_another_type(settings, text_or(issue, "type", ""));
  if (stamped) told.updated = stamp_of(issue);
  return std::vector<Observation>{std::move(told)};
}

}  // namespace

bool is_of_another_type(const GitlabSettings& settings, std::string type) {
  std::transform(type.begin(), type.end(), type.begin(), [](char c) {
    if (c == ' ') return '_';
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return !type.empty() && std::find(settings.issue_types.begin(), settings.issue_types.end(),
                                    type) == settings.issue_types.end();
}

Hints hints_of(const GitlabSettings& settings, const Json& body, const std::string& where) {
  const std::string kind = text_or(body, "object_kind", "");
  const Json& object = at_path(body, "object_attributes");
  if (kind == "issue" || kind == "work_item") return hint(settings, body, object, true, where);
  if (kind == "note") {
    // The stamp of the issue in it is not that of the note.
    const Json& issue = at_path(body, "issue");
    const std::string of = text_or(object, "noteable_type", "");
    if (issue.is_object()) return hint(settings, body, issue, false, where);
    if (of == "Issue" || of == "WorkItem") return fail(where, expected());
    return std::vector<Observation>{};
  }
  if (!kind.empty() || !text_or(body, "event_name", "").empty()) return std::vector<Observation>{};
  return fail(where, expected());
}

}  // namespace saksbro::gitlab
