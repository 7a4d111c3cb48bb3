#include "bridge/codec/rfc3339.h"
#include "connectors/jira/issue.h"
#include "connectors/jira/jira_system.h"
#include "connectors/jira/ticket.h"
#include "connectors/jira/webhook.h"
#include "connectors/tracker/snapshot.h"

namespace saksbro::jira {
namespace {

using codec::at_path;
using codec::text_or;

std::optional<Instant> stamp_of(const Json& issue) {
  return codec::parse_rfc3339(text_or(at_path(issue, "fields"), "updated", ""));
}

bool has_id(const Json& issue) { return codec::integer_at(issue, "id").value_or(0) > 0; }

Result<std::vector<Observation>> polled(const JiraSettings& settings, const Json& row,
                                        const std::string& where) {
  if (const auto released = codec::text_at(row, "version.name"))
    return std::vector<Observation>{VersionReleased{*released}};
  const auto updated = stamp_of(row);
  if (!updated || !has_id(row))
    return fail(where,
                Phrase("expected an issue of a search, with id and updated, or a version", {}));
  return std::vector<Observation>{
      TicketHint{RemoteKey(text_or(row, "id", "")), *updated, is_elsewhere(settings, row)}};
}

bool is_snapshot(const Json& snapshot) {
  const Json& issue = at_path(snapshot, "issue");
  return has_id(issue) && !text_or(issue, "key", "").empty() && stamp_of(issue) &&
         !text_or(at_path(issue, "fields.status"), "name", "").empty() &&
         at_path(snapshot, "comments").is_array() && at_path(snapshot, "histories").is_array();
}

}  // namespace

Result<std::vector<Observation>> JiraSystem::normalise(const Delivery& delivery) const {
  const std::string where = settings_.name.text() + ": " + delivery.id.text();
  const auto body = codec::parse_json(delivery.body, where);
  if (!body) return tl::unexpected(body.error());
  if (delivery.kind == DeliveryKind::poll) return polled(settings_, *body, where);
  if (delivery.kind == DeliveryKind::webhook) return hints_of(settings_, *body, where);
  if (delivery.kind != DeliveryKind::answer)
    return fail(where, Phrase("only webhooks, polls and answers come from Jira", {}));
  if (auto gone = tracker::gone_in(*body)) return std::vector<Observation>{*std::move(gone)};
  const auto read_at = codec::parse_rfc3339(text_or(*body, "read_at", ""));
  if (!is_snapshot(*body) || !read_at)
    return fail(where, Phrase("expected a snapshot: issue with key, status and updated, comments, "
                              "histories, read_at",
                              {}));
  Ticket seen = ticket_of(settings_, *body);
  seen.read_at = *read_at;
  return std::vector<Observation>{TicketState{std::move(seen)}};
}

}  // namespace saksbro::jira
