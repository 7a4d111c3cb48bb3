// Values of fields as an issue should show them.
#pragma once

#include <string>
#include <vector>

#include "connectors/redmine/fields.h"

namespace saksbro::redmine {

// Custom fields, and Redmine's own priority where no custom field is called so.
struct WantedFields {
  FieldTexts fields;
  std::string priority;  // by name; empty: it stays
};

[[nodiscard]] WantedFields wanted_by(const RedmineSettings& settings, const FieldTexts& fields);

// The names of those that the issue does not show so.
[[nodiscard]] std::vector<std::string> missing(const RedmineSettings& settings,
                                               const WantedFields& wanted, const Json& issue);

// Adds them to the members of an issue that a PUT changes. Always true, or the next step.
[[nodiscard]] StepOr<bool> add_changes(Conversation& conversation, const WantedFields& wanted,
                                       const Json& issue, Json& changes);

[[nodiscard]] Phrase said_not_stored(const std::vector<std::string>& names, const Json& issue);

}  // namespace saksbro::redmine
