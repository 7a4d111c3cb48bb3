#include "bridge/core/sync/unseen.h"

#include <algorithm>
#include <vector>

#include "bridge/core/model/last_write.h"
#include "bridge/core/model/memory.h"

namespace saksbro::core {
namespace {

constexpr std::chrono::minutes kMissedAfter{10};
constexpr std::string_view kUnseenTimer = "unseen/";
constexpr const char* kTicket = "ticket";  // the attribute of a create

std::string unseen_timer(const IdempotencyKey& command) {
  return std::string(kUnseenTimer) + command.text();
}

bool case_shows(const Case& state, const Intent& intent) {
  const auto ticket = state.tickets.find(intent.at);
  if (ticket == state.tickets.end()) return false;
  if (intent.attribute == kTicket || ticket->second.gone) return true;
  if (intent.attribute == "comment") return state.values.contains("echo/" + intent.values.front());
  const std::string& wanted = intent.values.back();
  if (intent.attribute == kStatusAttribute)
    return ticket->second.status == wanted || has_arrived(state, intent, kStatusAttribute);
  const std::size_t equals = wanted.find('=');
  const std::string field = wanted.substr(0, equals);
  const auto shown = ticket->second.fields.find(field);
  return (shown != ticket->second.fields.end() && shown->second == wanted.substr(equals + 1)) ||
         has_arrived(state, intent, field_slot(field));
}

void end(Unfolding& u, const IdempotencyKey& command, bool told) {
  u.fact(EffectSeen{command});
  if (u.state().timers.contains(unseen_timer(command))) u.fact(TimerStopped{unseen_timer(command)});
  if (told) u.because("Seen at last: {command}.", {{"command", command}});
}

void tell_unseen(Unfolding& u, const Unseen& missed) {
  const auto desk = u.desk();
  if (!desk) return u.because("No ticket can show it: the metrics and `outbox` do.");
  const SystemMapping* system = u.mapping().system(missed.intent.at);
  const std::string title = system == nullptr ? "" : system->title.in(u.language_of(*desk));
  u.say(
      *desk,
      u.text(u.mapping().texts.unseen, *desk,
             {{"what", missed.verb}, {"system", title.empty() ? missed.intent.at.text() : title}}),
      Visibility::internal, u.mapping().known_system(*desk).where);
}

}  // namespace

std::optional<Intent> effect_of(const Case& state, const SystemName& at, const Settled& settled) {
  if (settled.verb == "create") return Intent{settled.command, at, kTicket, {}};
  const auto found =
      std::find_if(state.intents.begin(), state.intents.end(),
                   [&](const Intent& intent) { return intent.command == settled.command; });
  return found == state.intents.end() ? std::nullopt : std::optional(*found);
}

void await_effect(Unfolding& u, const Settled& settled, const std::optional<Intent>& effect) {
  if (!settled.can_be_seen || !effect || case_shows(u.state(), *effect)) return;
  u.because("Not seen yet: {command}.", {{"command", settled.command}});
  u.fact(EffectAwaited{*effect, settled.verb});
  u.fact(TimerSet{unseen_timer(settled.command), u.around().now + kMissedAfter});
}

void see_effects(Unfolding& u) {
  const auto unseen = u.state().unseen;
  for (const auto& [command, one] : unseen) {
    if (one.intent.at == u.at() && case_shows(u.state(), one.intent)) end(u, command, one.told);
  }
}

bool is_effect_timer(const std::string& name) { return name.starts_with(kUnseenTimer); }

bool effect_timer_came(Unfolding& u, const std::string& name) {
  if (!is_effect_timer(name)) return false;
  u.fact(TimerStopped{name});
  const IdempotencyKey command{name.substr(kUnseenTimer.size())};
  const auto found = u.state().unseen.find(command);
  if (found == u.state().unseen.end()) {
    u.because("Nothing to do: {command} has been seen.", {{"command", command}});
    return true;
  }
  const Unseen missed = found->second;
  if (case_shows(u.state(), missed.intent)) {
    end(u, command, true);
    return true;
  }
  u.because("Missed: {command} was done in {system}, and no look has shown it since.",
            {{"command", command}, {"system", missed.intent.at}});
  u.fact(EffectMissed{command, missed.intent.at, missed.verb});
  tell_unseen(u, missed);
  return true;
}

std::string unseen_lines(const Unfolding& u) {
  std::string lines;
  for (const auto& [command, one] : u.state().unseen) {
    if (one.told)
      lines += (lines.empty() ? "" : "\n") + one.verb + " (" + one.intent.at.text() + ")";
  }
  return lines;
}

}  // namespace saksbro::core
