#include "bridge/core/loops.h"

#include <charconv>
#include <optional>
#include <set>

#include "bridge/core/conflicts.h"
#include "bridge/core/memory.h"
#include "bridge/core/shown.h"

namespace saksbro::core {
namespace {

using std::chrono::milliseconds;

constexpr int kBouncesMost = 3;
constexpr std::chrono::hours kQuiet{1};
constexpr std::chrono::seconds kPrompt{30};  // faster than people
constexpr std::string_view kLoopTimer = "loop/";

// Our last write that a ticket has shown, by the ticket's own clock.
struct LastWrite {
  Instant at{};
  std::string command;
  std::string before;
  std::string value;
};

std::string written_write(const LastWrite& write) {
  return std::to_string(write.at.time_since_epoch().count()) + " " +
         std::to_string(write.command.size()) + " " + std::to_string(write.before.size()) + " " +
         write.command + write.before + write.value;
}

template <class Number>
Number next_number(std::string_view& text) {
  Number number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.starts_with(' ')) text.remove_prefix(1);
  return problem == std::errc{} ? number : 0;
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

bool undoes(const LastWrite& write, const News& news) {
  if (news.value == write.value || news.at < write.at) return false;
  if (news.from != write.value) return false;  // somebody else wrote meanwhile
  return news.value == write.before || news.at - write.at <= kPrompt;
}

int bounces_lately(const Case& state, const SystemName& at, const std::string& slot, Instant now) {
  const auto found = state.values.find(bounces_of(at, slot));
  if (found == state.values.end()) return 0;
  std::string_view times = found->second;
  int count = 0;
  while (!times.empty()) {
    if (times.starts_with(' ')) times.remove_prefix(1);
    const Instant then{milliseconds{next_number<std::int64_t>(times)}};
    if (then + kQuiet > now) ++count;
  }
  return count;
}

std::string loop_timer(const SystemName& at, const std::string& slot) {
  return std::string(kLoopTimer) + at.text() + "/" + slot;
}

// The word that people know the attribute by.
std::string name_of_slot(const std::string& slot) {
  return slot == kStatusAttribute ? slot : slot.substr(slot.find('/') + 1);
}

void tell_loop(Unfolding& u, const std::string& slot) {
  const SystemMapping& system = u.mapping().known_system(u.at());
  const auto ticket = u.state().tickets.find(u.at());
  const bool here = !system.external && ticket != u.state().tickets.end() && !ticket->second.gone;
  const auto told = here ? std::optional(u.at()) : u.desk();
  if (!told) return u.because("No ticket can show it: the case note and the metrics do.");
  const std::string& title = system.title.in(u.language_of(*told));
  u.say(*told,
        u.text(u.mapping().texts.loop, *told,
               {{"field", name_of_slot(slot)}, {"system", title.empty() ? u.at().text() : title}}),
        Visibility::internal, system.where);
}

void cut(Unfolding& u, const std::string& slot, const News& news) {
  u.because(
      "Cut: {field} in {system} was rewritten {count} times within an hour after we wrote it. It "
      "stays \"{value}\" until it has been quiet for an hour.",
      {{"field", name_of_slot(slot)},
       {"system", u.at()},
       {"count", std::to_string(kBouncesMost)},
       {"value", news.value}});
  u.fact(LoopCut{u.at(), slot, news.value});
  u.fact(TimerSet{loop_timer(u.at(), slot), u.around().now + kQuiet});
  tell_loop(u, slot);
}

// Each change while it is cut begins the hour anew.
void still_cut(Unfolding& u, const std::string& slot) {
  u.because("Not heard: {field} in {system} is being rewritten, and is left alone.",
            {{"field", name_of_slot(slot)}, {"system", u.at()}});
  u.fact(TimerSet{loop_timer(u.at(), slot), u.around().now + kQuiet});
}

// "desk/fields/Fagsystem" of a timer or a memory.
std::pair<SystemName, std::string> parts_of(std::string_view name) {
  const std::size_t slash = name.find('/');
  if (slash == name.npos) return {SystemName{std::string(name)}, ""};
  return {SystemName{std::string(name.substr(0, slash))}, std::string(name.substr(slash + 1))};
}

std::set<std::string> all_cut(const Case& state) {
  static const std::string kPrefix = "cut/";
  std::set<std::string> names;
  for (auto one = state.values.lower_bound(kPrefix); one != state.values.end(); ++one) {
    if (!one->first.starts_with(kPrefix)) break;
    names.insert(one->first.substr(kPrefix.size()));
  }
  return names;
}

}  // namespace

std::string field_slot(const std::string& field) { return "fields/" + field; }

std::string slot_of(const News& news) {
  return news.kind == News::Kind::status ? kStatusAttribute : field_slot(news.attribute);
}

bool is_cut(const Case& state, const SystemName& at, const std::string& slot) {
  return state.values.contains(cut_of(at, slot));
}

void remember_write(Unfolding& u, const News& echo, const Intent& intent) {
  if (echo.kind == News::Kind::comment) return;
  const LastWrite write{echo.at, intent.command.text(), echo.from, echo.value};
  u.fact(ValueKept{last_write_of(u.at(), slot_of(echo)), written_write(write)});
}

bool has_arrived(const Case& state, const Intent& intent, const std::string& slot) {
  const auto write = last_write(state, intent.at, slot);
  if (!write || write->command != intent.command.text()) return false;
  const std::string& newest = intent.values.back();
  return slot == kStatusAttribute ? write->value == newest
                                  : name_of_slot(slot) + "=" + write->value == newest;
}

bool cuts_loop(Unfolding& u, const News& news) {
  const std::string slot = slot_of(news);
  if (news.kind == News::Kind::comment) return false;
  if (is_cut(u.state(), u.at(), slot)) {
    still_cut(u, slot);
    return true;
  }
  const auto write = last_write(u.state(), u.at(), slot);
  if (!write || !undoes(*write, news)) return false;
  u.fact(WriteUndone{u.at(), slot, news.value});
  if (bounces_lately(u.state(), u.at(), slot, u.around().now) < kBouncesMost) return false;
  cut(u, slot, news);
  return true;
}

void end_loop(Unfolding& u, const SystemName& at, const std::string& slot, const Phrase& how) {
  u.because("Tried again: {field} in {system}, {how}.",
            {{"field", name_of_slot(slot)}, {"system", at}, {"how", how}});
  u.fact(LoopEnded{at, slot, how});
  const std::string timer = loop_timer(at, slot);
  if (u.state().timers.contains(timer)) u.fact(TimerStopped{timer});
  // "loop/desk/fields/Fagsystem" may fire an hour after a reload took the system away.
  if (u.mapping().system(at) == nullptr)
    return u.because("Not written: the mapping no longer has the system {system}.",
                     {{"system", at}});
  const auto ticket = u.state().tickets.find(at);
  if (ticket == u.state().tickets.end() || ticket->second.gone) return;
  if (slot == kStatusAttribute) {
    if (!u.state().closed) show_status(u, u.state().status, u.activity().where);
  } else {
    take_what_stands(u, at, name_of_slot(slot));
  }
}

void end_all_loops(Unfolding& u, const Phrase& how) {
  for (const std::string& name : all_cut(u.state())) {
    const auto [at, slot] = parts_of(name);
    end_loop(u, at, slot, how);
  }
}

bool loop_timer_came(Unfolding& u, const std::string& name) {
  if (!name.starts_with(kLoopTimer)) return false;
  const auto [at, slot] = parts_of(std::string_view(name).substr(kLoopTimer.size()));
  u.fact(TimerStopped{name});
  if (is_cut(u.state(), at, slot)) end_loop(u, at, slot, {"it has been quiet for an hour", {}});
  return true;
}

std::string cut_lines(const Unfolding& u) {
  std::string lines;
  for (const std::string& name : all_cut(u.state())) {
    const auto [at, slot] = parts_of(name);
    lines += (lines.empty() ? "" : "\n") + name_of_slot(slot) + " (" + at.text() + ")";
  }
  return lines;
}

}  // namespace saksbro::core
