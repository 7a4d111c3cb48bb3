#include "bridge/records/case_record.h"

#include "bridge/records/case_fields.h"
#include "bridge/records/json_reading.h"
#include "bridge/records/json_writing.h"
#include "bridge/records/older_memory.h"

namespace saksbro::records {

std::string write(const core::Case& state) { return write_record(state); }

Result<core::Case> read_case(const std::string& text) {
  const Result<Json> json = open_record("case", text, kVersionOf<core::Case>);
  if (!json) return tl::unexpected(json.error());
  Result<core::Case> state = read_opened<core::Case>("case", *json);
  if (state && json->at("v") == 1) sort_out_memory(*state);
  return state;
}

}  // namespace saksbro::records
