#include "bridge/codec/url.h"
#include "connectors/example_tracker/ticket.h"
#include "connectors/example_tracker/verbs.h"
#include "connectors/tracker/create_once.h"

namespace saksbro::example_tracker {
namespace {

// The search must prove that no ticket carries the marker. A page that is not the last, or a hit
// that does not show the marker (a filter that was ignored), proves nothing.
StepOr<std::vector<RemoteKey>> find_marked(Conversation& conversation, const std::string& marker) {
  const std::string& field = conversation.settings().marker_field;
  const auto reply = conversation.need("/tickets?" + codec::percent_encode(field) + "=" +
                                       codec::percent_encode(marker));
  if (!reply) return tl::unexpected(reply.error());
  std::vector<RemoteKey> carriers;
  bool filtered = codec::at_path(reply->body, "tickets").is_array();
  for (const Json& ticket : codec::at_path(reply->body, "tickets")) {
    const bool carries = field_of(ticket, field) == marker;
    filtered = filtered && carries;
    if (carries) carriers.emplace_back(codec::text_or(ticket, "id", ""));
  }
  if (filtered && !codec::flag_at(reply->body, "more")) return carriers;
  return ended(
      Rejected{Phrase("an earlier attempt may have opened a ticket, and Example Tracker "
                      "cannot look it up: can the field \"{field}\" be searched?",
                      {{"field", field}})});
}

StepOr<RemoteKey> open_ticket(Conversation& conversation, const CreateTicket& action) {
  Json fields = action.fields;
  fields[conversation.settings().marker_field] = action.marker;
  const auto posted = conversation.write("POST", "/tickets",
                                         {{"queue", conversation.settings().queue},
                                          {"title", action.title},
                                          {"text", action.text},
                                          {"fields", std::move(fields)}});
  if (!posted) return tl::unexpected(posted.error());
  if (!is_success(*posted)) return ended(refusal(*posted));
  RemoteKey key(codec::text_or(posted->body, "id", ""));
  if (!key.empty()) return key;
  return ended(RetryLater{
      Phrase("{call} was answered without the ticket's number", {{"call", posted->call}})});
}

Step verify(Conversation& conversation, const CreateTicket& action, const RemoteKey& key) {
  const auto seen = need_ticket(conversation, key);
  if (!seen) return seen.error();
  const std::string& field = conversation.settings().marker_field;
  if (field_of(seen->ticket, field) == action.marker) return deliver(key, *seen);
  return Outcome{
      Rejected{Phrase("Example Tracker opened #{ticket} without its marker: is there a "
                      "field \"{field}\"? Delete #{ticket} before this is tried again",
                      {{"ticket", key}, {"field", field}})}};
}

}  // namespace

Step create_ticket(Conversation& conversation, const CreateTicket& action, int attempt) {
  const auto adopt = [&](const RemoteKey& key) -> Step {
    const auto seen = need_ticket(conversation, key);
    return seen ? deliver(key, *seen) : seen.error();
  };
  return tracker::create_once(
      {.find = [&] { return find_marked(conversation, action.marker); },
       .adopt = adopt,
       .post = [&] { return open_ticket(conversation, action); },
       .verify = [&](const RemoteKey& key) { return verify(conversation, action, key); }},
      action, attempt);
}

}  // namespace saksbro::example_tracker
