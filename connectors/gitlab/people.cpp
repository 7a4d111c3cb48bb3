#include "connectors/gitlab/people.h"

#include <set>

#include "bridge/codec/url.h"

namespace saksbro::gitlab {
namespace {

constexpr int kMemberPagesMost = 20;

std::set<std::string> people_of(const Json& snapshot) {
  std::set<std::string> ids = {codec::text_or(snapshot, "issue.author.id", "")};
  for (const Json& note : codec::at_path(snapshot, "notes"))
    ids.insert(codec::text_or(note, "author.id", ""));
  for (const char* events : {"label_events", "state_events", "milestone_events"}) {
    for (const Json& event : codec::at_path(snapshot, events))
      ids.insert(codec::text_or(event, "user.id", ""));
  }
  return ids;
}

std::string level_name(std::int64_t level) {
  if (level >= 50) return "owner";
  if (level >= 40) return "maintainer";
  if (level >= 30) return "developer";
  if (level >= 20) return "reporter";
  if (level >= 15) return "planner";
  if (level >= 10) return "guest";
  return "minimal";
}

// Without the groups nobody would have a role: so nothing goes on until they are told.
StepOr<Json> need_members(Conversation& conversation, const std::string& path, int& left) {
  auto members = need_rows(conversation, path + "/members/all", "?", left);
  if (members) return members;
  const auto* outcome = std::get_if<Outcome>(&members.error());
  const auto* refused = outcome == nullptr ? nullptr : std::get_if<Rejected>(outcome);
  if (refused == nullptr) return members;
  return ended(RetryLater{
      Phrase("{why}. That is asked for because of \"people\": is the bridge's user a member there?",
             {{"why", refused->why}}),
      {},
      Scope::system});
}

}  // namespace

StepOr<Json> need_groups(Conversation& conversation, const Json& snapshot) {
  const GitlabSettings& settings = conversation.settings();
  if (!settings.access_levels && settings.groups.empty()) return Json();
  const auto people = people_of(snapshot);
  Json groups = Json::object();
  int left = kMemberPagesMost;
  const auto add = [&](const Json& members, const auto& name_of) {
    for (const Json& member : members) {
      const std::string id = codec::text_or(member, "id", "");
      if (people.contains(id) && codec::text_or(member, "membership_state", "active") == "active")
        groups[id].push_back(name_of(member));
    }
  };
  if (settings.access_levels) {
    const auto members = need_members(conversation, project_path(settings), left);
    if (!members) return members;
    add(*members, [](const Json& member) {
      return level_name(codec::integer_at(member, "access_level").value_or(0));
    });
  }
  for (const std::string& name : settings.groups) {
    const auto members = need_members(conversation, "/groups/" + codec::percent_encode(name), left);
    if (!members) return members;
    add(*members, [&](const Json&) { return name; });
  }
  return groups;
}

}  // namespace saksbro::gitlab
