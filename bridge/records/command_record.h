// A command with what the outbox knows about it, as JSON, exact both ways.
#pragma once

#include <string>

#include "bridge/contract/error.h"
#include "bridge/core/decide/decide.h"

namespace saksbro::records {

[[nodiscard]] std::string write(const core::Issued& issued);
[[nodiscard]] Result<core::Issued> read_issued(const std::string& text);

[[nodiscard]] std::string write(const Command& command);
[[nodiscard]] Result<Command> read_command(const std::string& text);

}  // namespace saksbro::records
