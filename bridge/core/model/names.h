// The names that a process gives to what it is made of.
#pragma once

#include <string>

#include "bridge/contract/ids.h"
#include "bridge/core/text/language.h"

namespace saksbro::core {

using Role = Id<struct RoleTag>;            // "second_line"
using Status = Id<struct StatusTag>;        // "AVVENTER": the process's own word
using Signal = Id<struct SignalTag>;        // "technical fault": what a role says
using ActivityId = Id<struct ActivityTag>;  // "M.1.3.1"
using ProcessId = Id<struct ProcessTag>;    // "M.1"

}  // namespace saksbro::core
