// What a webhook of Redmine tells: that an issue changed. Nothing else in it is believed, since its
// notes do not say whether they are private; the issue is read.
#pragma once

#include <string>
#include <vector>

#include "bridge/codec/json.h"
#include "bridge/contract/delivery.h"
#include "connectors/redmine/redmine_system.h"

namespace saksbro::redmine {

// Of Redmine 7, or of the plug-in redmine_webhook. Empty for what is no issue (a wiki page, a
// version). `where` begins the error.
[[nodiscard]] Result<std::vector<Observation>> hints_of(const RedmineSettings& settings,
                                                        const codec::Json& body,
                                                        const std::string& where);

}  // namespace saksbro::redmine
