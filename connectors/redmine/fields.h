// Custom fields of a command, in Redmine's words.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "connectors/redmine/issue.h"

namespace saksbro::redmine {

using FieldTexts = std::map<std::string, std::string>;  // by name

// "Redmine field "X" is not in custom_fields..." for the first name that the settings do not have.
[[nodiscard]] std::optional<Phrase> unknown_field(const RedmineSettings& settings,
                                                  const FieldTexts& fields);

// [{"id": 1, "value": "x"}]. `issue` tells which fields take several values ("a, b" is two then).
[[nodiscard]] Json fields_json(const RedmineSettings& settings, const FieldTexts& fields,
                               const Json& issue);

// The names of those fields that the issue does not show with that value.
[[nodiscard]] std::vector<std::string> differing(const RedmineSettings& settings,
                                                 const FieldTexts& fields, const Json& issue);

[[nodiscard]] std::string quoted_list(const std::vector<std::string>& names);  // "A", "B"

}  // namespace saksbro::redmine
