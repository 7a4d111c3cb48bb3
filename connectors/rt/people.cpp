#include "connectors/rt/people.h"

#include <map>
#include <set>

#include "bridge/codec/url.h"

// RT shows a user's groups only to those who administer groups; a group and its members, to whoever
// may see that group. So it is asked the other way round.
namespace saksbro::rt {
namespace {

std::set<std::string> people_of(const Json& ticket, const Json& transactions) {
  std::set<std::string> logins = {codec::text_or(ticket, "Creator.id", "")};
  for (const Json& transaction : transactions) {
    logins.insert(codec::text_or(transaction, "Creator.id", ""));
  }
  return logins;
}

// Without the groups nobody would have a role: so nothing goes on until they are told.
tl::unexpected<Step> not_shown(const std::string& name, const std::string& call) {
  return ended(RetryLater{
      Phrase("{call}: RT does not show the group \"{group}\" (people.groups) to the bridge's user: "
             "is there such a group, and has that user the right SeeGroup on it?",
             {{"call", call}, {"group", name}}),
      {},
      Scope::system});
}

// The ids of the configured groups, by name.
StepOr<std::map<std::string, std::string>> need_ids(Conversation& conversation) {
  const auto& wanted = conversation.settings().groups;
  const Json query = {{{"field", "Domain"}, {"value", "UserDefined"}},
                      {{"field", "Name"}, {"operator", "IN"}, {"value", wanted}}};
  const auto reply =
      conversation.need("/groups?query=" + codec::percent_encode(codec::write_json(query)) +
                        "&fields=Name&per_page=100");
  if (!reply) return tl::unexpected(reply.error());
  std::map<std::string, std::string> ids;
  for (const Json& group : codec::at_path(reply->body, "items")) {
    ids[codec::text_or(group, "Name", "")] = codec::text_or(group, "id", "");
  }
  for (const std::string& name : wanted) {
    if (!ids.contains(name)) return not_shown(name, reply->call);
  }
  return ids;
}

StepOr<Json> need_members(Conversation& conversation, const std::string& name,
                          const std::string& id) {
  auto reply =
      conversation.look("/group/" + codec::percent_encode(id), Conversation::Forbidden::is_told);
  if (!reply) return tl::unexpected(reply.error());
  const Json& members = codec::at_path(reply->body, "Members");
  if (reply->status != 200 || !members.is_array()) return not_shown(name, reply->call);
  return members;
}

}  // namespace

StepOr<Json> need_groups(Conversation& conversation, const Json& ticket, const Json& transactions) {
  if (conversation.settings().groups.empty()) return Json();
  const auto ids = need_ids(conversation);
  if (!ids) return tl::unexpected(ids.error());
  const auto people = people_of(ticket, transactions);
  Json groups = Json::object();
  for (const std::string& name : conversation.settings().groups) {
    const auto members = need_members(conversation, name, ids->at(name));
    if (!members) return tl::unexpected(members.error());
    for (const Json& member : *members) {
      const std::string login = codec::text_or(member, "id", "");
      if (codec::text_or(member, "type", "") != "user" || !people.contains(login)) continue;
      groups[login].push_back(name);
    }
  }
  return groups;
}

}  // namespace saksbro::rt
