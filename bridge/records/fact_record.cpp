#include "bridge/records/fact_record.h"

#include <variant>

#include "bridge/records/fact_fields.h"
#include "bridge/records/json_reading.h"
#include "bridge/records/json_writing.h"
#include "bridge/records/older_memory.h"

namespace saksbro::records {

std::string write(const core::Fact& fact) {
  return std::visit([](const auto& one) { return write_record(one); }, fact);
}

Result<core::Fact> read_fact(const std::string& name, const std::string& text) {
  const std::string where = "fact " + name;
  const Result<Json> json = open_record(where, text, kVersionOf<core::Fact>);
  if (!json) return tl::unexpected(json.error());
  core::Fact fact;
  Reading reading;
  const bool known = Reading::alternative(
      name, fact, [](const core::Fact& one) { return core::name_of(one); },
      [&](auto& record) { reading.value(*json, record); });
  if (!known) return fail(where, Phrase("no fact has this name", {}));
  if (reading.wrong()) return fail(where, *reading.wrong());
  if (const auto* kept = std::get_if<core::ValueKept>(&fact)) {
    if (auto memo = older_memo(*kept)) return core::Remembered{*std::move(memo)};
  }
  return fact;
}

}  // namespace saksbro::records
