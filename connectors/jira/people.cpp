#include "connectors/jira/people.h"

#include <algorithm>
#include <map>
#include <set>

#include "bridge/codec/url.h"
#include "connectors/jira/issue.h"

namespace saksbro::jira {
namespace {

constexpr std::size_t kPeopleMost = 20;  // a call each: those who wrote last

using GroupsOf = std::map<std::string, std::set<std::string>>;

void add_person(const Json& person, std::vector<std::string>& people) {
  const std::string id = person_id(person);
  if (id.empty() || id == "unknown" || people.size() == kPeopleMost) return;
  if (std::find(people.begin(), people.end(), id) == people.end()) people.push_back(id);
}

std::vector<std::string> people_of(const Json& snapshot) {
  const Json& fields = codec::at_path(codec::at_path(snapshot, "issue"), "fields");
  std::vector<std::string> people;
  add_person(codec::at_path(fields, "creator"), people);
  add_person(codec::at_path(fields, "reporter"), people);
  for (const char* list : {"comments", "histories"}) {
    const Json& entries = codec::at_path(snapshot, list);
    if (!entries.is_array()) continue;
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
      add_person(codec::at_path(*entry, "author"), people);
  }
  return people;
}

tl::unexpected<Step> without(const Reply& reply, const Sentence& what) {
  return ended(
      RetryLater{Phrase(what, {{"call", reply.call}, {"code", std::to_string(reply.status)}}),
                 {},
                 Scope::system});
}

// Without its groups nobody would have a role: so nothing goes on until they are told. An account
// that is gone (404, or 400 of Cloud) has none.
StepOr<std::set<std::string>> groups_of(Conversation& conversation, const std::string& person) {
  const bool cloud = conversation.settings().edition == Edition::cloud;
  const auto reply = conversation.look(
      cloud ? "/user/groups?accountId=" + codec::percent_encode(person)
            : "/user?username=" + codec::percent_encode(person) + "&expand=groups",
      Conversation::Forbidden::is_told);
  if (!reply) return tl::unexpected(reply.error());
  std::set<std::string> names;
  if (reply->status == 404 || reply->status == 400) return names;
  const Json& list = cloud ? reply->body : codec::at_path(reply->body, "groups.items");
  if (reply->status != 200 || !list.is_array())
    return without(*reply, Sentence("{call} was answered {code} without groups (people): may the "
                                    "bridge's user \"Browse users and groups\"?"));
  for (const Json& group : list) names.insert(codec::text_or(group, "name", ""));
  return names;
}

// The id of each role that is asked for, from {"Developers": "https://.../role/10003"}.
StepOr<std::map<std::string, std::string>> role_ids(Conversation& conversation,
                                                    const std::string& path) {
  const auto reply = conversation.look(path, Conversation::Forbidden::is_told);
  if (!reply) return tl::unexpected(reply.error());
  std::map<std::string, std::string> ids;
  for (const std::string& role : conversation.settings().project_roles) {
    std::string url;
    if (reply->body.is_object() && reply->body.contains(role) && reply->body[role].is_string())
      url = reply->body[role].get<std::string>();
    if (reply->status != 200 || url.empty())
      return without(*reply, Sentence("{call} was answered {code} without the roles of "
                                      "people.project_roles: are they roles of that project?"));
    ids[role] = url.substr(url.rfind('/') + 1);
  }
  return ids;
}

StepOr<bool> add_roles(Conversation& conversation, const Json& snapshot, const GroupsOf& groups,
                       Json& told) {
  const Json& fields = codec::at_path(codec::at_path(snapshot, "issue"), "fields");
  const std::string path =
      "/project/" +
      codec::percent_encode(codec::text_or(codec::at_path(fields, "project"), "id",
                                           conversation.settings().project)) +
      "/role";
  const auto ids = role_ids(conversation, path);
  if (!ids) return tl::unexpected(ids.error());
  for (const auto& [role, id] : *ids) {
    const auto reply =
        conversation.look(path + "/" + codec::percent_encode(id), Conversation::Forbidden::is_told);
    if (!reply) return tl::unexpected(reply.error());
    const Json& actors = codec::at_path(reply->body, "actors");
    if (reply->status != 200 || !actors.is_array())
      return without(*reply, Sentence("{call} was answered {code} without the members of a role "
                                      "(people.project_roles): may the bridge's user \"Administer "
                                      "projects\" there? Jira shows them to nobody else"));
    for (const auto& [person, its_groups] : groups) {
      const bool has = std::any_of(actors.begin(), actors.end(), [&](const Json& actor) {
        if (codec::text_or(actor, "type", "") == "atlassian-group-role-actor")
          return its_groups.contains(codec::text_or(codec::at_path(actor, "actorGroup"), "name",
                                                    codec::text_or(actor, "name", "")));
        const Json& user = codec::at_path(actor, "actorUser");
        return (user.is_object() ? person_id(user) : person_id(actor)) == person;
      });
      if (has) told[person].push_back(role);
    }
  }
  return true;
}

}  // namespace

StepOr<Json> need_groups(Conversation& conversation, const Json& snapshot) {
  const JiraSettings& settings = conversation.settings();
  if (settings.groups.empty() && settings.project_roles.empty()) return Json();
  GroupsOf groups;
  Json told = Json::object();
  for (const std::string& person : people_of(snapshot)) {
    auto its = groups_of(conversation, person);
    if (!its) return tl::unexpected(its.error());
    for (const std::string& name : settings.groups) {
      if (its->contains(name)) told[person].push_back(name);
    }
    groups[person] = *std::move(its);
  }
  if (!settings.project_roles.empty()) {
    if (const auto added = add_roles(conversation, snapshot, groups, told); !added)
      return tl::unexpected(added.error());
  }
  return told;
}

}  // namespace saksbro::jira
