// Settings of a system, as checked text with positions: what `configure` of a connector reads.
// The file format (YAML) stays in bridge/load; a connector never sees it.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bridge/contract/error.h"
#include "bridge/contract/secret.h"

namespace saksbro {

// One value with its place. Credentials ({env: X} or {file: Y}) arrive as Secret, already read.
struct Setting {
  struct Entry;  // a std::pair would have to be whole before Setting is (clang 14)
  using Text = std::string;
  using List = std::vector<Setting>;
  using Map = std::vector<Entry>;  // in the order of the file

  std::string where;  // "config/saksbro.yaml:3:12"
  std::string path;   // "systems.desk.url"
  std::variant<Text, Secret, List, Map> value;

  [[nodiscard]] const Setting* find(std::string_view key) const;  // nullptr: none, or not a map
};

struct Setting::Entry {
  std::string key;
  Setting setting;
};

// Reads a map of settings and remembers what was asked for, so that every unknown key is an error
// with the nearest known name. Errors collect; nothing stops at the first. Not for several threads.
class SettingsReader {
 public:
  explicit SettingsReader(const Setting& map);

  // A missing required key is an error at the map's place. On error an empty value is returned.
  [[nodiscard]] std::string text(std::string_view key);
  [[nodiscard]] std::string text_or(std::string_view key, std::string_view fallback);
  [[nodiscard]] Secret secret(
      std::string_view key);  // plain text is an error: secrets do not live in YAML
  [[nodiscard]] std::optional<Secret> secret_if_given(std::string_view key);
  [[nodiscard]] std::string url(std::string_view key);  // http(s)://host..., without trailing '/'
  [[nodiscard]] bool flag_or(std::string_view key,
                             bool fallback);  // true or false, no other spelling
  [[nodiscard]] std::optional<std::chrono::milliseconds> duration(
      std::string_view key);  // 10s, 5m, 250ms
  // After which something is done again and again: not at once, for ever.
  [[nodiscard]] std::optional<std::chrono::milliseconds> interval(std::string_view key);
  [[nodiscard]] std::optional<long long> whole_number(std::string_view key, long long least,
                                                      long long most);
  [[nodiscard]] std::string one_of(std::string_view key, const std::vector<std::string>& allowed,
                                   std::string_view fallback);
  [[nodiscard]] const Setting* map(
      std::string_view key);  // nullptr when missing; an error when not a map
  [[nodiscard]] const Setting* list(
      std::string_view key);  // nullptr when missing; an error when not a list
  // Whatever it is; nullptr when missing.
  [[nodiscard]] const Setting* any(std::string_view key) { return known(key); }

  void error(const Setting& at, std::string what);
  void error(std::string what);  // at the map itself
  void add(const Errors& errors);

  // All errors, those about unknown keys included. Call last.
  [[nodiscard]] Errors finish();

 private:
  [[nodiscard]] const Setting* known(std::string_view key);

  const Setting& map_;
  std::set<std::string, std::less<>> asked_;
  Errors errors_;
};

// "10s", "5m", "250ms", "2h", "7d"; none otherwise.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

// A whole decimal number and nothing else ("010" is ten, "0x1F" is none).
[[nodiscard]] std::optional<long long> parse_whole_number(std::string_view text);

}  // namespace saksbro
