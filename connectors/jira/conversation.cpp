#include "connectors/jira/conversation.h"

#include "bridge/codec/digest.h"

namespace saksbro::jira {

tracker::Dialect dialect_of(const JiraSettings& settings) {
  const std::string proof =
      settings.user.empty()
          ? "Bearer " + settings.token.reveal()
          : "Basic " + codec::to_base64(settings.user + ":" + settings.token.reveal());
  const char* const version = settings.edition == Edition::cloud ? "/rest/api/3" : "/rest/api/2";
  return {"Jira",
          settings.api_url + version,
          {{"accept", "application/json"}, {"authorization", proof}},
          refusal,
          codec::Bytes::utf8};
}

StepOr<Reply> Conversation::ask(const std::string& path, const Json& body) {
  Call call{"POST", dialect().root + path, dialect().headers, codec::write_json(body),
            Repeat::harmless};
  call.headers["content-type"] = "application/json";
  return exchange(std::move(call), Forbidden::stops_system);
}

std::string told_errors(const Json& body) {
  std::string all = tracker::joined_texts(codec::at_path(body, "errorMessages"));
  const Json& errors = codec::at_path(body, "errors");
  if (!errors.is_object()) return all;
  for (const auto& [field, text] : errors.items()) {
    if (text.is_string()) all += (all.empty() ? "" : "; ") + field + ": " + text.get<std::string>();
  }
  return all;
}

Outcome refusal(const Reply& reply) {
  if (const std::string said = told_errors(reply.body); !said.empty())
    return Rejected{Phrase("{call}: Jira refuses: {said}", {{"call", reply.call}, {"said", said}})};
  if (reply.status == 404)
    return Rejected{Phrase("{call}: Jira did not find it (404)", {{"call", reply.call}})};
  if (reply.status == 403)
    return Rejected{Phrase("{call}: Jira forbids it to this user (403)", {{"call", reply.call}})};
  return Rejected{Phrase("{call}: Jira answered {status}",
                         {{"call", reply.call}, {"status", std::to_string(reply.status)}})};
}

}  // namespace saksbro::jira
