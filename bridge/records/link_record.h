// The body of a "link" delivery: what somebody said by pressing the button behind a link of ours.
// The link itself is not in it: whoever reads the store must not be able to use it.
#pragma once

#include <string>

#include "bridge/contract/error.h"
#include "bridge/contract/ids.h"
#include "bridge/core/model/mapping.h"

namespace saksbro::records {

struct LinkRecord {
  CaseNumber case_number;
  core::Signal signal;
  core::Role role;
  std::string organisation;  // on whose behalf; may be empty
  std::string text;          // the words that were typed; may be empty

  friend bool operator==(const LinkRecord&, const LinkRecord&) = default;
};

[[nodiscard]] std::string write(const LinkRecord& link);
[[nodiscard]] Result<LinkRecord> read_link(const std::string& text);

}  // namespace saksbro::records
