// The body of an "answer" delivery: how a command ended and what it brought back.
#pragma once

#include <string>

#include "bridge/contract/error.h"
#include "bridge/contract/ids.h"
#include "bridge/core/decide/decide.h"

namespace saksbro::records {

struct AnswerRecord {
  core::CommandResult settled;
  std::string snapshot;      // for the connector's normalise(); empty: no ticket, or refused
  CaseNumber case_number{};  // the command's; empty: a read for a ticket that has no case yet
};

[[nodiscard]] std::string write(const AnswerRecord& answer);
[[nodiscard]] Result<AnswerRecord> read_answer(const std::string& text);

}  // namespace saksbro::records
