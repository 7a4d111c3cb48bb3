// What a webhook of Jira tells: that an issue changed. Nothing else in it is believed: its texts
// are wiki markup on both editions, and it does not say who may read a comment; the issue is read.
#pragma once

#include <string>
#include <vector>

#include "connectors/jira/conversation.h"

namespace saksbro::jira {

// Empty for what is about no issue (a project, a sprint, a user). `where` begins the error.
[[nodiscard]] Result<std::vector<Observation>> hints_of(const JiraSettings& settings,
                                                        const Json& body, const std::string& where);

}  // namespace saksbro::jira
