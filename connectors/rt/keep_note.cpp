#include "bridge/contract/nearest.h"
#include "connectors/rt/attributes.h"
#include "connectors/rt/put_ticket.h"
#include "connectors/rt/ticket.h"
#include "connectors/rt/verbs.h"

// A comment in RT can never be edited: so the case note is a custom field.
namespace saksbro::rt {
namespace {

Outcome no_field(const Conversation& conversation) {
  return Rejected{
      Phrase("RT has no field for the case note: create a custom field (\"Fill in one text "
             "area\", applies to tickets, in the queue \"{queue}\") and name it as note_field of "
             "system {system}",
             {{"queue", conversation.settings().queue}, {"system", conversation.settings().name}})};
}

Outcome note_field_unknown(const KeepNote& action, const std::string& name,
                           const FieldValues& has) {
  std::vector<std::string> names;
  for (const auto& [known, value] : has) names.push_back(known);
  return Rejected{
      Phrase("#{ticket} has no field \"{field}\" (note_field){near}: is it applied to this queue, "
             "and has the bridge's user the right SeeCustomField for it?",
             {{"ticket", action.ticket}, {"field", name}, {"near", perhaps_meant(name, names)}})};
}

Outcome not_stored(const KeepNote& action, const std::string& name, const Put& put) {
  return Rejected{
      Phrase("RT did not store the case note of #{ticket} in the field \"{field}\"{said}. Is it a "
             "field of the type \"Fill in one text area\", and has the bridge's user the right "
             "ModifyCustomField?",
             {{"ticket", action.ticket}, {"field", name}, {"said", rt_says(put.said)}})};
}

}  // namespace

Step keep_note(Conversation& conversation, const KeepNote& action) {
  const std::string& name = conversation.settings().note_field;
  if (name.empty()) return no_field(conversation);
  const auto seen = need_ticket(conversation, action.ticket);
  if (!seen) return seen.error();
  const auto has = fields_of(seen->ticket);
  const auto kept = has.find(name);
  if (kept == has.end()) return note_field_unknown(action, name, has);
  const std::string wanted = with_line_feeds(action.text);
  if (kept->second == wanted) return deliver(conversation, action.ticket, *seen);
  const auto put =
      put_ticket(conversation, action.ticket, seen->etag, {{"CustomFields", {{name, wanted}}}});
  if (!put) return put.error();
  const auto now = fields_of(put->after.ticket);
  const auto stored = now.find(name);
  if (stored == now.end() || stored->second != wanted) return not_stored(action, name, *put);
  return deliver(conversation, action.ticket, put->after);
}

}  // namespace saksbro::rt
