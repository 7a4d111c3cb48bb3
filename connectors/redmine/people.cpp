#include "connectors/redmine/people.h"

#include <set>

namespace saksbro::redmine {
namespace {

constexpr std::size_t kPeoplePageSize = 100;  // Redmine gives no more, whatever is asked for

std::set<std::string> people_of(const Json& issue) {
  std::set<std::string> ids = {codec::text_or(issue, "author.id", "")};
  for (const Json& journal : codec::at_path(issue, "journals")) {
    ids.insert(codec::text_or(journal, "user.id", ""));
  }
  return ids;
}

// Without the roles nobody would be 2nd line: so nothing goes on until they are told.
StepOr<Json> need_page(Conversation& conversation, const std::string& path) {
  auto reply = conversation.look(path, Conversation::Forbidden::is_told);
  if (!reply) return tl::unexpected(reply.error());
  if (reply->status == 200 && codec::at_path(reply->body, "memberships").is_array()) {
    return std::move(reply->body);
  }
  return ended(RetryLater{Phrase("{call} was answered {code} without a list of members (people: "
                                 "project_roles): is the bridge's user a member of that project?",
                                 {{"call", reply->call}, {"code", std::to_string(reply->status)}}),
                          {},
                          Scope::system});
}

// A member that is a group has no "user"; its people stand beside it, with its roles as inherited.
void add_roles(const Json& memberships, const std::set<std::string>& people, Json& roles) {
  for (const Json& membership : memberships) {
    const auto user = codec::text_at(membership, "user.id");
    if (!user || !people.contains(*user)) continue;
    for (const Json& role : codec::at_path(membership, "roles")) {
      if (auto name = codec::text_at(role, "name")) roles[*user].push_back(*name);
    }
  }
}

StepOr<bool> add_project_roles(Conversation& conversation, const Json& issue,
                               const std::set<std::string>& people, Json& roles) {
  const std::string path = "/projects/" + codec::text_or(issue, "project.id", "") +
                           "/memberships.json?limit=" + std::to_string(kPeoplePageSize) +
                           "&offset=";
  for (std::size_t seen = 0;;) {
    const auto page = need_page(conversation, path + std::to_string(seen));
    if (!page) return tl::unexpected(page.error());
    const Json& memberships = codec::at_path(*page, "memberships");
    add_roles(memberships, people, roles);
    seen += memberships.size();
    const auto total = codec::integer_at(*page, "total_count").value_or(0);
    if (memberships.empty() || static_cast<std::int64_t>(seen) >= total) return true;
  }
}

// An array at `path`, or nothing goes on: without the groups nobody would have a role.
StepOr<Json> need_list(Conversation& conversation, const std::string& call,
                       const std::string& path) {
  auto reply = conversation.look_at_groups(call);
  if (!reply) return tl::unexpected(reply.error());
  const Json& list = codec::at_path(reply->body, path);
  if (reply->status == 200 && list.is_array()) return Json(list);
  return ended(RetryLater{
      Phrase(
          "{call} was answered {code} without groups (people.groups): is the key in people.key an "
          "administrator's? Redmine shows groups to nobody else",
          {{"call", reply->call}, {"code", std::to_string(reply->status)}}),
      {},
      Scope::system});
}

StepOr<bool> add_groups(Conversation& conversation, const std::set<std::string>& people,
                        Json& roles) {
  const auto list = need_list(conversation, "/groups.json", "groups");
  if (!list) return tl::unexpected(list.error());
  const Names known = named_things(*list);
  for (const std::string& name : conversation.settings().groups) {
    const Named* group = find_named(known, name);
    if (group == nullptr)
      return ended(
          RetryLater{Phrase("Redmine has no group \"{name}\" (people.groups)", {{"name", name}}),
                     {},
                     Scope::system});
    const auto users =
        need_list(conversation, "/groups/" + group->id + ".json?include=users", "group.users");
    if (!users) return tl::unexpected(users.error());
    for (const Json& user : *users) {
      const std::string id = codec::text_or(user, "id", "");
      if (people.contains(id)) roles[id].push_back(name);
    }
  }
  return true;
}

}  // namespace

StepOr<Json> need_roles(Conversation& conversation, const Json& issue) {
  const RedmineSettings& settings = conversation.settings();
  if (!settings.project_roles && settings.groups.empty()) return Json();
  const auto people = people_of(issue);
  Json roles = Json::object();
  if (settings.project_roles) {
    const auto added = add_project_roles(conversation, issue, people, roles);
    if (!added) return tl::unexpected(added.error());
  }
  if (!settings.groups.empty()) {
    const auto added = add_groups(conversation, people, roles);
    if (!added) return tl::unexpected(added.error());
  }
  return roles;
}

}  // namespace saksbro::redmine
