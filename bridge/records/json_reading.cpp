#include "bridge/records/json_reading.h"

#include "bridge/codec/json.h"

namespace saksbro::records {

Result<Json> open_record(const std::string& where, const std::string& text, int newest) {
  auto parsed = codec::parse_json(text, where);
  if (!parsed) return fail(where, Phrase("is not JSON", {}));
  Json json = *std::move(parsed);
  if (!json.is_object()) return fail(where, Phrase("expected an object", {}));
  const auto version = json.find("v");
  if (version == json.end()) return fail(where, Phrase("v is missing: the record's version", {}));
  const bool known = version->is_number_integer() && *version >= 1 && *version <= newest;
  if (!known) {
    return fail(where, Phrase("has version {version}, and this program reads {ours}",
                              {{"version", version->dump()}, {"ours", std::to_string(newest)}}));
  }
  return json;
}

}  // namespace saksbro::records
