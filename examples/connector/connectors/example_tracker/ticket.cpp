#include "connectors/example_tracker/ticket.h"

#include "bridge/codec/rfc3339.h"
#include "bridge/codec/url.h"

namespace saksbro::example_tracker {
namespace {

using codec::at_path;
using codec::text_or;

Person person_from(const Json& user) {
  return {text_or(user, "id", ""), text_or(user, "name", "")};
}

Instant instant_at(const Json& json, std::string_view member) {
  return codec::parse_rfc3339(text_or(json, member, "")).value_or(Instant{});
}

// What every entry of a history has.
template <class Entry>
Entry entry_from(const Json& json, const char* prefix) {
  Entry entry;
  entry.id = prefix + text_or(json, "id", "");
  entry.order = static_cast<std::uint64_t>(codec::integer_at(json, "id").value_or(0));
  entry.author = person_from(at_path(json, "author"));
  entry.at = instant_at(json, "at");
  return entry;
}

void add_history(Ticket& ticket, const Json& seen) {
  for (const Json& json : at_path(seen, "comments")) {
    auto comment = entry_from<Comment>(json, "c");
    comment.visibility =
        codec::flag_at(json, "internal") ? Visibility::internal : Visibility::everyone;
    comment.text = text_or(json, "text", "");
    ticket.comments.push_back(std::move(comment));
  }
  for (const Json& json : at_path(seen, "changes")) {
    auto change = entry_from<Change>(json, "h");
    change.attribute = text_or(json, "attribute", "");  // "status", or a field by its name
    change.from = text_or(json, "from", "");
    change.to = text_or(json, "to", "");
    ticket.changes.push_back(std::move(change));
  }
}

}  // namespace

std::string field_of(const Json& ticket, const std::string& name) {
  const Json& fields = at_path(ticket, "fields");
  const auto found = fields.find(name);
  return found == fields.end() || !found->is_string() ? "" : found->get<std::string>();
}

std::string ticket_path(const RemoteKey& key) {
  return "/tickets/" + codec::percent_encode(key.text());
}

StepOr<SeenTicket> seen_in(const Reply& reply, const RemoteKey& key) {
  if (text_or(reply.body, "id", "") == key.text()) return SeenTicket{reply.body, reply.at};
  return ended(
      RetryLater{Phrase("{call} was answered without that ticket", {{"call", reply.call}})});
}

StepOr<SeenTicket> need_ticket(Conversation& conversation, const RemoteKey& key) {
  const auto reply = conversation.need(ticket_path(key));
  return reply ? seen_in(*reply, key) : tl::unexpected(reply.error());
}

Step deliver(const RemoteKey& key, const SeenTicket& seen) {
  return Outcome{Delivered{key, codec::write_json({{"ticket", seen.ticket},
                                                   {"read_at", codec::write_rfc3339(seen.at)}})}};
}

Result<Ticket> ticket_from(const ExampleTrackerSettings& settings, const Json& snapshot,
                           const std::string& where) {
  const Json& seen = at_path(snapshot, "ticket");
  const auto id = codec::integer_at(seen, "id");
  const auto read_at = codec::parse_rfc3339(text_or(snapshot, "read_at", ""));
  if (!id || *id < 1 || text_or(seen, "status", "").empty() || !read_at)
    return fail(where, Phrase("expected a snapshot: a ticket with id and status, and read_at", {}));
  Ticket ticket;
  ticket.key = RemoteKey(std::to_string(*id));
  ticket.number = "#" + ticket.key.text();
  ticket.url = settings.url + "/tickets/" + ticket.key.text();
  ticket.title = text_or(seen, "title", "");
  ticket.text = text_or(seen, "text", "");
  ticket.status = text_or(seen, "status", "");
  ticket.author = person_from(at_path(seen, "author"));
  for (const auto& [name, value] : at_path(seen, "fields").items()) {
    if (value.is_string()) ticket.fields[name] = value.get<std::string>();
  }
  add_history(ticket, seen);
  ticket.created = instant_at(seen, "created");
  ticket.updated = instant_at(seen, "updated");
  ticket.read_at = *read_at;
  ticket.revision = static_cast<std::uint64_t>(codec::integer_at(seen, "revision").value_or(0));
  ticket.elsewhere = text_or(seen, "queue", "") != settings.queue;
  return ticket;
}

}  // namespace saksbro::example_tracker
