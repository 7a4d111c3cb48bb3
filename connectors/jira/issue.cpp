#include "connectors/jira/issue.h"

#include <algorithm>

#include "bridge/codec/rfc3339.h"
#include "bridge/codec/url.h"
#include "connectors/jira/people.h"

namespace saksbro::jira {
namespace {

constexpr std::size_t kPageMost = 100;
constexpr int kPagesMost = 10;  // of a list; a longer one is known by its beginning and its end

// The list `member` of `path`, page by page. Jira may give fewer than are asked for.
StepOr<Json> need_pages(Conversation& conversation, const std::string& path,
                        const std::string& member) {
  Json all = Json::array();
  std::int64_t start = 0;
  for (int page = 0; page < kPagesMost; ++page) {
    const auto reply = conversation.need(path + "startAt=" + std::to_string(start) +
                                         "&maxResults=" + std::to_string(kPageMost));
    if (!reply) return tl::unexpected(reply.error());
    const Json& list = codec::at_path(reply->body, member);
    if (!list.is_array())
      return ended(RetryLater{
          Phrase("{call} was answered without that list of the issue", {{"call", reply->call}})});
    for (const Json& one : list) all.push_back(one);
    const auto size = static_cast<std::int64_t>(list.size());
    const auto total = codec::integer_at(reply->body, "total").value_or(0);
    start += size;
    if (size == 0 || start >= total) break;
    if (page == 0) start = std::max(start, total - (kPagesMost - 1) * size);
  }
  return all;
}

bool is_whole(const Json& list, const Json& told) {
  return list.is_array() &&
         codec::integer_at(told, "total").value_or(0) <= static_cast<std::int64_t>(list.size());
}

StepOr<Json> need_comments(Conversation& conversation, const RemoteKey& key, const Json& issue) {
  const JiraSettings& settings = conversation.settings();
  const Json& told = codec::at_path(codec::at_path(issue, "fields"), "comment");
  // Data Center tells whether a comment is public only when it is asked for the properties.
  const bool says_all =
      settings.edition == Edition::cloud || settings.internal.kind != Audience::Kind::service_desk;
  const Json& list = codec::at_path(told, "comments");
  if (says_all && is_whole(list, told)) return Json(list);
  return need_pages(conversation, issue_path(key) + "/comment?expand=properties&", "comments");
}

StepOr<Json> need_histories(Conversation& conversation, const RemoteKey& key, const Json& issue) {
  const Json& told = codec::at_path(issue, "changelog");
  const Json& list = codec::at_path(told, "histories");
  // Data Center has no other way to tell it, and tells all.
  if (is_whole(list, told) || conversation.settings().edition == Edition::data_center)
    return list.is_array() ? Json(list) : Json::array();
  return need_pages(conversation, issue_path(key) + "/changelog?", "values");
}

}  // namespace

std::string issue_path(const RemoteKey& key) {
  return "/issue/" + codec::percent_encode(key.text());
}

std::string look_path(const RemoteKey& key) { return issue_path(key) + "?expand=changelog"; }

bool is_issue(const Json& json, const RemoteKey& key) {
  return codec::text_or(json, "id", "") == key.text() && codec::at_path(json, "fields").is_object();
}

StepOr<SeenIssue> need_issue(Conversation& conversation, const RemoteKey& key) {
  const auto reply = conversation.need(look_path(key));
  if (!reply) return tl::unexpected(reply.error());
  return with_lists(conversation, key, *reply);
}

StepOr<SeenIssue> with_lists(Conversation& conversation, const RemoteKey& key, const Reply& reply) {
  if (!is_issue(reply.body, key))
    return ended(
        RetryLater{Phrase("{call} was answered without that issue", {{"call", reply.call}})});
  auto comments = need_comments(conversation, key, reply.body);
  if (!comments) return tl::unexpected(comments.error());
  auto histories = need_histories(conversation, key, reply.body);
  if (!histories) return tl::unexpected(histories.error());
  SeenIssue seen{{{"issue", reply.body}}, reply.at};
  seen.snapshot["issue"].erase("changelog");
  seen.snapshot["issue"]["fields"].erase("comment");
  seen.snapshot["comments"] = *std::move(comments);
  seen.snapshot["histories"] = *std::move(histories);
  return seen;
}

std::string status_of(const JiraSettings& settings, const Json& status) {
  const auto name = settings.status_names.find(codec::text_or(status, "id", ""));
  return name == settings.status_names.end() ? codec::text_or(status, "name", "") : name->second;
}

bool is_elsewhere(const JiraSettings& settings, const Json& issue) {
  const Json& fields = codec::at_path(issue, "fields");
  const std::string key = codec::text_or(issue, "key", "");
  std::string project = codec::text_or(codec::at_path(fields, "project"), "key", "");
  if (project.empty()) project = key.substr(0, key.rfind('-'));
  if (!project.empty() && project != settings.project) return true;
  const std::string type = codec::text_or(codec::at_path(fields, "issuetype"), "name", "");
  return !type.empty() && std::find(settings.issue_types.begin(), settings.issue_types.end(),
                                    type) == settings.issue_types.end();
}

std::string person_id(const Json& person) {
  for (const char* member : {"accountId", "name", "key"}) {
    if (auto id = codec::text_at(person, member); id && !id->empty()) return *id;
  }
  return "";
}

Person person_of(const Json& person) {
  const std::string id = person_id(person);
  return {id, codec::text_or(person, "displayName", id)};
}

StepOr<bool> need_project(Conversation& conversation) {
  const std::string& project = conversation.settings().project;
  const auto reply = conversation.look("/project/" + codec::percent_encode(project));
  if (!reply) return tl::unexpected(reply.error());
  if (reply->status == 200 && !codec::text_or(reply->body, "id", "").empty()) return true;
  return ended(RetryLater{
      Phrase("{call} was answered {code}: is the url of this system right, and may the bridge's "
             "user browse the project?",
             {{"call", reply->call}, {"code", std::to_string(reply->status)}}),
      {},
      Scope::system});
}

Step deliver(Conversation& conversation, const RemoteKey& key, const SeenIssue& seen) {
  const auto groups = need_groups(conversation, seen.snapshot);
  if (!groups) return groups.error();
  Json snapshot = seen.snapshot;
  snapshot["read_at"] = codec::write_rfc3339(seen.at);
  if (!groups->is_null()) snapshot["groups"] = *groups;
  return Outcome{Delivered{key, codec::write_json(snapshot)}};
}

}  // namespace saksbro::jira
