#include "connectors/redmine/conversation.h"

namespace saksbro::redmine {

tracker::Dialect dialect_of(const RedmineSettings& settings) {
  return {"Redmine",
          settings.url,
          {{"accept", "application/json"}, {"x-redmine-api-key", settings.key.reveal()}},
          refusal,
          codec::Bytes::utf8};
}

StepOr<Reply> Conversation::look_at_groups(const std::string& path) {
  Call call = tracker::get(dialect(), path);
  call.headers["x-redmine-api-key"] = settings().groups_key.reveal();
  return exchange(std::move(call), Forbidden::is_told);
}

Outcome refusal(const Reply& reply) {
  const Json& errors = codec::at_path(reply.body, "errors");
  if (reply.status == 422 && errors.is_array() && errors.empty()) {
    return RetryLater{Phrase("{call}: somebody else changed the ticket at the same moment",
                             {{"call", reply.call}})};
  }
  if (const std::string texts = tracker::joined_texts(errors); !texts.empty()) {
    return Rejected(
        Phrase("{call}: Redmine refuses: {said}", {{"call", reply.call}, {"said", texts}}));
  }
  if (reply.status == 404)
    return Rejected(Phrase("{call}: Redmine did not find it (404)", {{"call", reply.call}}));
  if (reply.status == 403)
    return Rejected(
        Phrase("{call}: Redmine forbids it to this user (403)", {{"call", reply.call}}));
  return Rejected(Phrase("{call}: Redmine answered {status}",
                         {{"call", reply.call}, {"status", std::to_string(reply.status)}}));
}

}  // namespace saksbro::redmine
