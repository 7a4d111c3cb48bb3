// Users build several files of a folder as one (SAKSBRO_UNITY), so helpers in anonymous namespaces
// need names that no other file of the folder gives. Two functions that differ in their parameters
// would even compile, and the call would take whichever fits better.
#pragma once

#include <string>
#include <vector>

#include "tests/architecture/folder_rules.h"

namespace saksbro::architecture {

// "bridge/core/a.cpp and bridge/core/b.cpp both have a helper named \"lower\"" for each such name.
// Identical aliases (`using Json = codec::Json;`) do no harm.
[[nodiscard]] std::vector<std::string> names_given_twice(const std::vector<Source>& sources);

}  // namespace saksbro::architecture
