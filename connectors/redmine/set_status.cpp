#include <algorithm>

#include "bridge/contract/nearest.h"
#include "connectors/redmine/issue.h"
#include "connectors/redmine/verbs.h"

namespace saksbro::redmine {
namespace {

constexpr int kMovesMost = 3;

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

// Asking first is the only way to hear a no: Redmine answers 204 to a forbidden move, and does
// nothing. A Redmine that does not tell what is allowed is tried, and read back.
const Named* next_move(const SetStatus& action, const std::string& now, const Json& issue,
                       const Names& statuses, const Names& allowed) {
  if (!codec::at_path(issue, "allowed_statuses").is_array()) {
    return find_named(statuses, action.status);
  }
  if (const Named* there = find_named(allowed, action.status)) return there;
  return way_through(action, now, allowed);
}

StepOr<SeenIssue> look(Conversation& conversation, const SetStatus& action) {
  return need_issue(conversation, action.ticket, "journals,allowed_statuses");
}

// Puts the one status and looks again.
StepOr<SeenIssue> move(Conversation& conversation, const SetStatus& action, const Json& before,
                       const Named& to) {
  const auto put =
      conversation.write("PUT", issue_path(action.ticket), {{"issue", {{"status_id", to.id}}}});
  if (!put) return tl::unexpected(put.error());
  if (!is_success(*put)) return ended(refusal(*put));
  auto after = look(conversation, action);
  const std::string was = status_of(conversation.settings(), before);
  if (after && status_of(conversation.settings(), after->issue) == was) {
    return ended(Rejected{
        Phrase("Redmine answered {code} to the move to \"{to}\", but left the status at \"{from}\"",
               {{"code", std::to_string(put->status)}, {"to", to.name}, {"from", was}})});
  }
  return after;
}

}  // namespace

Step set_status(Conversation& conversation, const SetStatus& action) {
  auto seen = look(conversation, action);
  if (!seen) return seen.error();
  const auto statuses = need_statuses(conversation);
  if (!statuses) return statuses.error();
  if (find_named(*statuses, action.status) == nullptr) {
    return Outcome{Rejected{not_known(action.status, *statuses)}};
  }
  const RedmineSettings& settings = conversation.settings();
  for (int moves = 0;; ++moves) {
    const std::string now = status_of(settings, seen->issue);
    if (now == action.status) break;
    const Names allowed =
        as_configured(settings, named_things(codec::at_path(seen->issue, "allowed_statuses")));
    const Named* to = next_move(action, now, seen->issue, *statuses, allowed);
    if (to == nullptr || moves == kMovesMost) {
      return Outcome{Rejected{not_allowed(now, action.status, allowed)}};
    }
    seen = move(conversation, action, seen->issue, *to);
    if (!seen) return seen.error();
  }
  return deliver(conversation, action.ticket, *seen, *statuses);
}

}  // namespace saksbro::redmine
