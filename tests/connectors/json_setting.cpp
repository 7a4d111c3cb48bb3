#include "tests/connectors/json_setting.h"

namespace saksbro::testcases {

Setting setting_from(const nlohmann::ordered_json& json, const std::string& where) {
  Setting setting{where, where, {}};
  if (json.is_object() && json.contains("$secret")) {
    setting.value = Secret(json["$secret"].get<std::string>());
  } else if (json.is_object()) {
    Setting::Map map;
    for (const auto& [key, value] : json.items()) {
      map.emplace_back(key, setting_from(value, (where + ".").append(key)));
    }
    setting.value = std::move(map);
  } else if (json.is_array()) {
    Setting::List list;
    for (std::size_t i = 0; i < json.size(); ++i) {
      list.push_back(setting_from(json[i], where + "[" + std::to_string(i) + "]"));
    }
    setting.value = std::move(list);
  } else {
    setting.value = json.is_string() ? json.get<std::string>() : json.dump();
  }
  return setting;
}

}  // namespace saksbro::testcases
