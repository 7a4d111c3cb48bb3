// Looking for issues: by JQL, and past its index.
#pragma once

#include <string>
#include <vector>

#include "connectors/jira/conversation.h"

namespace saksbro::jira {

// "/search/jql?jql=..." of Cloud, "/search?jql=..." of Data Center.
[[nodiscard]] std::string search_path(const JiraSettings& settings, const std::string& jql,
                                      const std::string& fields, std::size_t most);

// The issues that surely carry the marker. Ends otherwise where it cannot be proven that none does.
[[nodiscard]] StepOr<std::vector<RemoteKey>> find_marked(Conversation& conversation,
                                                         const std::string& marker);

}  // namespace saksbro::jira
