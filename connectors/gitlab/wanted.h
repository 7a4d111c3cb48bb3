// What a command wants of an issue's labels, state and attributes, as one PUT or POST says it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "connectors/gitlab/issue.h"

namespace saksbro::gitlab {

using FieldTexts = std::map<std::string, std::string>;  // by name

struct Wanted {
  std::string status;  // empty: it stays
  FieldTexts fields;
};

// Why it cannot be written at all: a name that the settings do not have, a label with a comma.
[[nodiscard]] std::optional<Phrase> cannot_be(const GitlabSettings& settings, const Wanted& wanted);

// The value of a field as the issue has it.
[[nodiscard]] std::string value_of(const GitlabSettings& settings, const Json& issue,
                                   const std::string& name);

// The names of those fields that the issue does not show so.
[[nodiscard]] std::vector<std::string> differing(const GitlabSettings& settings,
                                                 const FieldTexts& fields, const Json& issue);

// The members of a PUT that changes `issue` to that; empty: it is so.
[[nodiscard]] StepOr<Json> changes_to(Conversation& conversation, const Wanted& wanted,
                                      const Json& issue);
// The members of a POST: a milestone or a person that GitLab does not have is left out.
[[nodiscard]] StepOr<Json> members_of(Conversation& conversation, const FieldTexts& fields);

[[nodiscard]] std::string quoted_list(const std::vector<std::string>& names);  // "A", "B"

}  // namespace saksbro::gitlab
