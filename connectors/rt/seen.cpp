#include "connectors/rt/seen.h"

#include "bridge/codec/rfc3339.h"
#include "bridge/codec/url.h"
#include "connectors/rt/files.h"
#include "connectors/rt/history.h"
#include "connectors/rt/people.h"
#include "connectors/rt/ticket.h"
#include "connectors/rt/verbs.h"
#include "connectors/tracker/snapshot.h"

namespace saksbro::rt {
namespace {

std::string ticket_path(const RemoteKey& key) {
  return "/ticket/" + codec::percent_encode(key.text()) +
         "?fields%5BQueue%5D=Name&fields%5BCreator%5D=RealName";
}

// 404 and 403 are believed only while RT shows this user the queue: with the user's rights taken
// away, or a proxy gone astray, every ticket would seem to be gone.
StepOr<SeenTicket> gone_if_queue_is_there(Conversation& conversation, const Reply& reply) {
  const auto queue = need_queue(conversation, reply.call, reply.status);
  if (!queue) return tl::unexpected(queue.error());
  return SeenTicket{{},
                    "",
                    reply.at,
                    reply.status == 404
                        ? Phrase("RT no longer has this ticket", {})
                        : Phrase("the bridge's user may not see the ticket any more", {})};
}

std::optional<Phrase> why_gone(const Json& ticket, const RemoteKey& asked,
                               const std::string& our_queue) {
  const std::string id = codec::text_or(ticket, "id", "");
  if (id != asked.text()) return Phrase("merged into #{ticket}", {{"ticket", id}});
  const std::string queue = codec::text_or(ticket, "Queue.Name", "");
  if (queue.empty()) return Phrase("moved to a queue that the bridge's user may not see", {});
  if (!same_queue(queue, our_queue))
    return Phrase("moved to the queue \"{queue}\"", {{"queue", queue}});
  if (codec::text_or(ticket, "Status", "") == "deleted") return Phrase("deleted in RT", {});
  return std::nullopt;
}

// Our own case note is no news, and each change of it holds its whole text, twice.
Json without_case_note(const Json& transactions, const Json& ticket, const std::string& name) {
  const auto names = custom_field_names(ticket);
  Json left = Json::array();
  for (const Json& transaction : transactions) {
    const auto field = names.find(codec::text_or(transaction, "Field", ""));
    const bool is_note = codec::text_or(transaction, "Type", "") == "CustomField" &&
                         field != names.end() && field->second == name;
    if (name.empty() || !is_note) left.push_back(transaction);
  }
  return left;
}

}  // namespace

StepOr<bool> need_queue(Conversation& conversation, const std::string& call, int status) {
  const RtSettings& settings = conversation.settings();
  const Json query = Json::array({Json{{"field", "Name"}, {"value", settings.queue}}});
  const auto queues = conversation.need(
      "/queues?query=" + codec::percent_encode(codec::write_json(query)) + "&fields=Name");
  if (!queues) return tl::unexpected(queues.error());
  for (const Json& queue : codec::at_path(queues->body, "items")) {
    if (same_queue(codec::text_or(queue, "Name", ""), settings.queue)) return true;
  }
  return ended(RetryLater{
      Phrase("{call} was answered {code}, and RT shows no queue \"{queue}\" to "
             "the bridge's user either",
             {{"call", call}, {"code", std::to_string(status)}, {"queue", settings.queue}}),
      {},
      Scope::system});
}

StepOr<SeenTicket> look_at(Conversation& conversation, const RemoteKey& key) {
  const auto reply = conversation.look(ticket_path(key), Conversation::Forbidden::is_told);
  if (!reply) return tl::unexpected(reply.error());
  if (reply->status == 404 || reply->status == 403)
    return gone_if_queue_is_there(conversation, *reply);
  if (reply->status != 200 || !codec::integer_at(reply->body, "id") ||
      !codec::text_at(reply->body, "Status")) {
    return ended(
        RetryLater{Phrase("{call} was answered {code} without that ticket",
                          {{"call", reply->call}, {"code", std::to_string(reply->status)}})});
  }
  return SeenTicket{reply->body, reply->etag, reply->at,
                    why_gone(reply->body, key, conversation.settings().queue)};
}

StepOr<SeenTicket> need_ticket(Conversation& conversation, const RemoteKey& key) {
  auto seen = look_at(conversation, key);
  if (!seen || !seen->gone) return seen;
  return ended(
      Rejected{Phrase("#{ticket} is gone: {why}", {{"ticket", key}, {"why", *seen->gone}})});
}

StepOr<Json> snapshot(Conversation& conversation, const RemoteKey& key, const SeenTicket& seen) {
  auto history = read_history(conversation, key, seen.etag);
  if (!history) return tl::unexpected(history.error());
  auto texts = read_texts(conversation, *history);
  if (!texts) return tl::unexpected(texts.error());
  auto files = read_files(conversation, *history, *texts);
  if (!files) return tl::unexpected(files.error());
  const auto groups = need_groups(conversation, seen.ticket, history->transactions);
  if (!groups) return tl::unexpected(groups.error());
  Json ticket = seen.ticket;
  ticket.erase("_hyperlinks");
  Json whole{{"ticket", std::move(ticket)},
             {"transactions", without_case_note(history->transactions, seen.ticket,
                                                conversation.settings().note_field)},
             {"texts", std::move(*texts)},
             {"revision", history->revision},
             {"read_at", codec::write_rfc3339(seen.at)}};
  if (!files->empty()) whole["files"] = std::move(*files);
  if (!groups->is_null()) whole["groups"] = *groups;
  return whole;
}

Step deliver(Conversation& conversation, const RemoteKey& key, const SeenTicket& seen) {
  const auto whole = snapshot(conversation, key, seen);
  if (!whole) return whole.error();
  return Outcome{Delivered{key, codec::write_json(*whole)}};
}

Step deliver_gone(const RemoteKey& key, const Phrase& why) {
  return Outcome{tracker::gone(key, why)};
}

Step read_ticket(Conversation& conversation, const ReadTicket& action) {
  const auto seen = look_at(conversation, action.ticket);
  if (!seen) return seen.error();
  if (seen->gone) return deliver_gone(action.ticket, *seen->gone);
  return deliver(conversation, action.ticket, *seen);
}

}  // namespace saksbro::rt
