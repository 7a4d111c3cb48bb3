#include "bridge/codec/fit.h"
#include "bridge/codec/url.h"
#include "connectors/rt/attributes.h"
#include "connectors/rt/put_ticket.h"
#include "connectors/rt/ticket.h"
#include "connectors/rt/ticket_sql.h"
#include "connectors/rt/verbs.h"
#include "connectors/tracker/create_once.h"

namespace saksbro::rt {
namespace {

constexpr std::size_t kSubjectBytes = 200;  // RT cuts there without a word

// RT joins the lines of a subject without a blank, and cuts by bytes.
std::string subject_from(const std::string& title) {
  std::string subject;
  for (const char c : with_line_feeds(title)) {
    subject += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return codec::cut_to(subject, kSubjectBytes, codec::Measure::bytes);
}

Json body_from(const RtSettings& settings, const CreateTicket& action) {
  FieldValues fields = action.fields;
  fields[settings.marker_field] = action.marker;
  Json body = written(fields, Values::one);
  body["Queue"] = settings.queue;
  body["Subject"] = subject_from(action.title);
  if (!action.text.empty()) {
    body["Content"] = action.text;
    body["ContentType"] = "text/plain";
  }
  return body;
}

// The queue is not part of the search: a ticket of ours that was moved meanwhile must not be made
// again.
std::string search_path(const RtSettings& settings, const std::string& marker) {
  return "/tickets?query=" +
         codec::percent_encode("CF.{" + settings.marker_field + "} = " + sql_text(marker)) +
         "&fields=CustomFields&orderby=id&order=ASC&per_page=100";
}

// The tickets that carry the marker. RT compares without regard to case, so a hit must show that it
// carries the very marker; of one that does not show the field nobody knows.
StepOr<std::vector<RemoteKey>> find_marked(Conversation& conversation, const std::string& marker) {
  const auto reply = conversation.need(search_path(conversation.settings(), marker));
  if (!reply) return tl::unexpected(reply.error());
  const Json& items = codec::at_path(reply->body, "items");
  if (!items.is_array()) {
    return ended(RetryLater{
        Phrase("{call} was answered without a list of tickets", {{"call", reply->call}})});
  }
  std::vector<RemoteKey> sure;
  std::vector<RemoteKey> hidden;
  for (const Json& item : items) {
    const auto id = codec::text_at(item, "id");
    if (!id) continue;
    const FieldValues fields = fields_of(item);
    const auto value = fields.find(conversation.settings().marker_field);
    if (value == fields.end()) hidden.emplace_back(*id);
    if (value != fields.end() && value->second == marker) sure.emplace_back(*id);
  }
  if (!sure.empty() || hidden.empty()) return sure;
  return ended(
      Rejected{Phrase("{tickets} may carry the marker \"{marker}\", but RT does not show it to the "
                      "bridge's user there (was the ticket moved to another queue?): a person must "
                      "check before another one is opened",
                      {{"tickets", tracker::numbers_of(hidden)}, {"marker", marker}})});
}

// In another queue, or deleted, it is no ticket of ours any more: the case must not go on as if.
Step adopt(Conversation& conversation, const RemoteKey& key) {
  const auto seen = need_ticket(conversation, key);
  return seen ? deliver(conversation, key, *seen) : seen.error();
}

StepOr<RemoteKey> post(Conversation& conversation, const CreateTicket& action) {
  const auto created =
      conversation.write("POST", "/ticket", body_from(conversation.settings(), action));
  if (!created) return tl::unexpected(created.error());
  if (!is_success(*created)) return ended(refusal(*created, "CreateTicket"));
  if (const auto id = codec::integer_at(created->body, "id")) return RemoteKey(std::to_string(*id));
  return ended(RetryLater{
      Phrase("{call} was answered without the ticket's number", {{"call", created->call}})});
}

// What RT left out stays left out: a redrive takes the ticket as it is.
Step verify(Conversation& conversation, const CreateTicket& action, const RemoteKey& key) {
  auto seen = need_ticket(conversation, key);
  if (!seen) return seen.error();
  const std::string& marker_field = conversation.settings().marker_field;
  const FieldValues has = fields_of(seen->ticket);
  if (!still_wanted({{marker_field, action.marker}}, has).empty()) {
    return Outcome{Rejected{Phrase(
        "#{ticket} was opened, but without its marker: is there a custom field \"{field}\" in the "
        "queue \"{queue}\", and has the bridge's user the rights SeeCustomField and "
        "ModifyCustomField? Delete #{ticket} before this is redriven, else there will be two",
        {{"ticket", key}, {"field", marker_field}, {"queue", conversation.settings().queue}})}};
  }
  FieldValues left = still_wanted(action.fields, has);
  if (some_may_be_lists(left)) {
    auto put = put_ticket(conversation, key, seen->etag, written(left, Values::several));
    if (!put) return put.error();
    *seen = std::move(put->after);
    left = still_wanted(action.fields, fields_of(seen->ticket));
  }
  if (left.empty()) return deliver(conversation, key, *seen);
  return Outcome{Rejected{
      Phrase("#{ticket} was opened, but RT did not store all: {fields}. A redrive takes the ticket "
             "as it is",
             {{"ticket", key}, {"fields", differences(left, fields_of(seen->ticket))}})}};
}

}  // namespace

Step create_ticket(Conversation& conversation, const CreateTicket& action, int attempt) {
  return tracker::create_once(
      {.find = [&] { return find_marked(conversation, action.marker); },
       .adopt = [&](const RemoteKey& key) { return adopt(conversation, key); },
       .post = [&] { return post(conversation, action); },
       .verify = [&](const RemoteKey& key) { return verify(conversation, action, key); },
       .several =
           Sentence("{tickets} all carry the marker \"{marker}\": empty it in those that are "
                    "copies, then redrive")},
      action, attempt);
}

}  // namespace saksbro::rt
