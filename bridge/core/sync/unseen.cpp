#include "bridge/core/sync/unseen.h"

#include <algorithm>
#include <vector>

#include "bridge/core/model/last_write.h"

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
  if (intent.attribute == "comment") return state.memory.echoes.contains(intent.values.front());
  const std::string& wanted = intent.values.back();
  if (intent.attribute == kStatusAttribute)
    return ticket->second.status == wanted || has_arrived(state, intent, kStatusAttribute);
  const std::size_t equals = wanted.find('=');
  const std::string field = wanted.substr(0, equals);
  const auto shown = ticket->second.fields.find(field);
  return (shown != ticket->second.fields.end() && shown->second == wanted.substr(equals + 1)) ||
         has_arrived(state, intent, field_slot(field));
}

void end(DecisionBuilder& b, const IdempotencyKey& command, bool told) {
  b.fact(EffectSeen{command});
  if (b.state().timers.contains(unseen_timer(command))) b.fact(TimerStopped{unseen_timer(command)});
  if (told) b.because("Seen at last: {command}.", {{"command", command}});
}

void tell_unseen(DecisionBuilder& b, const Unseen& missed) {
  const auto desk = b.desk();
  if (!desk) return b.because("No ticket can show this; the metrics and `outbox` do.");
  const SystemMapping* system = b.mapping().system(missed.intent.at);
  const std::string title = system == nullptr ? "" : system->title.in(b.language_of(*desk));
  b.say(
      *desk,
      b.text(b.mapping().texts.unseen, *desk,
             {{"what", missed.verb}, {"system", title.empty() ? missed.intent.at.text() : title}}),
      Visibility::internal, b.mapping().known_system(*desk).where);
}

}  // namespace

std::optional<Intent> effect_of(const Case& state, const SystemName& at,
                                const CommandResult& settled) {
  if (settled.verb == "create") return Intent{settled.command, at, kTicket, {}};
  const auto found =
      std::find_if(state.intents.begin(), state.intents.end(),
                   [&](const Intent& intent) { return intent.command == settled.command; });
  return found == state.intents.end() ? std::nullopt : std::optional(*found);
}

void await_effect(DecisionBuilder& b, const CommandResult& settled,
                  const std::optional<Intent>& effect) {
  if (!settled.can_be_seen || !effect || case_shows(b.state(), *effect)) return;
  b.because("Not seen yet: {command}.", {{"command", settled.command}});
  b.fact(EffectAwaited{*effect, settled.verb});
  b.fact(TimerSet{unseen_timer(settled.command), b.around().now + kMissedAfter});
}

void see_effects(DecisionBuilder& b) {
  const auto unseen = b.state().unseen;
  for (const auto& [command, one] : unseen) {
    if (one.intent.at == b.at() && case_shows(b.state(), one.intent)) end(b, command, one.told);
  }
}

bool is_effect_timer(const std::string& name) { return name.starts_with(kUnseenTimer); }

bool effect_timer_came(DecisionBuilder& b, const std::string& name) {
  if (!is_effect_timer(name)) return false;
  b.fact(TimerStopped{name});
  const IdempotencyKey command{name.substr(kUnseenTimer.size())};
  const auto found = b.state().unseen.find(command);
  if (found == b.state().unseen.end()) {
    b.because("Nothing to do: {command} has been seen.", {{"command", command}});
    return true;
  }
  const Unseen missed = found->second;
  if (case_shows(b.state(), missed.intent)) {
    end(b, command, true);
    return true;
  }
  b.because("Not confirmed: {command} was done in {system}, but no read has shown it since.",
            {{"command", command}, {"system", missed.intent.at}});
  b.fact(EffectMissed{command, missed.intent.at, missed.verb});
  tell_unseen(b, missed);
  return true;
}

std::string unseen_lines(const DecisionBuilder& b) {
  std::string lines;
  for (const auto& [command, one] : b.state().unseen) {
    if (one.told)
      lines += (lines.empty() ? "" : "\n") + one.verb + " (" + one.intent.at.text() + ")";
  }
  return lines;
}

}  // namespace saksbro::core
