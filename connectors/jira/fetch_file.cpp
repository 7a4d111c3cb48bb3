#include "connectors/tracker/fetch_file.h"

#include "bridge/codec/url.h"
#include "connectors/jira/issue.h"
#include "connectors/jira/verbs.h"

namespace saksbro::jira {

// Cloud would send us on to another host, which may not see our token: it is asked not to.
Step fetch_file(Conversation& conversation, const FetchFile& action) {
  const JiraSettings& settings = conversation.settings();
  tracker::FileSource source;
  source.exact = true;
  if (settings.edition == Edition::cloud) {
    source.path = "/attachment/content/" + codec::percent_encode(action.id) + "?redirect=false";
  } else {
    source.root = settings.api_url;
    source.path = action.place;
  }
  source.others_answer = [&]() -> std::optional<Step> {
    const auto project = need_project(conversation);
    return project ? std::nullopt : std::optional(project.error());
  };
  return tracker::fetch_file(conversation, action, source);
}

}  // namespace saksbro::jira
