#include "connectors/rt/talk.h"

#include "bridge/codec/settle.h"

namespace saksbro::rt {
namespace {

Headers headers(const RtSettings& settings) {
  return {{"accept", "application/json"}, {"authorization", "token " + settings.token.reveal()}};
}

std::string address(const RtSettings& settings, const std::string& path) {
  return settings.url + "/REST/2.0" + path;
}

bool has_status(const Exchange& exchange, int status) {
  const auto* answer = std::get_if<Answer>(&exchange.fate);
  return answer != nullptr && answer->status == status;
}

Reply reply_of(const Exchange& exchange) {
  Reply reply{codec::describe(exchange.call), 0, {}, "", codec::answered_at(exchange)};
  const auto* answer = std::get_if<Answer>(&exchange.fate);
  if (answer == nullptr) return reply;
  reply.status = answer->status;
  if (const auto etag = answer->headers.find("etag"); etag != answer->headers.end()) {
    reply.etag = etag->second;
  }
  // RT's answer to correspond and comment can hold raw Latin-1 bytes.
  auto body = codec::parse_json(answer->body, reply.call, codec::Bytes::latin1_allowed);
  if (body) reply.body = std::move(*body);
  return reply;
}

}  // namespace

Call get(const RtSettings& settings, const std::string& path) {
  return {"GET", address(settings, path), headers(settings), "", Repeat::harmless};
}

Told<Reply> Talk::look(const std::string& path, Forbidden forbidden) {
  return exchange(get(settings_, path), forbidden);
}

Told<Reply> Talk::need(const std::string& path) {
  auto reply = look(path);
  if (!reply) return reply;
  if (reply->status != 200) return ended(refusal(*reply, "ShowTicket"));
  if (reply->body.is_object()) return reply;
  // A proxy's or a login page, with status 200.
  return ended(RetryLater{
      Phrase("{call} was answered by something that is not RT's JSON", {{"call", reply->call}})});
}

Told<Reply> Talk::write(const std::string& method, const std::string& path, const Json& body,
                        const std::string& if_match) {
  Call call{method, address(settings_, path), headers(settings_), codec::write_json(body),
            Repeat::never};
  call.headers["content-type"] = "application/json";
  if (!if_match.empty()) call.headers["if-match"] = if_match;
  return exchange(std::move(call), Forbidden::is_told);
}

Told<Reply> Talk::exchange(Call call, Forbidden forbidden) {
  if (used_ == so_far_.size()) return tl::unexpected<Step>(Step{std::move(call)});
  const Exchange& made = so_far_[used_++];
  if (forbidden != Forbidden::is_told || !has_status(made, 403)) {
    if (auto early = codec::settle_early(made)) return ended(std::move(*early));
  }
  if (auto page = codec::answered_by_a_page(made)) return ended(std::move(*page));
  if (has_status(made, 412)) {
    return ended(RetryLater{Phrase("{call}: somebody else changed the ticket at the same moment",
                                   {{"call", codec::describe(made.call)}})});
  }
  return reply_of(made);
}

std::string said(const Reply& reply) {
  if (const auto message = codec::text_at(reply.body, "message")) return *message;
  std::string all;
  if (!reply.body.is_array()) return all;
  for (const Json& sentence : reply.body) {
    if (sentence.is_string()) all += (all.empty() ? "" : "; ") + sentence.get<std::string>();
  }
  return all;
}

Outcome refusal(const Reply& reply, const std::string& right) {
  const std::string why = said(reply);
  const Phrase::Args args{{"call", reply.call},
                          {"status", std::to_string(reply.status)},
                          {"said", why},
                          {"right", right}};
  // 400 "Permission Denied" is also what RT says to a reply to a ticket that is not there.
  const bool forbidden = reply.status == 403 || why.find("ermission") != std::string::npos;
  if (why.empty())
    return Rejected(forbidden
                        ? Phrase("{call}: RT answered {status}. Has the bridge's user the right "
                                 "{right} in this queue?",
                                 args)
                        : Phrase("{call}: RT answered {status}", args));
  return Rejected(forbidden
                      ? Phrase("{call}: RT answered {status}: {said}. Has the bridge's user the "
                               "right {right} in this queue?",
                               args)
                      : Phrase("{call}: RT answered {status}: {said}", args));
}

}  // namespace saksbro::rt
