#include "bridge/core/model/to_come.h"

#include <algorithm>

namespace saksbro::core {

const Intent* field_write_under_way(const Case& state, const SystemName& at,
                                    const std::string& field) {
  const std::string prefix = field + "=";
  const auto found = std::find_if(state.intents.begin(), state.intents.end(), [&](const Intent& i) {
    return i.at == at && i.attribute == "fields" && i.values.back().starts_with(prefix);
  });
  return found == state.intents.end() ? nullptr : &*found;
}

std::string status_to_come(const Case& state, const SystemName& at) {
  for (const Intent& intent : state.intents) {
    if (intent.at == at && intent.attribute == kStatusAttribute) return intent.values.back();
  }
  return state.tickets.at(at).status;
}

std::optional<std::string> field_to_come(const Case& state, const SystemName& at,
                                         const std::string& field) {
  if (const Intent* intent = field_write_under_way(state, at, field))
    return intent->values.back().substr(field.size() + 1);
  const auto& shown = state.tickets.at(at).fields;
  const auto there = shown.find(field);
  return there == shown.end() ? std::nullopt : std::optional(there->second);
}

}  // namespace saksbro::core
