#include "bridge/load/compare.h"

namespace saksbro::load {

std::optional<std::chrono::minutes> read_compare(SettingsReader& reader, const Setting& system) {
  const std::string text = reader.text_or("compare", "03:00");
  if (text == "never") return std::nullopt;
  const auto hour = parse_whole_number(text.substr(0, 2));
  const auto minute = text.size() == 5 ? parse_whole_number(text.substr(3)) : std::nullopt;
  const bool right =
      hour && minute && text[2] == ':' && *hour >= 0 && *hour < 24 && *minute >= 0 && *minute < 60;
  if (right) return std::chrono::minutes{*hour * 60 + *minute};
  const Setting* at = system.find("compare");
  reader.error(at == nullptr ? system : *at,
               "\"" + text + "\" is not a time of day: expected one like 03:00, or never");
  return std::nullopt;
}

}  // namespace saksbro::load
