// Records of ours, spoiled. The first part says which ("case", "fact TicketLinked", ...), the
// second is the JSON.
//
// What must hold: what was read is written, and read again as the same.
#include "bridge/core/model/case.h"
#include "bridge/records/answer_record.h"
#include "bridge/records/case_record.h"
#include "bridge/records/command_record.h"
#include "bridge/records/fact_record.h"
#include "bridge/records/link_record.h"
#include "bridge/records/order_record.h"
#include "bridge/records/timer_record.h"
#include "tests/fuzz/parts.h"

namespace saksbro::records {
namespace {

template <class Record>
void try_record(const Result<Record>& record, const auto& read) {
  if (!record) {
    fuzz::require(!record.error().what.empty(), "an error says what is wrong");
    return;
  }
  const std::string written = write(*record);
  const auto again = read(written);
  fuzz::require(again.has_value(), "what we write can be read");
  fuzz::require(write(*again) == written, "a record is read as it was written");
}

void try_kind(std::string_view kind, const std::string& json) {
  std::string_view rest = kind;
  const std::string_view word = fuzz::cut_off(rest, ' ');
  const std::string name(rest);
  if (word == "case") try_record(read_case(json), read_case);
  if (word == "command") try_record(read_command(json), read_command);
  if (word == "issued") try_record(read_issued(json), read_issued);
  if (word == "answer") try_record(read_answer(json), read_answer);
  if (word == "link") try_record(read_link(json), read_link);
  if (word == "order") try_record(read_order(json), read_order);
  if (word == "timer") try_record(read_timer(json), read_timer);
  const auto read = [&](const std::string& text) { return read_fact(name, text); };
  if (word == "fact") try_record(read(json), read);
}

}  // namespace
}  // namespace saksbro::records

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace saksbro;
  fuzz::Parts parts(data, size);
  const std::string kind(parts.next());
  records::try_kind(kind, std::string(parts.next()));
  return 0;
}
