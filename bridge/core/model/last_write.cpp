#include "bridge/core/model/last_write.h"

#include <charconv>

#include "bridge/core/model/memory.h"

namespace saksbro::core {
namespace {

using std::chrono::milliseconds;

template <class Number>
Number next_number(std::string_view& text) {
  Number number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.starts_with(' ')) text.remove_prefix(1);
  return problem == std::errc{} ? number : 0;
}

}  // namespace

std::string slot_of(const TicketChange& news) {
  return news.kind == TicketChange::Kind::status ? kStatusAttribute : field_slot(news.attribute);
}

bool is_cut(const Case& state, const SystemName& at, const std::string& slot) {
  return state.values.contains(cut_of(at, slot));
}

std::string name_of_slot(const std::string& slot) {
  return slot == kStatusAttribute ? slot : slot.substr(slot.find('/') + 1);
}

std::string written_write(const LastWrite& write) {
  return std::to_string(write.at.time_since_epoch().count()) + " " +
         std::to_string(write.command.size()) + " " + std::to_string(write.before.size()) + " " +
         write.command + write.before + write.value;
}

std::optional<LastWrite> last_write(const Case& state, const SystemName& at,
                                    const std::string& slot) {
  const auto found = state.values.find(last_write_of(at, slot));
  if (found == state.values.end()) return std::nullopt;
  std::string_view text = found->second;
  LastWrite write;
  write.at = Instant{milliseconds{next_number<std::int64_t>(text)}};
  const auto command = next_number<std::size_t>(text);
  const auto before = next_number<std::size_t>(text);
  if (command + before > text.size()) return std::nullopt;
  write.command = text.substr(0, command);
  write.before = text.substr(command, before);
  write.value = text.substr(command + before);
  return write;
}

int bounces_since(const Case& state, const SystemName& at, const std::string& slot, Instant after) {
  const auto found = state.values.find(bounces_of(at, slot));
  if (found == state.values.end()) return 0;
  std::string_view times = found->second;
  int count = 0;
  while (!times.empty()) {
    if (times.starts_with(' ')) times.remove_prefix(1);
    const Instant then{milliseconds{next_number<std::int64_t>(times)}};
    if (then > after) ++count;
  }
  return count;
}

bool has_arrived(const Case& state, const Intent& intent, const std::string& slot) {
  const auto write = last_write(state, intent.at, slot);
  if (!write || write->command != intent.command.text()) return false;
  const std::string& newest = intent.values.back();
  return slot == kStatusAttribute ? write->value == newest
                                  : name_of_slot(slot) + "=" + write->value == newest;
}

}  // namespace saksbro::core
