// What a webhook of GitLab tells: that an issue changed. Nothing else in it is believed, since a
// body does not always say whether a note is internal; the issue is read.
#pragma once

#include <string>
#include <vector>

#include "bridge/codec/json.h"
#include "bridge/contract/delivery.h"
#include "connectors/gitlab/gitlab_system.h"

namespace saksbro::gitlab {

// Empty for what is no issue of the project. `where` begins the error.
[[nodiscard]] Result<std::vector<Observation>> hints_of(const GitlabSettings& settings,
                                                        const codec::Json& body,
                                                        const std::string& where);

// `type` as the API or a webhook says it ("incident", "Incident"); empty: not told.
[[nodiscard]] bool is_of_another_type(const GitlabSettings& settings, std::string type);

}  // namespace saksbro::gitlab
