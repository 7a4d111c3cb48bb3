#include "bridge/records/case_record.h"

#include "bridge/records/case_fields.h"
#include "bridge/records/json_reading.h"
#include "bridge/records/json_writing.h"

namespace saksbro::records {

std::string write(const core::Case& state) { return write_record(state); }

Result<core::Case> read_case(const std::string& text) {
  return read_record<core::Case>("case", text);
}

}  // namespace saksbro::records
