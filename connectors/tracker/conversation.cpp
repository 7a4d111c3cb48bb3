#include "connectors/tracker/conversation.h"

#include "bridge/codec/settle.h"

namespace saksbro::tracker {
namespace {

const Answer* answer_of(const Exchange& exchange) { return std::get_if<Answer>(&exchange.fate); }

bool has_status(const Exchange& exchange, int status) {
  const Answer* answer = answer_of(exchange);
  return answer != nullptr && answer->status == status;
}

// 412 means nothing from a tracker that was asked for nothing.
bool was_too_late(const Exchange& exchange) {
  return has_status(exchange, 412) && exchange.call.headers.contains("if-match");
}

Reply reply_of(const Exchange& exchange, codec::Bytes bytes) {
  Reply reply{codec::describe(exchange.call), 0, {}, "", codec::answered_at(exchange), {}};
  const Answer* answer = answer_of(exchange);
  if (answer == nullptr) return reply;
  reply.status = answer->status;
  reply.blob = answer->blob;
  reply.blob_bytes = answer->blob_bytes;
  reply.headers = answer->headers;
  if (const auto etag = answer->headers.find("etag"); etag != answer->headers.end())
    reply.etag = etag->second;
  if (auto body = codec::parse_json(answer->body, reply.call, bytes)) reply.body = std::move(*body);
  return reply;
}

}  // namespace

Call get(const Dialect& dialect, const std::string& path) {
  return {"GET", dialect.root + path, dialect.headers, "", Repeat::harmless};
}

StepOr<Reply> Conversation::look(const std::string& path, Forbidden forbidden) {
  return exchange(get(dialect_, path), forbidden);
}

StepOr<Reply> Conversation::need(const std::string& path) {
  auto reply = look(path);
  if (!reply) return reply;
  if (reply->status != 200) return ended(dialect_.refusal(*reply));
  if (reply->body.is_object()) return reply;
  // A proxy's or a login page, with status 200.
  return ended(RetryLater{Phrase("{call} was answered by something that is not {tracker}'s JSON",
                                 {{"call", reply->call}, {"tracker", dialect_.tracker}})});
}

StepOr<Reply> Conversation::write(const std::string& method, const std::string& path,
                                  const Json& body, const std::string& if_match) {
  Call call{method, dialect_.root + path, dialect_.headers, "", Repeat::never};
  if (!body.is_null()) {
    call.body = codec::write_json(body);
    call.headers["content-type"] = "application/json";
  }
  if (!if_match.empty()) call.headers["if-match"] = if_match;
  return exchange(std::move(call), Forbidden::is_told);
}

StepOr<Reply> Conversation::exchange(Call call, Forbidden forbidden) {
  const Exchange* made = so_far_.next();
  if (made == nullptr) return wants(std::move(call));
  if (forbidden != Forbidden::is_told || !has_status(*made, 403)) {
    if (auto early = codec::settle_early(*made)) return ended(std::move(*early));
  }
  if (auto page = codec::answered_by_a_page(*made)) return ended(std::move(*page));
  if (was_too_late(*made)) {
    return ended(RetryLater{Phrase("{call}: somebody else changed the ticket at the same moment",
                                   {{"call", codec::describe(made->call)}})});
  }
  return reply_of(*made, dialect_.bytes);
}

std::string joined_texts(const Json& list) {
  std::string all;
  for (const Json& text : list) {
    if (text.is_string()) all += (all.empty() ? "" : "; ") + text.get<std::string>();
  }
  return all;
}

}  // namespace saksbro::tracker
