// Values of fields, in Jira's JSON and as texts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connectors/jira/conversation.h"

namespace saksbro::jira {

// What a text means for a field; null for an empty one. Not of texts that are no number.
[[nodiscard]] Json value_json(const JiraSettings& settings, const Field& field,
                              const std::string& text);
// A value of any kind, as people read it; of a person the id.
[[nodiscard]] std::string value_of(const Field& field, const Json& value);
// The names of a person, a version, an option: of any value that Jira has.
[[nodiscard]] std::string shown(const Json& value);

// Why the fields cannot be written at all: a name that the settings do not have, "x" for a number.
[[nodiscard]] std::optional<Phrase> cannot_be(const JiraSettings& settings,
                                              const FieldTexts& fields);

// {"customfield_10020": "x"}: those of `fields` that `issue` does not show so. Labels are no part
// of it (see label_changes).
[[nodiscard]] Json fields_json(const JiraSettings& settings, const FieldTexts& fields);
[[nodiscard]] std::vector<std::string> differing(const JiraSettings& settings,
                                                 const FieldTexts& fields, const Json& issue);

// [{"add": "x"}, {"remove": "y"}]: what makes the labels of the issue those of `wanted`. Another
// one that somebody adds at the same time stays, and so does the marker.
[[nodiscard]] Json label_changes(const std::string& wanted, const Json& labels);

// The labels without the marker's, as a text.
[[nodiscard]] std::string labels_of(const Json& labels);
// The marker that the issue carries: in its label, or in the field of that name; "" when none.
[[nodiscard]] std::string marker_of(const JiraSettings& settings, const Json& issue);

[[nodiscard]] const Json& field_of(const Json& issue, const Field& field);
[[nodiscard]] std::string quoted_list(const std::vector<std::string>& names);  // "A", "B"

}  // namespace saksbro::jira
