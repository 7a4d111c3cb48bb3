// Files of an issue. To GitLab they are uploads of the project; an issue has those that its texts
// name: "[log.txt](/uploads/SECRET/log.txt)".
#pragma once

#include <string>
#include <vector>

#include "connectors/gitlab/issue.h"

namespace saksbro::gitlab {

// Each is of the text that names it first, and for everybody if one of them is. Their sizes are not
// told.
[[nodiscard]] std::vector<Attachment> files_of(const GitlabSettings& settings,
                                               const Json& snapshot);

// Sends the bytes, one call a file. Brings the lines that name them in a text; an upload that no
// text names is in nobody's way.
[[nodiscard]] StepOr<std::string> upload(Conversation& conversation,
                                         const std::vector<OutgoingFile>& files);

// "/projects/7/uploads/": of what may be fetched.
[[nodiscard]] std::string uploads_path(const GitlabSettings& settings);

}  // namespace saksbro::gitlab
