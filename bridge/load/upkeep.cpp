#include "bridge/load/upkeep.h"

#include <optional>
#include <string>

#include "bridge/load/size.h"

namespace saksbro::load {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr days kIdsLeast{
    35};  // docs/promises.md row 9: so long a sender may come with the same delivery again
constexpr std::uint64_t kReserveMost = 1024;  // MB

// A time of whole hours that is at least `least`; `why` follows "expected at least ...".
void read_time(SettingsReader& reader, const Setting& map, const char* key, hours least,
               const std::string& why, hours& time) {
  const auto given = reader.duration(key);
  if (!given) return;
  time = std::chrono::ceil<hours>(*given);
  if (time < least) reader.error(*map.find(key), why);
}

void read_retention(const Setting& map, UpkeepConfiguration& upkeep, Errors& errors) {
  SettingsReader reader(map);
  read_time(reader, map, "bodies", days{1}, "expected at least 1d", upkeep.bodies);
  read_time(reader, map, "ids", kIdsLeast,
            "expected at least 35d: a tracker may send the same delivery again for that long",
            upkeep.ids);
  read_time(reader, map, "commands", upkeep.ids,
            "expected at least as long as \"ids\": a command is identified by its key, which "
            "contains a delivery's id",
            upkeep.commands);
  read_time(reader, map, "decisions", days{1}, "expected at least 1d", upkeep.decisions);
  if (upkeep.ids < upkeep.bodies) {
    reader.error(
        "\"ids\" must be at least as long as \"bodies\": a delivery cannot be stored without its "
        "id");
  }
  const Errors wrong = reader.finish();
  errors.insert(errors.end(), wrong.begin(), wrong.end());
}

void read_disk(const Setting& map, UpkeepConfiguration& upkeep, Errors& errors) {
  SettingsReader reader(map);
  if (const auto reserve = read_size(reader, map, "reserve", {0, kReserveMost}, "; 0MB keeps none"))
    upkeep.reserve = *reserve;
  const Errors wrong = reader.finish();
  errors.insert(errors.end(), wrong.begin(), wrong.end());
}

void read_recovery(const Setting& map, UpkeepConfiguration& upkeep, Errors& errors) {
  SettingsReader reader(map);
  if (const auto overlap = reader.duration("overlap"))
    upkeep.overlap = std::chrono::ceil<std::chrono::minutes>(*overlap);
  const Errors wrong = reader.finish();
  errors.insert(errors.end(), wrong.begin(), wrong.end());
}

}  // namespace

UpkeepConfiguration read_upkeep(const UpkeepBlocks& blocks, Errors& errors) {
  UpkeepConfiguration upkeep;
  if (blocks.retention != nullptr) read_retention(*blocks.retention, upkeep, errors);
  if (blocks.disk != nullptr) read_disk(*blocks.disk, upkeep, errors);
  if (blocks.recovery != nullptr) read_recovery(*blocks.recovery, upkeep, errors);
  return upkeep;
}

}  // namespace saksbro::load
