// The contract's values as JSON for expected.json. Members that are empty are left out.
#pragma once

#include <string>
#include <vector>

#include "bridge/contract/connector.h"
#include "tests/connectors/case_folder.h"

namespace saksbro::testcases {

// `members`: which of a ticket's members to show; all when empty.
[[nodiscard]] Json show(const Result<std::vector<Observation>>& observed,
                        const std::vector<std::string>& members);
[[nodiscard]] Json show(const BlobRef& blob);
[[nodiscard]] Json show(const Call& call, bool with_headers);
[[nodiscard]] Json show(const RetryLater& later);
[[nodiscard]] Json show(const Cursor& cursor);
[[nodiscard]] Json show(const Abilities& abilities);
[[nodiscard]] Json show(const Errors& errors);

}  // namespace saksbro::testcases
