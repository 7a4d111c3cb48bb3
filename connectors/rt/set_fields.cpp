#include "bridge/contract/nearest.h"
#include "connectors/rt/attributes.h"
#include "connectors/rt/put_ticket.h"
#include "connectors/rt/ticket.h"
#include "connectors/rt/verbs.h"

namespace saksbro::rt {
namespace {

// RT shows a ticket's empty fields too, and ignores unknown ones silently: so we need not try.
std::optional<Phrase> unknown_field(const SetFields& action, const FieldValues& has) {
  std::vector<std::string> names;
  for (const auto& [name, value] : has) names.push_back(name);
  for (const auto& [name, value] : action.fields) {
    if (name == "queue" || name == "requestor")
      return Phrase("Saksbro may not change \"{field}\"", {{"field", name}});
    if (has.contains(name)) continue;
    return Phrase(
        "#{ticket} has no field \"{field}\"{near} (or the bridge's user lacks the right "
        "SeeCustomField for it)",
        {{"ticket", action.ticket}, {"field", name}, {"near", perhaps_meant(name, names)}});
  }
  return std::nullopt;
}

Outcome fields_refused(const SetFields& action, const FieldValues& left, const Put& put) {
  const Phrase::Args args{{"ticket", action.ticket},
                          {"fields", differences(left, fields_of(put.after.ticket))},
                          {"said", rt_says(put.said)}};
  if (put.said.find("ermission") == std::string::npos)
    return Rejected{Phrase("RT did not store all in #{ticket}: {fields}{said}", args)};
  return Rejected{
      Phrase("RT did not store all in #{ticket}: {fields}{said}. Has the bridge's user the rights "
             "ModifyCustomField and ModifyTicket in this queue?",
             args)};
}

}  // namespace

Step set_fields(Conversation& conversation, const SetFields& action) {
  auto seen = need_ticket(conversation, action.ticket);
  if (!seen) return seen.error();
  const FieldValues has = fields_of(seen->ticket);
  if (const auto wrong = unknown_field(action, has)) return Outcome{Rejected{*wrong}};
  FieldValues left = still_wanted(action.fields, has);
  if (left.empty()) return deliver(conversation, action.ticket, *seen);
  auto put = put_ticket(conversation, action.ticket, seen->etag, written(left, Values::one));
  if (!put) return put.error();
  left = still_wanted(action.fields, fields_of(put->after.ticket));
  if (some_may_be_lists(left)) {
    put = put_ticket(conversation, action.ticket, put->after.etag, written(left, Values::several));
    if (!put) return put.error();
    left = still_wanted(action.fields, fields_of(put->after.ticket));
  }
  if (!left.empty()) return Outcome{fields_refused(action, left, *put)};
  return deliver(conversation, action.ticket, put->after);
}

}  // namespace saksbro::rt
