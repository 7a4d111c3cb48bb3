#include "bridge/load/delivery_terms.h"

#include <chrono>

namespace saksbro::load {
namespace {

using std::chrono::milliseconds;

constexpr long long kCountMost = 1'000'000;
constexpr long long kAtOnceMost = 32;

std::optional<milliseconds> unit_of(std::string_view word) {
  if (word == "s") return std::chrono::seconds{1};
  if (word == "min") return std::chrono::minutes{1};
  if (word == "h") return std::chrono::hours{1};
  return std::nullopt;
}

std::optional<core::Rate> rate(SettingsReader& reader, const Setting& map, const char* key) {
  if (map.find(key) == nullptr) {
    (void)reader.text_or(key, "");  // known, though it is not given
    return std::nullopt;
  }
  const std::string text = reader.text(key);
  if (text.empty()) return std::nullopt;
  auto found = parse_rate(text);
  if (!found) reader.error(*map.find(key), "expected a rate like 10/s, 60/min or 1000/h");
  return found;
}

core::Limits read_limits(const Setting& map, Errors& errors) {
  SettingsReader reader(map);
  core::Limits limits;
  limits.calls = rate(reader, map, "calls");
  limits.searches = rate(reader, map, "searches");
  limits.reads = rate(reader, map, "reads");
  limits.writes = rate(reader, map, "writes");
  limits.per_ticket = rate(reader, map, "per_ticket");
  if (const auto number = reader.whole_number("at_once", 1, kAtOnceMost))
    limits.at_once = static_cast<int>(*number);
  const Errors found = reader.finish();
  errors.insert(errors.end(), found.begin(), found.end());
  return limits;
}

// Each later than the one before.
std::vector<milliseconds> read_doubt(const Setting& list, SettingsReader& reader) {
  std::vector<milliseconds> times;
  for (const Setting& item : std::get<Setting::List>(list.value)) {
    const auto* text = std::get_if<Setting::Text>(&item.value);
    const auto time = text == nullptr ? std::nullopt : parse_duration(*text);
    if (!time || time->count() == 0) {
      reader.error(item, "expected a time span like 5s or 3m");
    } else if (!times.empty() && *time <= times.back()) {
      reader.error(item, "expected a longer time span than the one before it");
    } else {
      times.push_back(*time);
    }
  }
  if (std::get<Setting::List>(list.value).empty())
    reader.error(list, "expected at least one time span, like [5s, 20s, 60s]");
  return times;
}

}  // namespace

std::optional<core::Rate> parse_rate(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto count = parse_whole_number(text.substr(0, slash));
  const auto per = unit_of(text.substr(slash + 1));
  if (!count || *count < 1 || *count > kCountMost || !per) return std::nullopt;
  return core::Rate{static_cast<int>(*count), *per};
}

core::DeliveryPolicy read_delivery(SettingsReader& reader, Errors& errors) {
  core::DeliveryPolicy delivery;
  if (const Setting* limits = reader.map("limits")) delivery.limits = read_limits(*limits, errors);
  const Setting* doubt = reader.list("doubt");
  if (doubt != nullptr) delivery.doubt = read_doubt(*doubt, reader);
  return delivery;
}

}  // namespace saksbro::load
