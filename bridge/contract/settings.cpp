#include "bridge/contract/settings.h"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "bridge/contract/nearest.h"

namespace saksbro {
namespace {

std::string with_commas(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : ", ") + word;
  return line;
}

}  // namespace

const Setting* Setting::find(std::string_view key) const {
  const auto* map = std::get_if<Map>(&value);
  if (map == nullptr) return nullptr;
  const auto found =
      std::find_if(map->begin(), map->end(), [&](const auto& entry) { return entry.key == key; });
  return found == map->end() ? nullptr : &found->setting;
}

std::optional<long long> parse_whole_number(std::string_view text) {
  long long number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number, 10);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  static constexpr std::tuple<std::string_view, long long> kUnits[] = {
      {"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}};
  for (const auto& [unit, milliseconds] : kUnits) {
    if (!text.ends_with(unit)) continue;
    const auto count = parse_whole_number(text.substr(0, text.size() - unit.size()));
    if (count && *count >= 0 && *count <= 1'000'000)
      return std::chrono::milliseconds(*count * milliseconds);
  }
  return std::nullopt;
}

SettingsReader::SettingsReader(const Setting& map) : map_(map) {
  if (!std::holds_alternative<Setting::Map>(map.value)) error("expected a map of settings");
}

const Setting* SettingsReader::known(std::string_view key) {
  asked_.emplace(key);
  return map_.find(key);
}

std::string SettingsReader::text(std::string_view key) {
  const Setting* found = known(key);
  if (found == nullptr) {
    error("\"" + std::string(key) + "\" is missing");
    return {};
  }
  if (const auto* text = std::get_if<Setting::Text>(&found->value);
      text != nullptr && !text->empty())
    return *text;
  error(*found, "expected a text");
  return {};
}

std::string SettingsReader::text_or(std::string_view key, std::string_view fallback) {
  return known(key) == nullptr ? std::string(fallback) : text(key);
}

Secret SettingsReader::secret(std::string_view key) {
  const Setting* found = known(key);
  if (found == nullptr) {
    error("\"" + std::string(key) +
          "\" is missing: expected { env: NAME }, { file: PATH } or { credential: NAME }");
    return {};
  }
  if (const auto* secret = std::get_if<Secret>(&found->value)) return *secret;
  error(
      *found,
      "a secret must not be written in the configuration itself: use { env: NAME }, { file: PATH } "
      "or { credential: NAME }");
  return {};
}

std::optional<Secret> SettingsReader::secret_if_given(std::string_view key) {
  if (known(key) == nullptr) return std::nullopt;
  return secret(key);
}

std::string SettingsReader::url(std::string_view key) {
  const Setting* found = known(key);
  std::string url = text(key);
  if (url.empty()) return url;
  const bool http = url.starts_with("http://") || url.starts_with("https://");
  const bool has_host = http && url.find("//") + 2 < url.size();
  if (!has_host || url.find_first_of(" \t\r\n@?#") != std::string::npos) {
    error(*found, "\"" + url +
                      "\" is no address: expected http://host or https://host, without user, query "
                      "or blanks");
  }
  while (url.ends_with('/')) url.pop_back();
  return url;
}

bool SettingsReader::flag_or(std::string_view key, bool fallback) {
  const Setting* found = known(key);
  if (found == nullptr) return fallback;
  const auto* text = std::get_if<Setting::Text>(&found->value);
  if (text != nullptr && (*text == "true" || *text == "false")) return *text == "true";
  error(*found, "expected true or false");
  return fallback;
}

std::optional<std::chrono::milliseconds> SettingsReader::duration(std::string_view key) {
  const Setting* found = known(key);
  if (found == nullptr) return std::nullopt;
  const auto* text = std::get_if<Setting::Text>(&found->value);
  const auto length = text == nullptr ? std::nullopt : parse_duration(*text);
  if (!length) error(*found, "expected a time span like 250ms, 10s, 5m, 2h or 7d");
  return length;
}

std::optional<std::chrono::milliseconds> SettingsReader::interval(std::string_view key) {
  constexpr std::chrono::milliseconds kLeast{100};
  const auto length = duration(key);
  if (!length || *length >= kLeast) return length;
  error(*known(key), "this is done again each time the span is over: at least 100ms");
  return std::nullopt;
}

std::optional<long long> SettingsReader::whole_number(std::string_view key, long long least,
                                                      long long most) {
  const Setting* found = known(key);
  if (found == nullptr) return std::nullopt;
  const auto* text = std::get_if<Setting::Text>(&found->value);
  const auto number = text == nullptr ? std::nullopt : parse_whole_number(*text);
  if (number && *number >= least && *number <= most) return number;
  error(*found,
        "expected a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return std::nullopt;
}

std::string SettingsReader::one_of(std::string_view key, const std::vector<std::string>& allowed,
                                   std::string_view fallback) {
  const Setting* found = known(key);
  if (found == nullptr) return std::string(fallback);
  const auto* text = std::get_if<Setting::Text>(&found->value);
  if (text != nullptr && std::find(allowed.begin(), allowed.end(), *text) != allowed.end())
    return *text;
  const std::string given = text == nullptr ? "" : *text;
  error(*found, "unknown value \"" + given + "\": expected one of " + with_commas(allowed) +
                    did_you_mean(given, allowed));
  return std::string(fallback);
}

const Setting* SettingsReader::map(std::string_view key) {
  const Setting* found = known(key);
  if (found == nullptr || std::holds_alternative<Setting::Map>(found->value)) return found;
  error(*found, "expected a map");
  return nullptr;
}

const Setting* SettingsReader::list(std::string_view key) {
  const Setting* found = known(key);
  if (found == nullptr || std::holds_alternative<Setting::List>(found->value)) return found;
  error(*found, "expected a list");
  return nullptr;
}

void SettingsReader::error(const Setting& at, std::string what) {
  errors_.push_back({at.where, at.path.empty() ? std::move(what) : at.path + ": " + what});
}

void SettingsReader::error(std::string what) { error(map_, std::move(what)); }

void SettingsReader::add(const Errors& errors) {
  errors_.insert(errors_.end(), errors.begin(), errors.end());
}

Errors SettingsReader::finish() {
  if (const auto* map = std::get_if<Setting::Map>(&map_.value)) {
    const std::vector<std::string> known_keys(asked_.begin(), asked_.end());
    for (const auto& [key, setting] : *map) {
      if (asked_.contains(key)) continue;
      error(setting, "unknown key; expected one of " + with_commas(known_keys) +
                         did_you_mean(key, known_keys));
    }
  }
  return errors_;
}

}  // namespace saksbro
