#include "bridge/load/size.h"

namespace saksbro::load {

std::optional<std::uint64_t> read_size(SettingsReader& reader, const Setting& map, const char* key,
                                       const SizeLimits& limits, const std::string& hint) {
  const std::string size = reader.text_or(key, "");
  const Setting* at = map.find(key);
  if (at == nullptr || !std::holds_alternative<Setting::Text>(at->value)) return std::nullopt;
  const bool right = size.ends_with("MB");
  const auto number =
      right ? parse_whole_number(std::string_view(size).substr(0, size.size() - 2)) : std::nullopt;
  if (number && *number >= 0 && static_cast<std::uint64_t>(*number) >= limits.least &&
      static_cast<std::uint64_t>(*number) <= limits.most)
    return static_cast<std::uint64_t>(*number) << 20U;
  const std::string least =
      limits.least == 0 ? "" : "at least " + std::to_string(limits.least) + "MB and ";
  reader.error(*at, "expected a size like 32MB, " + least + "at most " +
                        std::to_string(limits.most) + "MB" + hint);
  return std::nullopt;
}

}  // namespace saksbro::load
