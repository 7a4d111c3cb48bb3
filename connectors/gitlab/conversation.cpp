#include "connectors/gitlab/conversation.h"

namespace saksbro::gitlab {
namespace {

// {"message": "404 Issue Not Found"}, {"message": {"title": ["can't be blank"]}}, {"error": "..."}.
std::string words_of(const Json& body) {
  const Json& message = codec::at_path(body, "message");
  if (message.is_array()) return tracker::joined_texts(message);
  if (!message.is_object()) {
    const std::string said = codec::text_or(body, "message", codec::text_or(body, "error", ""));
    const std::string more = codec::text_or(body, "error_description", "");
    return more.empty() ? said : said + ": " + more;
  }
  std::string all;
  for (const auto& [field, texts] : message.items()) {
    const std::string said =
        texts.is_array() ? tracker::joined_texts(texts) : codec::text_or(message, field, "");
    all += (all.empty() ? "" : "; ") + field + ": " + said;
  }
  return all;
}

}  // namespace

tracker::Dialect dialect_of(const GitlabSettings& settings) {
  return {"GitLab",
          settings.url + "/api/v4",
          {{"accept", "application/json"}, {"private-token", settings.token.reveal()}},
          refusal,
          codec::Bytes::utf8};
}

std::string project_path(const GitlabSettings& settings) { return "/projects/" + settings.project; }

Outcome refusal(const Reply& reply) {
  const std::string said = words_of(reply.body);
  if (!said.empty())
    return Rejected(
        Phrase("{call}: GitLab answered {status}: {said}",
               {{"call", reply.call}, {"status", std::to_string(reply.status)}, {"said", said}}));
  return Rejected(Phrase("{call}: GitLab answered {status}",
                         {{"call", reply.call}, {"status", std::to_string(reply.status)}}));
}

bool has_next(const Headers& headers, const Json& rows) {
  const auto next = headers.find("x-next-page");
  // A proxy may take the header away: then the first empty page ends it.
  return next == headers.end() ? !rows.empty() : !next->second.empty();
}

StepOr<Json> need_rows(Conversation& conversation, const std::string& path,
                       const std::string& query, int& left) {
  Json rows = Json::array();
  for (int page = 1;; ++page) {
    if (--left < 0)
      return ended(
          Rejected{Phrase("{path} has more than Saksbro reads of one issue", {{"path", path}})});
    auto reply = conversation.look(path + query + "per_page=" + std::to_string(kRowsOfPage) +
                                   "&page=" + std::to_string(page));
    if (!reply) return tl::unexpected(reply.error());
    if (reply->status != 200) return ended(refusal(*reply));
    if (!reply->body.is_array())
      return ended(RetryLater{
          Phrase("{call} was answered by something that is not a list", {{"call", reply->call}})});
    for (Json& row : reply->body) rows.push_back(std::move(row));
    if (!has_next(reply->headers, reply->body)) return rows;
  }
}

}  // namespace saksbro::gitlab
