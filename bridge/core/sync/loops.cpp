#include "bridge/core/sync/loops.h"

#include <optional>
#include <set>

#include "bridge/core/model/last_write.h"
#include "bridge/core/model/memory.h"

namespace saksbro::core {
namespace {

constexpr int kBouncesMost = 3;
constexpr std::chrono::hours kQuiet{1};
constexpr std::chrono::seconds kPrompt{30};  // faster than people

bool undoes(const LastWrite& write, const News& news) {
  if (news.value == write.value || news.at < write.at) return false;
  if (news.from != write.value) return false;  // somebody else wrote meanwhile
  return news.value == write.before || news.at - write.at <= kPrompt;
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

}  // namespace

std::string loop_timer(const SystemName& at, const std::string& slot) {
  return std::string(kLoopTimer) + at.text() + "/" + slot;
}

CutAttribute cut_attribute(std::string_view name) {
  const std::size_t slash = name.find('/');
  if (slash == name.npos) return {SystemName{std::string(name)}, ""};
  return {SystemName{std::string(name.substr(0, slash))}, std::string(name.substr(slash + 1))};
}

std::vector<CutAttribute> all_cut(const Case& state) {
  static const std::string kPrefix = "cut/";
  std::vector<CutAttribute> all;
  for (auto one = state.values.lower_bound(kPrefix); one != state.values.end(); ++one) {
    if (!one->first.starts_with(kPrefix)) break;
    all.push_back(cut_attribute(std::string_view(one->first).substr(kPrefix.size())));
  }
  return all;
}

void remember_write(Unfolding& u, const News& echo, const Intent& intent) {
  if (echo.kind == News::Kind::comment) return;
  const LastWrite write{echo.at, intent.command.text(), echo.from, echo.value};
  u.fact(ValueKept{last_write_of(u.at(), slot_of(echo)), written_write(write)});
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
  if (bounces_since(u.state(), u.at(), slot, u.around().now - kQuiet) < kBouncesMost) return false;
  cut(u, slot, news);
  return true;
}

std::string cut_lines(const Unfolding& u) {
  std::string lines;
  for (const auto& [at, slot] : all_cut(u.state())) {
    lines += (lines.empty() ? "" : "\n") + name_of_slot(slot) + " (" + at.text() + ")";
  }
  return lines;
}

}  // namespace saksbro::core
