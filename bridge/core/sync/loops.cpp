#include "bridge/core/sync/loops.h"

#include <optional>
#include <set>

#include "bridge/core/model/last_write.h"

namespace saksbro::core {
namespace {

constexpr int kBouncesMost = 3;
constexpr std::chrono::hours kQuiet{1};
constexpr std::chrono::seconds kPrompt{30};  // faster than people

bool undoes(const LastWrite& write, const TicketChange& news) {
  if (news.value == write.value || news.at < write.at) return false;
  if (news.from != write.value) return false;  // somebody else wrote meanwhile
  return news.value == write.before || news.at - write.at <= kPrompt;
}

void tell_loop(DecisionBuilder& b, const std::string& slot) {
  const SystemMapping& system = b.mapping().known_system(b.at());
  const auto ticket = b.state().tickets.find(b.at());
  const bool here = !system.external && ticket != b.state().tickets.end() && !ticket->second.gone;
  const auto told = here ? std::optional(b.at()) : b.desk();
  if (!told) return b.because("No ticket can show this; the case note and the metrics do.");
  const std::string& title = system.title.in(b.language_of(*told));
  b.say(*told,
        b.text(b.mapping().texts.loop, *told,
               {{"field", name_of_slot(slot)}, {"system", title.empty() ? b.at().text() : title}}),
        Visibility::internal, system.where);
}

void cut(DecisionBuilder& b, const std::string& slot, const TicketChange& news) {
  b.because(
      "Loop stopped: {field} in {system} was rewritten {count} times within an hour after Saksbro "
      "wrote it. Saksbro leaves it at \"{value}\" until nothing has changed it for an hour.",
      {{"field", name_of_slot(slot)},
       {"system", b.at()},
       {"count", std::to_string(kBouncesMost)},
       {"value", news.value}});
  b.fact(LoopCut{b.at(), slot, news.value});
  b.fact(TimerSet{loop_timer(b.at(), slot), b.around().now + kQuiet});
  tell_loop(b, slot);
}

// Each change while it is cut begins the hour anew.
void still_cut(DecisionBuilder& b, const std::string& slot) {
  b.because(
      "Ignored: {field} in {system} is rewritten again and again, and Saksbro leaves it alone.",
      {{"field", name_of_slot(slot)}, {"system", b.at()}});
  b.fact(TimerSet{loop_timer(b.at(), slot), b.around().now + kQuiet});
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
  std::vector<CutAttribute> all;
  for (const auto& [at, ticket] : state.memory.tickets) {
    for (const auto& [slot, value] : ticket.cut) all.push_back({at, slot});
  }
  return all;
}

void remember_write(DecisionBuilder& b, const TicketChange& echo, const Intent& intent) {
  if (echo.kind == TicketChange::Kind::comment) return;
  b.remember(WriteSeen{b.at(), slot_of(echo), {echo.at, intent.command, echo.from, echo.value}});
}

bool cuts_loop(DecisionBuilder& b, const TicketChange& news) {
  const std::string slot = slot_of(news);
  if (news.kind == TicketChange::Kind::comment) return false;
  if (is_cut(b.state(), b.at(), slot)) {
    still_cut(b, slot);
    return true;
  }
  const LastWrite* write = last_write(b.state(), b.at(), slot);
  if (write == nullptr || !undoes(*write, news)) return false;
  b.fact(WriteUndone{b.at(), slot, news.value});
  if (bounces_since(b.state(), b.at(), slot, b.around().now - kQuiet) < kBouncesMost) return false;
  cut(b, slot, news);
  return true;
}

std::string cut_lines(const DecisionBuilder& b) {
  std::string lines;
  for (const auto& [at, slot] : all_cut(b.state())) {
    lines += (lines.empty() ? "" : "\n") + name_of_slot(slot) + " (" + at.text() + ")";
  }
  return lines;
}

}  // namespace saksbro::core
