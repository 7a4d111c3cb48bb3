#include "bridge/core/decide/pending_answers.h"

#include <algorithm>

#include "bridge/core/decide/signals.h"
#include "bridge/core/model/ticket_words.h"
#include "bridge/core/sync/echo.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

// So long people take from their words to the status that goes with them.
constexpr std::chrono::seconds kStatusMayFollow{30};
constexpr std::string_view kTimer = "pending/";

bool is_passed_on(const SystemMapping& system) {
  return std::any_of(system.signals.begin(), system.signals.end(), [](const auto& one) {
    return std::any_of(one.second.begin(), one.second.end(),
                       [](const Cue& cue) { return cue.kind == Cue::Kind::comment; });
  });
}

// Whether one of the ticket's statuses would take the words that were said before it.
bool a_status_may_take_words(const DecisionBuilder& b, const SystemMapping& system,
                             const Role& role) {
  return std::any_of(system.signals.begin(), system.signals.end(), [&](const auto& one) {
    return std::any_of(one.second.begin(), one.second.end(),
                       [](const Cue& cue) { return cue.kind == Cue::Kind::status; }) &&
           keeps_words(b, one.first, role);
  });
}

bool says_a_signal(const SystemMapping& system, const TicketChange& news) {
  return news.kind == TicketChange::Kind::status && !said_by_status(system, news.value).empty();
}

bool may_wait(const DecisionBuilder& b, const SystemMapping& system, const TicketChange& news,
              const Ticket& ticket) {
  if (news.kind != TicketChange::Kind::comment || news.visibility != Visibility::everyone)
    return false;
  if (own_reference(b.state(), news.id, news.value)) return false;
  if (!written_commands(news.value).empty()) return false;
  const auto role = system.role_of(news.by, ticket.groups);
  return role && a_status_may_take_words(b, system, *role);
}

HeldAnswers held(const DecisionBuilder& b) { return memory_of(b.state().memory, b.at()).answers; }

void end_pending(DecisionBuilder& b) {
  if (held(b) != HeldAnswers::none) b.remember(AnswersHeld{b.at(), HeldAnswers::none});
  if (b.state().timers.contains(answer_timer(b.at()))) b.fact(TimerStopped{answer_timer(b.at())});
}

void begin(DecisionBuilder& b) {
  b.because("An answer in {system} is held briefly: the status that it explains may follow.",
            {{"system", b.at()}});
  if (held(b) == HeldAnswers::waiting) return;
  b.remember(AnswersHeld{b.at(), HeldAnswers::waiting});
  b.fact(TimerSet{answer_timer(b.at()), b.around().now + kStatusMayFollow});
}

}  // namespace

std::set<std::string> pending_answers(DecisionBuilder& b, const std::vector<TicketChange>& news,
                                      const Ticket& ticket) {
  const SystemMapping& system = b.mapping().known_system(b.at());
  std::set<std::string> waiting;
  const bool asked = b.state().waiting && b.state().waiting->at == b.at();
  const bool said = std::any_of(news.begin(), news.end(), [&](const TicketChange& one) {
    return says_a_signal(system, one);
  });
  const bool may_be_held = is_passed_on(system) && !asked && !said && !b.around().recovering;
  if (may_be_held && held(b) != HeldAnswers::over) {
    for (const TicketChange& one : news) {
      if (may_wait(b, system, one, ticket)) waiting.insert(one.id);
    }
  }
  if (waiting.empty()) {
    end_pending(b);
  } else {
    begin(b);
  }
  return waiting;
}

std::string answer_timer(const SystemName& at) { return std::string(kTimer) + at.text(); }

bool is_answer_timer(const std::string& name) { return name.starts_with(kTimer); }

bool answer_timer_came(DecisionBuilder& b, const std::string& name) {
  if (!is_answer_timer(name)) return false;
  b.fact(TimerStopped{name});
  const SystemName at{name.substr(kTimer.size())};
  const auto ticket = b.state().tickets.find(at);
  const SystemMapping* system = b.mapping().system(at);
  // A reload may have taken the system away.
  if (system == nullptr || ticket == b.state().tickets.end() || ticket->second.gone) {
    b.because("Nothing to do: the case no longer has a ticket in {system}.", {{"system", at}});
    return true;
  }
  b.because("No status has followed the answer in {system}: it is a message.", {{"system", at}});
  b.remember(AnswersHeld{at, HeldAnswers::over});
  (void)b.look(at, ticket->second.key, system->where);
  return true;
}

}  // namespace saksbro::core
