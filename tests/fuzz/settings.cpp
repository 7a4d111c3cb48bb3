#include "tests/fuzz/settings.h"

#include <filesystem>
#include <fstream>

#include "tests/connectors/json_setting.h"
#include "tests/fuzz/parts.h"

namespace saksbro::fuzz {
namespace {

Setting at(std::variant<Setting::Text, Secret, Setting::List, Setting::Map> value) {
  return {"fuzz:1:1", "fuzz", std::move(value)};
}

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  require(file.is_open(), path.string() + " can be read");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

Setting text(std::string value) { return at(std::move(value)); }
Setting secret(std::string value) { return at(Secret(std::move(value))); }
Setting list(std::vector<Setting> items) { return at(Setting::List(std::move(items))); }
Setting map(Setting::Map entries) { return at(std::move(entries)); }

Setting settings_of(const std::string& connector) {
  const auto folder =
      std::filesystem::path(SAKSBRO_SOURCE) / "connectors" / connector / "testcases";
  auto path = folder / "fuzz-settings.json";
  if (!std::filesystem::exists(path)) path = folder / "settings.json";
  return testcases::setting_from(nlohmann::ordered_json::parse(content_of(path)), "fuzz");
}

std::vector<std::string> addresses_in(const Setting& settings) {
  std::vector<std::string> found;
  if (const auto* text = std::get_if<Setting::Text>(&settings.value)) {
    if (text->find("://") != std::string::npos) found.push_back(*text);
  } else if (const auto* map = std::get_if<Setting::Map>(&settings.value)) {
    for (const Setting::Entry& entry : *map) {
      for (std::string& one : addresses_in(entry.setting)) found.push_back(std::move(one));
    }
  }
  return found;
}

}  // namespace saksbro::fuzz
