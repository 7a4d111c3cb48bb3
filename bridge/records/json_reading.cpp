#include "bridge/records/json_reading.h"

#include <exception>

namespace saksbro::records {
namespace {

// Ours are a few levels deep. nlohmann copies and dumps recursively, and would end the process.
constexpr int kDepthMost = 64;
struct TooDeep : std::exception {};

Json parse_bounded(const std::string& text) {
  constexpr bool kThrow = false;
  const auto bounded = [](int depth, Json::parse_event_t event, Json&) {
    const bool opens =
        event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start;
    if (opens && depth >= kDepthMost) throw TooDeep();
    return true;
  };
  try {
    return Json::parse(text, bounded, kThrow);
  } catch (const TooDeep&) {
    return Json(Json::value_t::discarded);
  }
}

}  // namespace

Result<Json> open_record(const std::string& where, const std::string& text) {
  Json json = parse_bounded(text);
  if (json.is_discarded()) return fail(where, "is not JSON");
  if (!json.is_object()) return fail(where, "expected an object");
  const auto version = json.find("v");
  if (version == json.end()) return fail(where, "v is missing: the record's version");
  if (*version != kVersion) {
    return fail(where, "has version " + version->dump() + ", and this program reads " +
                           std::to_string(kVersion));
  }
  return json;
}

}  // namespace saksbro::records
