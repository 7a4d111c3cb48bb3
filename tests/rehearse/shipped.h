// The shipped configuration, with its scenarios.
#pragma once

#include "bridge/load/configuration.h"

namespace saksbro::rehearse {

[[nodiscard]] const load::Configuration& shipped();
// The one whose operator has only mail (config/saksbro.mail.yaml).
[[nodiscard]] const load::Configuration& shipped_with_mail();
// The one with a desk in Jira and a 3rd line in GitLab (config/saksbro.jira.yaml).
[[nodiscard]] const load::Configuration& shipped_with_jira();
[[nodiscard]] std::string content_of(const std::string& path);
// Paths in messages as people see them in the project's folder.
[[nodiscard]] std::string without_root(std::string text);

}  // namespace saksbro::rehearse
