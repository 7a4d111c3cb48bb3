#include "bridge/records/link_record.h"

#include "bridge/records/case_fields.h"
#include "bridge/records/json_reading.h"
#include "bridge/records/json_writing.h"

namespace saksbro::records {

template <Of<LinkRecord> Self>
void fields(Self& one, auto&& field) {
  auto& [case_number, signal, role, organisation, text] = one;
  field("case_number", case_number);
  field("signal", signal);
  field("role", role);
  field("organisation", organisation);
  field("text", text);
}

std::string write(const LinkRecord& link) { return write_record(link); }

Result<LinkRecord> read_link(const std::string& text) {
  return read_record<LinkRecord>("link", text);
}

}  // namespace saksbro::records
