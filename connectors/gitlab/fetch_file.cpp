#include "connectors/tracker/fetch_file.h"

#include "connectors/gitlab/files.h"
#include "connectors/gitlab/verbs.h"

namespace saksbro::gitlab {

Step fetch_file(Conversation& conversation, const FetchFile& action) {
  if (!action.place.starts_with(uploads_path(conversation.settings())))
    return tracker::file_is_gone(action);  // the system is another project now
  return tracker::fetch_file(conversation, action,
                             {.path = action.place, .others_answer = [&]() -> std::optional<Step> {
                                const auto project = need_project(conversation);
                                return project ? std::nullopt : std::optional(project.error());
                              }});
}

}  // namespace saksbro::gitlab
