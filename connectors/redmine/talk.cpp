#include "connectors/redmine/talk.h"

#include "bridge/codec/settle.h"

namespace saksbro::redmine {
namespace {

Headers headers(const RedmineSettings& settings) {
  return {{"accept", "application/json"}, {"x-redmine-api-key", settings.key.reveal()}};
}

const Answer* answer_of(const Exchange& exchange) { return std::get_if<Answer>(&exchange.fate); }

bool is_forbidden(const Exchange& exchange) {
  const Answer* answer = answer_of(exchange);
  return answer != nullptr && answer->status == 403;
}

std::string joined(const Json& texts) {
  std::string all;
  for (const Json& text : texts) {
    if (text.is_string()) all += (all.empty() ? "" : "; ") + text.get<std::string>();
  }
  return all;
}

}  // namespace

Call get(const RedmineSettings& settings, const std::string& path) {
  return {"GET", settings.url + path, headers(settings), "", Repeat::harmless};
}

Told<Reply> Talk::look(const std::string& path, Forbidden forbidden) {
  return exchange(get(settings_, path), forbidden);
}

Told<Reply> Talk::look_at_groups(const std::string& path) {
  Call call = get(settings_, path);
  call.headers["x-redmine-api-key"] = settings_.groups_key.reveal();
  return exchange(std::move(call), Forbidden::is_told);
}

Told<Reply> Talk::need(const std::string& path) {
  auto reply = look(path);
  if (!reply) return reply;
  if (reply->status != 200) return ended(refusal(*reply));
  if (reply->body.is_object()) return reply;
  // A proxy's or a login page, with status 200.
  return ended(RetryLater{Phrase("{call} was answered by something that is not Redmine's JSON",
                                 {{"call", reply->call}})});
}

Told<Reply> Talk::write(const std::string& method, const std::string& path, const Json& body) {
  Call call{method, settings_.url + path, headers(settings_), codec::write_json(body),
            Repeat::never};
  call.headers["content-type"] = "application/json";
  return exchange(std::move(call), Forbidden::is_told);
}

Told<Reply> Talk::exchange(Call call, Forbidden forbidden) {
  if (used_ == so_far_.size()) return tl::unexpected<Step>(Step{std::move(call)});
  const Exchange& made = so_far_[used_++];
  const bool told = forbidden == Forbidden::is_told && is_forbidden(made);
  if (!told) {
    if (auto early = codec::settle_early(made)) return ended(std::move(*early));
  }
  if (auto page = codec::answered_by_a_page(made)) return ended(std::move(*page));
  Reply reply{codec::describe(made.call), 0, {}, codec::answered_at(made)};
  if (const Answer* answer = answer_of(made)) {
    reply.status = answer->status;
    if (auto body = codec::parse_json(answer->body, reply.call)) reply.body = std::move(*body);
  }
  return reply;
}

Outcome refusal(const Reply& reply) {
  const Json& errors = codec::at_path(reply.body, "errors");
  if (reply.status == 422 && errors.is_array() && errors.empty()) {
    return RetryLater{Phrase("{call}: somebody else changed the ticket at the same moment",
                             {{"call", reply.call}})};
  }
  if (const std::string texts = joined(errors); !texts.empty()) {
    return Rejected(
        Phrase("{call}: Redmine refuses: {said}", {{"call", reply.call}, {"said", texts}}));
  }
  if (reply.status == 404)
    return Rejected(Phrase("{call}: Redmine has no such thing (404)", {{"call", reply.call}}));
  if (reply.status == 403)
    return Rejected(
        Phrase("{call}: Redmine forbids it to this user (403)", {{"call", reply.call}}));
  return Rejected(Phrase("{call}: Redmine answered {status}",
                         {{"call", reply.call}, {"status", std::to_string(reply.status)}}));
}

}  // namespace saksbro::redmine
