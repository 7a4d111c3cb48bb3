#include "bridge/codec/rfc3339.h"
#include "connectors/gitlab/history.h"
#include "connectors/gitlab/texts.h"
#include "connectors/gitlab/verbs.h"
#include "connectors/gitlab/wanted.h"
#include "connectors/tracker/create_once.h"

namespace saksbro::gitlab {
namespace {

// A create that is older is found by the search alone. Deliveries and commands are kept so long.
constexpr std::chrono::hours kOldest{35 * 24};
constexpr int kListPagesMost = 50;

void add_marked(const Json& issues, const std::string& marker, std::vector<RemoteKey>& keys) {
  for (const Json& issue : issues) {
    if (marker_in(codec::text_or(issue, "description", "")) == marker)
      keys.emplace_back(codec::text_or(issue, "iid", ""));
  }
}

Outcome cannot_be_looked_up(Phrase why) {
  return Rejected{
      Phrase("an earlier attempt may have opened an issue, and Saksbro cannot tell: "
             "{why}. Look for it; then open it by hand, or order the command again",
             {{"why", std::move(why)}})};
}

// By the word of the marker. That finds it in most cases with one call; that it finds nothing
// proves nothing, for the search is one of words, and an administrator can switch it off.
StepOr<std::vector<RemoteKey>> search(Conversation& conversation, const std::string& marker) {
  const auto reply = conversation.look(project_path(conversation.settings()) +
                                       "/issues?search=" + marker_word(marker) +
                                       "&in=description&scope=all&per_page=100");
  if (!reply) return tl::unexpected(reply.error());
  if (reply->status != 200) return ended(refusal(*reply));
  if (!reply->body.is_array())
    return ended(RetryLater{
        Phrase("{call} was answered by something that is not a list", {{"call", reply->call}})});
  std::vector<RemoteKey> keys;
  add_marked(reply->body, marker, keys);
  return keys;
}

// Our own issues, the newest first, to the first one that is older than any create that is tried
// still. A filter that was ignored would only make the list longer; an order that was ignored
// shows.
StepOr<std::vector<RemoteKey>> list_own(Conversation& conversation, const std::string& marker) {
  std::vector<RemoteKey> keys;
  Instant last = Instant::max();
  for (int page = 1; page <= kListPagesMost; ++page) {
    const auto reply =
        conversation.look(project_path(conversation.settings()) +
                          "/issues?scope=created_by_me&order_by=created_at&sort=desc&per_page=100" +
                          "&page=" + std::to_string(page));
    if (!reply) return tl::unexpected(reply.error());
    if (reply->status != 200) return ended(refusal(*reply));
    if (!reply->body.is_array())
      return ended(RetryLater{
          Phrase("{call} was answered by something that is not a list", {{"call", reply->call}})});
    add_marked(reply->body, marker, keys);
    for (const Json& issue : reply->body) {
      const Instant created = instant_at(issue, "created_at");
      if (created > last)
        return ended(cannot_be_looked_up(Phrase("its list of issues is not in order", {})));
      last = created;
    }
    if (!has_next(reply->headers, reply->body) || last < reply->at - kOldest) return keys;
  }
  return ended(cannot_be_looked_up(Phrase("its list of issues is too long", {})));
}

StepOr<std::vector<RemoteKey>> find_marked(Conversation& conversation, const std::string& marker) {
  auto found = search(conversation, marker);
  if (!found || !found->empty()) return found;
  return list_own(conversation, marker);
}

Step adopt(Conversation& conversation, const RemoteKey& key) {
  const auto seen = need_issue(conversation, key);
  return seen ? deliver(conversation, key, *seen) : seen.error();
}

StepOr<RemoteKey> post(Conversation& conversation, const CreateTicket& action) {
  const GitlabSettings& settings = conversation.settings();
  auto issue = members_of(conversation, action.fields);
  if (!issue) return tl::unexpected(issue.error());
  (*issue)["title"] = title_written(action.title);
  (*issue)["description"] = marked(written(action.text, ""), action.marker);
  if (settings.issue_types.front() != "issue")
    (*issue)["issue_type"] = settings.issue_types.front();
  const auto created = conversation.write("POST", project_path(settings) + "/issues", *issue);
  if (!created) return tl::unexpected(created.error());
  if (!is_success(*created)) return ended(refusal(*created));
  RemoteKey key(codec::text_or(created->body, "iid", ""));
  if (!key.empty()) return key;
  return ended(RetryLater{
      Phrase("{call} was answered without the new issue's number", {{"call", created->call}})});
}

Step verify(Conversation& conversation, const CreateTicket& action, const RemoteKey& key) {
  const auto seen = need_issue(conversation, key);
  if (!seen) return seen.error();
  if (marker_in(codec::text_or(seen->issue(), "description", "")) != action.marker)
    return Outcome{Rejected{
        Phrase("GitLab opened #{ticket} without the marker at the end of its description: does a "
               "template or a rule change it? Delete #{ticket}, as nothing would find it again",
               {{"ticket", key}})}};
  const auto wrong = differing(conversation.settings(), action.fields, seen->issue());
  if (wrong.empty()) return deliver(conversation, key, *seen);
  return Outcome{Rejected{
      Phrase("GitLab opened #{ticket}, but did not store {fields}: may the bridge's user set it in "
             "this project, and is there such a value? The next attempt takes #{ticket} as it is",
             {{"ticket", key}, {"fields", quoted_list(wrong)}})}};
}

}  // namespace

Step create_ticket(Conversation& conversation, const CreateTicket& action, int attempt) {
  if (auto why = cannot_be(conversation.settings(), {"", action.fields}))
    return Outcome{Rejected{*why}};
  return tracker::create_once(
      {.find = [&] { return find_marked(conversation, action.marker); },
       .adopt = [&](const RemoteKey& key) { return adopt(conversation, key); },
       .post = [&] { return post(conversation, action); },
       .verify = [&](const RemoteKey& key) { return verify(conversation, action, key); },
       .several =
           Sentence("several issues carry the marker {marker}: {tickets}; take it out of the "
                    "description of all but one")},
      action, attempt);
}

}  // namespace saksbro::gitlab
