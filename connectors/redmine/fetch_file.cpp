#include "connectors/tracker/fetch_file.h"

#include "bridge/codec/url.h"
#include "connectors/redmine/issue.h"
#include "connectors/redmine/verbs.h"

namespace saksbro::redmine {

// Without its name, which Redmine would compare with the one that it has.
Step fetch_file(Conversation& conversation, const FetchFile& action) {
  return tracker::fetch_file(conversation, action,
                             {.path = "/attachments/download/" + codec::percent_encode(action.id),
                              .exact = true,
                              .others_answer = [&]() -> std::optional<Step> {
                                const auto statuses = need_statuses(conversation);
                                return statuses ? std::nullopt : std::optional(statuses.error());
                              }});
}

}  // namespace saksbro::redmine
