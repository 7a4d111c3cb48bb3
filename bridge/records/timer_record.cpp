#include "bridge/records/timer_record.h"

#include "bridge/records/case_fields.h"
#include "bridge/records/json_reading.h"
#include "bridge/records/json_writing.h"

namespace saksbro::records {

template <Of<TimerRecord> Self>
void fields(Self& one, auto&& field) {
  auto& [case_number, name, due] = one;
  field("case_number", case_number);
  field("name", name);
  field("due", due);
}

std::string write(const TimerRecord& timer) { return write_record(timer); }

Result<TimerRecord> read_timer(const std::string& text) {
  return read_record<TimerRecord>("timer", text);
}

}  // namespace saksbro::records
