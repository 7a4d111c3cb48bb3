#include "connectors/jira/comments.h"

#include <algorithm>

#include "bridge/codec/rfc3339.h"
#include "bridge/codec/url.h"
#include "connectors/jira/texts.h"

namespace saksbro::jira {
namespace {

constexpr const char* kDeskProperty = "sd.public.comment";

// By Cloud's own word, or by the property that both have.
bool is_for_agents(const Json& comment) {
  const Json& is_public = codec::at_path(comment, "jsdPublic");
  if (is_public.is_boolean()) return !is_public.get<bool>();
  for (const Json& property : codec::at_path(comment, "properties")) {
    if (codec::text_or(property, "key", "") == kDeskProperty &&
        codec::flag_at(property, "value.internal"))
      return true;
  }
  return false;
}

Json desk_property(bool internal) {
  return Json::array({{{"key", kDeskProperty}, {"value", {{"internal", internal}}}}});
}

std::string comment_path(const RemoteKey& ticket, const std::string& id) {
  return issue_path(ticket) + "/comment/" + codec::percent_encode(id);
}

}  // namespace

std::vector<Written> comments_of(const JiraSettings& settings, const Json& comments) {
  std::vector<Written> all;
  for (const Json& comment : comments) {
    const std::string id = codec::text_or(comment, "id", "");
    if (id.empty()) continue;
    const bool for_agents = is_for_agents(comment);
    const bool limited = codec::at_path(comment, "visibility").is_object();
    const bool desk = settings.internal.kind == Audience::Kind::service_desk;
    all.push_back(
        {id, person_id(codec::at_path(comment, "author")), for_agents || limited,
         desk ? for_agents : limited, plain_of(codec::at_path(comment, "body")),
         codec::parse_rfc3339(codec::text_or(comment, "created", "")).value_or(Instant{})});
  }
  return all;
}

std::optional<Written> find_comment(const JiraSettings& settings, const Json& comments,
                                    const std::string& reference) {
  const auto all = comments_of(settings, comments);
  const auto ours = std::find_if(all.begin(), all.end(), [&](const Written& comment) {
    return comment.text.find(reference) != std::string::npos;
  });
  return ours == all.end() ? std::nullopt : std::optional(*ours);
}

Json comment_json(const JiraSettings& settings, const std::string& text,
                  const std::string& reference, Visibility visibility) {
  Json json = {{"body", written(settings.edition, text, reference)}};
  if (visibility == Visibility::everyone) return json;
  switch (settings.internal.kind) {
    case Audience::Kind::service_desk:
      json["properties"] = desk_property(true);
      break;
    case Audience::Kind::role:
      json["visibility"] = {{"type", "role"}, {"value", settings.internal.name}};
      break;
    case Audience::Kind::group:
      json["visibility"] = {{"type", "group"}, {"value", settings.internal.name}};
      break;
    case Audience::Kind::none:
      break;
  }
  return json;
}

Json edited_comment_json(const JiraSettings& settings, const std::string& text,
                         const std::string& reference, Visibility visibility) {
  Json json = comment_json(settings, text, reference, visibility);
  if (settings.internal.kind == Audience::Kind::service_desk && !json.contains("properties"))
    json["properties"] = desk_property(false);
  return json;
}

bool goes_with_others(const JiraSettings& settings, Visibility visibility) {
  return visibility == Visibility::everyone ||
         settings.internal.kind != Audience::Kind::service_desk;
}

std::optional<Phrase> cannot_comment(const JiraSettings& settings, Visibility visibility) {
  if (visibility == Visibility::everyone || settings.internal.kind != Audience::Kind::none)
    return std::nullopt;
  return Phrase(
      "the settings of system {system} do not say who reads an internal comment "
      "(\"internal_comments\"): as it stands, everybody who sees the issue would",
      {{"system", settings.name}});
}

StepOr<Reply> write_comment(Conversation& conversation, const AddComment& action) {
  const JiraSettings& settings = conversation.settings();
  if (auto why = cannot_comment(settings, action.visibility)) return ended(Rejected{*why});
  auto posted =
      conversation.write("POST", issue_path(action.ticket) + "/comment",
                         comment_json(settings, action.text, action.reference, action.visibility));
  if (posted && !is_success(*posted)) return ended(refusal(*posted));
  return posted;
}

Outcome not_there(const Reply& written) {
  return Rejected{Phrase(
      "{call}: Jira answered {status}, but the comment is not there: may the bridge's user add "
      "comments, and is it in the role or group that reads internal ones?",
      {{"call", written.call}, {"status", std::to_string(written.status)}})};
}

bool leaks(const JiraSettings& settings, const SeenIssue& seen, const Written& comment,
           Visibility wanted) {
  if (wanted != Visibility::internal) return false;
  // Data Center keeps the property anywhere, and does not say that it hides nothing.
  const std::string kind =
      codec::text_or(seen.issue(), "fields.project.projectTypeKey", "service_desk");
  const bool hides =
      settings.internal.kind != Audience::Kind::service_desk || kind == "service_desk";
  return !comment.hidden || !hides;
}

Step take_back(Conversation& conversation, const SeenIssue& seen, const Written& comment) {
  const RemoteKey id(codec::text_or(seen.issue(), "id", ""));
  const auto deleted = conversation.write("DELETE", comment_path(id, comment.id), Json());
  if (!deleted) return deleted.error();
  const Phrase::Args args{{"ticket", codec::text_or(seen.issue(), "key", id.text())},
                          {"comment", comment.id}};
  if (is_success(*deleted) || deleted->status == 404)
    return Outcome{Rejected{
        Phrase("an internal comment was PUBLIC in issue {ticket} (comment {comment}), and may have "
               "been mailed; Saksbro has deleted it. Does \"internal_comments\" suit this project?",
               args)}};
  return Outcome{Rejected{
      Phrase("an internal comment is PUBLIC in issue {ticket} (comment {comment}), and Saksbro may "
             "not delete it: a person must delete it now. Does \"internal_comments\" suit this "
             "project?",
             args)}};
}

}  // namespace saksbro::jira
