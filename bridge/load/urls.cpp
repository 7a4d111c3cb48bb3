#include "bridge/load/configuration.h"

namespace saksbro::load {
namespace {

void collect(const Setting& setting, std::vector<std::string>& urls) {
  if (const auto* text = std::get_if<Setting::Text>(&setting.value)) {
    if (text->find("://") != text->npos) urls.push_back(*text);
  } else if (const auto* list = std::get_if<Setting::List>(&setting.value)) {
    for (const Setting& item : *list) collect(item, urls);
  } else if (const auto* map = std::get_if<Setting::Map>(&setting.value)) {
    for (const auto& [key, value] : *map) collect(value, urls);
  }
}

}  // namespace

std::vector<std::string> urls_in(const Configuration& configuration) {
  std::vector<std::string> urls;
  for (const SystemConfiguration& system : configuration.systems) collect(system.settings, urls);
  return urls;
}

}  // namespace saksbro::load
