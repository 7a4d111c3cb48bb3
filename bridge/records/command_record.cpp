#include "bridge/records/command_record.h"

#include "bridge/records/command_fields.h"
#include "bridge/records/json_reading.h"
#include "bridge/records/json_writing.h"

namespace saksbro::records {

std::string write(const core::Issued& issued) { return write_record(issued); }

Result<core::Issued> read_issued(const std::string& text) {
  return read_record<core::Issued>("issued command", text);
}

std::string write(const Command& command) { return write_record(command); }

Result<Command> read_command(const std::string& text) {
  return read_record<Command>("command", text);
}

}  // namespace saksbro::records
