// Circles among what the sources include: whoever must be understood together cannot be understood
// one by one.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/architecture/folder_rules.h"

namespace saksbro::architecture {

// Who includes whom, by name.
using Includes = std::map<std::string, std::set<std::string>>;

// "bridge/core/x.h includes bridge/core/y.h": headers only.
[[nodiscard]] Includes header_includes(const std::vector<Source>& sources);

// The same for modules, a header with its .cpp file: "bridge/core/x".
[[nodiscard]] Includes module_includes(const std::vector<Source>& sources);

// The same for folders. A sub-folder is a folder of its own.
[[nodiscard]] Includes folder_includes(const std::vector<Source>& sources);

// Each set of two or more that include each other, on a line: "a <-> b <-> c".
[[nodiscard]] std::vector<std::string> circles_in(const Includes& includes);

// Where a folder includes one that stands above it in `bottom_up`: "a includes b".
[[nodiscard]] std::vector<std::string> upward_in(const Includes& folders,
                                                 const std::vector<std::string>& bottom_up);

}  // namespace saksbro::architecture
