#include "connectors/redmine/moves.h"

#include <algorithm>

#include "bridge/contract/nearest.h"

namespace saksbro::redmine {

Phrase not_known(const std::string& name, const Names& statuses) {
  std::vector<std::string> names;
  for (const Named& status : statuses) names.push_back(status.name);
  const auto near = nearest(name, names);
  if (near)
    return {"Redmine has no status \"{word}\"; it has: {known}; did you mean \"{near}\"?",
            {{"word", name}, {"known", names_of(statuses)}, {"near", *near}}};
  return {"Redmine has no status \"{word}\"; it has: {known}",
          {{"word", name}, {"known", names_of(statuses)}}};
}

Phrase not_allowed(const std::string& from, const std::string& to, const Names& allowed) {
  if (allowed.empty())
    return {"Redmine does not allow \"{from}\" -> \"{to}\" for this user; allowed now: nothing",
            {{"from", from}, {"to", to}}};
  return {"Redmine does not allow \"{from}\" -> \"{to}\" for this user; allowed now: {allowed}",
          {{"from", from}, {"to", to}, {"allowed", names_of(allowed)}}};
}

namespace {

// The first status of `via` behind the present one that may be set now.
const Named* way_through(const SetStatus& action, const std::string& now, const Names& allowed) {
  const auto present = std::find(action.via.begin(), action.via.end(), now);
  const auto first = present == action.via.end() ? action.via.begin() : present + 1;
  for (auto name = first; name != action.via.end(); ++name) {
    const Named* status = find_named(allowed, *name);
    if (status != nullptr && *name != now) return status;
  }
  return nullptr;
}

}  // namespace

const Named* next_move(const RedmineSettings& settings, const SetStatus& action, const Json& issue,
                       const Names& statuses, const Names& allowed) {
  if (!codec::at_path(issue, "allowed_statuses").is_array())
    return find_named(statuses, action.status);
  if (const Named* there = find_named(allowed, action.status)) return there;
  return way_through(action, status_of(settings, issue), allowed);
}

}  // namespace saksbro::redmine
