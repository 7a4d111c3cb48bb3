// Every connector, by the name that `connector:` in the configuration has. Adding one: a folder and
// a line.
#pragma once

#include <map>
#include <string>

#include "bridge/contract/connector.h"

namespace saksbro {

[[nodiscard]] const std::map<std::string, Configure>& connectors();

}  // namespace saksbro
