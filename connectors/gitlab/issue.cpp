#include "connectors/gitlab/issue.h"

#include <array>

#include "bridge/codec/rfc3339.h"
#include "bridge/codec/url.h"
#include "connectors/gitlab/people.h"

namespace saksbro::gitlab {
namespace {

struct List {
  const char* member;  // of a snapshot
  const char* path;    // below the issue
  const char* query;
};
constexpr std::array kLists = {
    List{"notes", "/notes", "?activity_filter=only_comments&sort=asc&order_by=created_at&"},
    List{"label_events", "/resource_label_events", "?"},
    List{"state_events", "/resource_state_events", "?"},
    List{"milestone_events", "/resource_milestone_events", "?"},
};

}  // namespace

std::string issue_path(const GitlabSettings& settings, const RemoteKey& key) {
  return project_path(settings) + "/issues/" + codec::percent_encode(key.text());
}

bool is_issue(const Json& json, const RemoteKey& key) {
  return codec::text_or(json, "iid", "") == key.text() &&
         !codec::text_or(json, "state", "").empty();
}

StepOr<SeenIssue> need_bare_issue(Conversation& conversation, const RemoteKey& key) {
  auto reply = conversation.need(issue_path(conversation.settings(), key));
  if (!reply) return tl::unexpected(reply.error());
  if (!is_issue(reply->body, key))
    return ended(
        RetryLater{Phrase("{call} was answered without that issue", {{"call", reply->call}})});
  SeenIssue seen;
  seen.snapshot["issue"] = std::move(reply->body);
  seen.at = reply->at;
  return seen;
}

StepOr<SeenIssue> with_lists(Conversation& conversation, SeenIssue seen) {
  const std::string path =
      issue_path(conversation.settings(), RemoteKey(codec::text_or(seen.issue(), "iid", "")));
  int left = kPagesMost;
  for (const List& list : kLists) {
    auto rows = need_rows(conversation, path + list.path, list.query, left);
    if (!rows) return tl::unexpected(rows.error());
    seen.snapshot[list.member] = *std::move(rows);
  }
  return seen;
}

StepOr<SeenIssue> need_issue(Conversation& conversation, const RemoteKey& key) {
  auto seen = need_bare_issue(conversation, key);
  if (!seen) return seen;
  return with_lists(conversation, *std::move(seen));
}

StepOr<bool> need_project(Conversation& conversation) {
  const auto project = conversation.look(project_path(conversation.settings()));
  if (!project) return tl::unexpected(project.error());
  if (project->status == 200 &&
      codec::text_or(project->body, "id", "") == conversation.settings().project)
    return true;
  return ended(RetryLater{
      Phrase("{call} was answered {code} without the project: are its number and the url of this "
             "system right, and is the bridge's user a member?",
             {{"call", project->call}, {"code", std::to_string(project->status)}}),
      {},
      Scope::system});
}

Step deliver(Conversation& conversation, const RemoteKey& key, const SeenIssue& seen) {
  auto groups = need_groups(conversation, seen.snapshot);
  if (!groups) return groups.error();
  Json snapshot = seen.snapshot;
  snapshot["read_at"] = codec::write_rfc3339(seen.at);
  if (!groups->is_null()) snapshot["groups"] = *std::move(groups);
  return Outcome{Delivered{key, codec::write_json(snapshot)}};
}

}  // namespace saksbro::gitlab
