#include "connectors/redmine/people.h"

#include <set>

namespace saksbro::redmine {
namespace {

constexpr std::size_t kPageSize = 100;  // Redmine gives no more, whatever is asked for

std::set<std::string> people_of(const Json& issue) {
  std::set<std::string> ids = {codec::text_or(issue, "author.id", "")};
  for (const Json& journal : codec::at_path(issue, "journals")) {
    ids.insert(codec::text_or(journal, "user.id", ""));
  }
  return ids;
}

// Without the roles nobody would be 2nd line: so nothing goes on until they are told.
Told<Json> need_page(Talk& talk, const std::string& path) {
  auto reply = talk.look(path, Talk::Forbidden::is_told);
  if (!reply) return tl::unexpected(reply.error());
  if (reply->status == 200 && codec::at_path(reply->body, "memberships").is_array()) {
    return std::move(reply->body);
  }
  return ended(RetryLater{reply->call + " was answered " + std::to_string(reply->status) +
                              " without a list of members (people: project_roles): is the bridge's "
                              "user a member of that project?",
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

}  // namespace

Told<Json> need_roles(Talk& talk, const Json& issue) {
  if (!talk.settings().project_roles) return Json();
  const auto people = people_of(issue);
  const std::string path = "/projects/" + codec::text_or(issue, "project.id", "") +
                           "/memberships.json?limit=" + std::to_string(kPageSize) + "&offset=";
  Json roles = Json::object();
  for (std::size_t seen = 0;;) {
    const auto page = need_page(talk, path + std::to_string(seen));
    if (!page) return tl::unexpected(page.error());
    const Json& memberships = codec::at_path(*page, "memberships");
    add_roles(memberships, people, roles);
    seen += memberships.size();
    const auto total = codec::integer_at(*page, "total_count").value_or(0);
    if (memberships.empty() || static_cast<std::int64_t>(seen) >= total) return roles;
  }
}

}  // namespace saksbro::redmine
