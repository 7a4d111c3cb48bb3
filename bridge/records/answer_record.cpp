#include "bridge/records/answer_record.h"

#include "bridge/records/case_fields.h"
#include "bridge/records/json_reading.h"
#include "bridge/records/json_writing.h"

namespace saksbro::records {

template <Of<AnswerRecord> Self>
void fields(Self& one, auto&& field) {
  auto& [settled, snapshot, case_number] = one;
  auto& [command, verb, key, delivered, why, can_be_seen, file, looks_like, decide_again] =
      settled;  // can_be_seen: the engine
  field("command", command);
  field("verb", verb);
  field("key", key);
  field("delivered", delivered);
  field("why", why);
  field("file", file, kAdded);
  field("looks_like", looks_like, kAdded);
  field("decide_again", decide_again, kAdded);
  field("snapshot", snapshot);
  field("case_number", case_number);
}

std::string write(const AnswerRecord& answer) { return write_record(answer); }

Result<AnswerRecord> read_answer(const std::string& text) {
  return read_record<AnswerRecord>("answer", text);
}

}  // namespace saksbro::records
