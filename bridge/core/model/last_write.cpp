#include "bridge/core/model/last_write.h"

#include <algorithm>

#include "bridge/core/model/memory.h"

namespace saksbro::core {

std::string slot_of(const TicketChange& news) {
  return news.kind == TicketChange::Kind::status ? kStatusAttribute : field_slot(news.attribute);
}

bool is_cut(const Case& state, const SystemName& at, const std::string& slot) {
  return memory_of(state.memory, at).cut.contains(slot);
}

std::string name_of_slot(const std::string& slot) {
  return slot == kStatusAttribute ? slot : slot.substr(slot.find('/') + 1);
}

const LastWrite* last_write(const Case& state, const SystemName& at, const std::string& slot) {
  const auto& writes = memory_of(state.memory, at).writes;
  const auto found = writes.find(slot);
  return found == writes.end() ? nullptr : &found->second;
}

long bounces_since(const Case& state, const SystemName& at, const std::string& slot,
                   Instant after) {
  const auto& undone = memory_of(state.memory, at).undone;
  const auto found = undone.find(slot);
  if (found == undone.end()) return 0;
  return std::count_if(found->second.begin(), found->second.end(),
                       [&](Instant then) { return then > after; });
}

bool has_arrived(const Case& state, const Intent& intent, const std::string& slot) {
  const LastWrite* write = last_write(state, intent.at, slot);
  if (write == nullptr || write->command != intent.command) return false;
  const std::string& newest = intent.values.back();
  return slot == kStatusAttribute ? write->value == newest
                                  : name_of_slot(slot) + "=" + write->value == newest;
}

}  // namespace saksbro::core
