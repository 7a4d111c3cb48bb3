#include <algorithm>

#include "bridge/codec/rfc3339.h"
#include "connectors/gitlab/files.h"
#include "connectors/gitlab/history.h"
#include "connectors/gitlab/notes.h"
#include "connectors/gitlab/texts.h"
#include "connectors/gitlab/wanted.h"
#include "connectors/gitlab/webhook.h"
#include "connectors/tracker/snapshot.h"

namespace saksbro::gitlab {
namespace {

using codec::at_path;
using codec::text_or;

std::map<std::string, std::string> fields_of(const GitlabSettings& settings, const Json& issue,
                                             const Look& look) {
  std::vector<std::string> assignees;
  for (const Json& person : at_path(issue, "assignees"))
    assignees.push_back(text_or(person, "username", ""));
  auto all = shown(settings, look);
  all.erase(kStatusAttribute);
  all["assignee"] = joined(assignees);
  all["weight"] = text_or(issue, "weight", "");
  all["due_date"] = text_or(issue, "due_date", "");
  all["type"] = text_or(issue, "issue_type", "");
  for (const auto& [name, field] : settings.fields) {
    if (field.kind != FieldKind::scope) all[name] = value_of(settings, issue, name);
  }
  if (!settings.marker_field.empty())
    all[settings.marker_field] = marker_in(text_or(issue, "description", ""));
  return all;
}

// The labels that the issue has, the one that was added last at the end.
Look look_in(const Json& issue, const History& history) {
  Look look = look_of(issue);
  const auto place = [&](const std::string& label) {
    const auto found = std::find(history.labels.begin(), history.labels.end(), label);
    return found == history.labels.end() ? -1 : found - history.labels.begin();
  };
  std::stable_sort(
      look.labels.begin(), look.labels.end(),
      [&](const std::string& one, const std::string& other) { return place(one) < place(other); });
  return look;
}

void add_comments(const Json& notes, Ticket& seen) {
  for (const Json& note : notes) {
    const auto id = codec::integer_at(note, "id").value_or(0);
    if (id < 1 || codec::flag_at(note, "system")) continue;
    const auto order = static_cast<std::uint64_t>(id);
    seen.comments.push_back({"n" + std::to_string(id), order, person_of(at_path(note, "author")),
                             instant_at(note, "created_at"),
                             is_internal(note) ? Visibility::internal : Visibility::everyone,
                             plain_of(text_or(note, "body", ""))});
  }
  std::stable_sort(seen.comments.begin(), seen.comments.end(),
                   [](const Comment& one, const Comment& other) {
                     return std::tie(one.at, one.order) < std::tie(other.at, other.order);
                   });
}

Ticket ticket_of(const GitlabSettings& settings, const Json& snapshot) {
  const Json& issue = at_path(snapshot, "issue");
  History history = history_of(settings, snapshot);
  const Look look = look_in(issue, history);
  Ticket seen;
  seen.key = RemoteKey(text_or(issue, "iid", ""));
  seen.number = "#" + seen.key.text();
  seen.url = text_or(issue, "web_url", "");
  seen.title = title_of(text_or(issue, "title", ""));
  seen.text = plain_of(text_or(issue, "description", ""));
  seen.status = status_of(settings, look);
  seen.author = person_of(at_path(issue, "author"));
  seen.fields = fields_of(settings, issue, look);
  add_comments(at_path(snapshot, "notes"), seen);
  seen.changes = std::move(history.changes);
  seen.attachments = files_of(settings, snapshot);
  tracker::add_groups(seen, at_path(snapshot, "groups"));
  seen.created = instant_at(issue, "created_at");
  seen.updated = instant_at(issue, "updated_at");
  seen.confidential = codec::flag_at(issue, "confidential");
  seen.elsewhere = is_of_another_type(settings, text_or(issue, "issue_type", ""));
  return seen;
}

bool is_whole(const Json& snapshot) {
  const Json& issue = at_path(snapshot, "issue");
  return codec::integer_at(issue, "iid").value_or(0) > 0 && !text_or(issue, "state", "").empty() &&
         codec::parse_rfc3339(text_or(issue, "updated_at", "")) &&
         at_path(snapshot, "notes").is_array() && at_path(snapshot, "label_events").is_array() &&
         at_path(snapshot, "state_events").is_array();
}

Result<std::vector<Observation>> polled(const GitlabSettings& settings, const Json& row,
                                        const std::string& where) {
  if (const auto released = codec::text_at(row, "version"))
    return std::vector<Observation>{VersionReleased{*released}};
  const auto updated = codec::parse_rfc3339(text_or(row, "updated_at", ""));
  if (!updated || codec::integer_at(row, "iid").value_or(0) < 1)
    return fail(where,
                Phrase("expected an issue of a list, with iid and updated_at, or a version", {}));
  return std::vector<Observation>{
      TicketHint{RemoteKey(text_or(row, "iid", "")), *updated,
                 is_of_another_type(settings, text_or(row, "issue_type", ""))}};
}

}  // namespace

std::vector<std::string> attribute_names() {
  return {"assignee", "due_date", "labels", "milestone", "type", "weight"};
}

Result<std::vector<Observation>> GitlabSystem::normalise(const Delivery& delivery) const {
  const std::string where = settings_.name.text() + ": " + delivery.id.text();
  const auto body = codec::parse_json(delivery.body, where);
  if (!body) return tl::unexpected(body.error());
  if (delivery.kind == DeliveryKind::poll) return polled(settings_, *body, where);
  if (delivery.kind == DeliveryKind::webhook) return hints_of(settings_, *body, where);
  if (delivery.kind != DeliveryKind::answer)
    return fail(where, Phrase("only webhooks, polls and answers come from GitLab", {}));
  if (auto gone = tracker::gone_in(*body)) return std::vector<Observation>{*std::move(gone)};
  const auto read_at = codec::parse_rfc3339(text_or(*body, "read_at", ""));
  if (!is_whole(*body) || !read_at)
    return fail(where, Phrase("expected a snapshot: issue, notes, events and read_at", {}));
  Ticket seen = ticket_of(settings_, *body);
  seen.read_at = *read_at;
  return std::vector<Observation>{TicketState{std::move(seen)}};
}

}  // namespace saksbro::gitlab
