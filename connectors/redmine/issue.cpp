#include "connectors/redmine/issue.h"

#include <algorithm>

#include "bridge/codec/rfc3339.h"
#include "bridge/codec/url.h"
#include "bridge/contract/nearest.h"
#include "connectors/redmine/people.h"

namespace saksbro::redmine {
namespace {

const Json* custom_field(const Json& issue, std::string_view id) {
  for (const Json& field : codec::at_path(issue, "custom_fields")) {
    if (codec::text_or(field, "id", "") == id) return &field;
  }
  return nullptr;
}

}  // namespace

Names named_things(const Json& list) {
  Names things;
  for (const Json& thing : list) {
    const auto id = codec::text_at(thing, "id");
    const auto name = codec::text_at(thing, "name");
    if (id && name) things.push_back({*id, *name});
  }
  return things;
}

StepOr<std::string> id_of(Conversation& conversation, const std::string& path,
                          const std::string& member, const Sentence& unknown,
                          const std::string& name) {
  const auto things = need_names(conversation, path, member);
  if (!things) return tl::unexpected(things.error());
  if (const Named* thing = find_named(*things, name)) return thing->id;
  std::vector<std::string> names;
  for (const Named& thing : *things) names.push_back(thing.name);
  return ended(Rejected{Phrase(
      unknown,
      {{"name", name}, {"known", names_of(*things)}, {"near", perhaps_meant(name, names)}})});
}

StepOr<std::string> priority_id(Conversation& conversation, const std::string& name) {
  return id_of(conversation, "/enumerations/issue_priorities.json", "issue_priorities",
               Sentence("Redmine has no priority \"{name}\"; it has: {known}{near}"), name);
}

const Named* find_named(const Names& things, std::string_view name) {
  const auto found = std::find_if(things.begin(), things.end(),
                                  [&](const Named& thing) { return thing.name == name; });
  return found == things.end() ? nullptr : &*found;
}

std::string names_of(const Names& things) {
  std::string names;
  for (const Named& thing : things) names += (names.empty() ? "" : ", ") + thing.name;
  return names;
}

StepOr<Names> need_names(Conversation& conversation, const std::string& path,
                         const std::string& member) {
  const auto reply = conversation.look(path);
  if (!reply) return tl::unexpected(reply.error());
  Names names = named_things(codec::at_path(reply->body, member));
  if (reply->status == 200 && !names.empty()) return names;
  // Every Redmine has these: what answers at this address is none, or not ready.
  return ended(RetryLater{Phrase("{call} was answered {code} without a list: is the url of this "
                                 "system right?",
                                 {{"call", reply->call}, {"code", std::to_string(reply->status)}}),
                          {},
                          Scope::system});
}

StepOr<Names> need_statuses(Conversation& conversation) {
  auto statuses = need_names(conversation, "/issue_statuses.json", "issue_statuses");
  if (statuses) *statuses = as_configured(conversation.settings(), std::move(*statuses));
  return statuses;
}

Names as_configured(const RedmineSettings& settings, Names statuses) {
  for (Named& status : statuses) {
    const auto name = settings.status_names.find(status.id);
    if (name != settings.status_names.end()) status.name = name->second;
  }
  return statuses;
}

std::string status_of(const RedmineSettings& settings, const Json& issue) {
  const auto name = settings.status_names.find(codec::text_or(issue, "status.id", ""));
  return name == settings.status_names.end() ? codec::text_or(issue, "status.name", "")
                                             : name->second;
}

bool is_of_another_tracker(const RedmineSettings& settings, const Json& issue) {
  const std::string tracker = codec::text_or(codec::at_path(issue, "tracker"), "name", "");
  return !tracker.empty() && tracker != settings.tracker;
}

std::string issue_path(const RemoteKey& key) {
  return "/issues/" + codec::percent_encode(key.text()) + ".json";
}

StepOr<SeenIssue> need_issue(Conversation& conversation, const RemoteKey& key,
                             const std::string& include) {
  auto reply = conversation.need(issue_path(key) + "?include=" + include);
  if (!reply) return tl::unexpected(reply.error());
  if (codec::text_or(reply->body, "issue.id", "") == key.text())
    return SeenIssue{std::move(reply->body["issue"]), reply->at};
  return ended(
      RetryLater{Phrase("{call} was answered without that issue", {{"call", reply->call}})});
}

Step deliver(Conversation& conversation, const RemoteKey& key, const SeenIssue& seen,
             const Names& statuses) {
  const auto roles = need_roles(conversation, seen.issue);
  if (!roles) return roles.error();
  Json list = Json::array();
  for (const Named& status : statuses) list.push_back({{"id", status.id}, {"name", status.name}});
  Json rest = {{"statuses", std::move(list)}, {"read_at", codec::write_rfc3339(seen.at)}};
  if (!roles->is_null()) rest["roles"] = *roles;
  // An issue may have 8 MB, and several times that as a tree: it is not copied into another one.
  std::string snapshot = R"({"issue":)" + codec::write_json(seen.issue) + ",";
  snapshot += std::string_view(codec::write_json(rest)).substr(1);
  return Outcome{Delivered{key, std::move(snapshot)}};
}

Step deliver(Conversation& conversation, const RemoteKey& key, const SeenIssue& seen) {
  const auto statuses = need_statuses(conversation);
  if (!statuses) return statuses.error();
  return deliver(conversation, key, seen, *statuses);
}

std::string value_of(const Json& custom_field) {
  const Json& value = codec::at_path(custom_field, "value");
  if (!value.is_array()) return codec::text_or(custom_field, "value", "");
  std::string all;
  for (const Json& one : value) {
    if (one.is_string()) all += (all.empty() ? "" : ", ") + one.get<std::string>();
  }
  return all;
}

std::optional<std::string> custom_value(const Json& issue, std::string_view id) {
  const Json* field = custom_field(issue, id);
  if (field == nullptr) return std::nullopt;
  return value_of(*field);
}

bool takes_several(const Json& issue, std::string_view id) {
  const Json* field = custom_field(issue, id);
  return field != nullptr && codec::flag_at(*field, "multiple");
}

}  // namespace saksbro::redmine
