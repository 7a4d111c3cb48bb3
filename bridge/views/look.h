// How a process is to be shown: in which language, and how its roles are called.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bridge/contract/error.h"
#include "bridge/core/model/mapping.h"

namespace saksbro::views {

// In the order of the columns. A role that is not here is shown by its id, behind the others.
using RoleTitles = std::vector<std::pair<core::Role, core::Words>>;

struct Look {
  core::Language language = core::Language::nb;
  RoleTitles roles;
};

[[nodiscard]] std::string title_of(const core::Role& role, const Look& look);
[[nodiscard]] std::string titles_of(const std::vector<core::Role>& roles, const Look& look);

// The roles that do an activity of the process, alone or with others.
[[nodiscard]] std::vector<core::Role> columns_of(const core::Process& process, const Look& look);

// As the mapping tells them.
[[nodiscard]] std::vector<const core::Activity*> in_order(const core::Process& process);

// "M.1.3" of "M.1.3.2" and of "M.1.3.2 retur"; empty for an activity that belongs to none
// ("M.1 slutt").
[[nodiscard]] std::string subprocess_of(const core::ActivityId& activity);

// The process that `name` means: "M.1", "m.1" and "m1" are one. Unknown: an error that names the
// nearest.
[[nodiscard]] Result<const core::Process*> find_process(const core::Mapping& mapping,
                                                        std::string_view name);

}  // namespace saksbro::views
