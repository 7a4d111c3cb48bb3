#include "bridge/core/decide/pending_answers.h"

#include <algorithm>

#include "bridge/core/decide/signals.h"
#include "bridge/core/model/memory.h"
#include "bridge/core/model/ticket_words.h"
#include "bridge/core/sync/echo.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

// So long people take from their words to the status that goes with them.
constexpr std::chrono::seconds kStatusMayFollow{30};
constexpr std::string_view kTimer = "pending/";
constexpr const char* kWaits = "yes";
constexpr const char* kOver = "over";  // the time is: whatever the next look shows is heard

bool is_passed_on(const SystemMapping& system) {
  return std::any_of(system.signals.begin(), system.signals.end(), [](const auto& one) {
    return std::any_of(one.second.begin(), one.second.end(),
                       [](const Cue& cue) { return cue.kind == Cue::Kind::comment; });
  });
}

// Whether one of the ticket's statuses would take the words that were said before it.
bool a_status_may_take_words(const Unfolding& u, const SystemMapping& system, const Role& role) {
  return std::any_of(system.signals.begin(), system.signals.end(), [&](const auto& one) {
    return std::any_of(one.second.begin(), one.second.end(),
                       [](const Cue& cue) { return cue.kind == Cue::Kind::status; }) &&
           keeps_words(u, one.first, role);
  });
}

bool says_a_signal(const SystemMapping& system, const News& news) {
  return news.kind == News::Kind::status && !said_by_status(system, news.value).empty();
}

bool may_wait(const Unfolding& u, const SystemMapping& system, const News& news,
              const Ticket& ticket) {
  if (news.kind != News::Kind::comment || news.visibility != Visibility::everyone) return false;
  if (own_reference(u.state(), news.id, news.value)) return false;
  if (!written_commands(news.value).empty()) return false;
  const auto role = system.role_of(news.by, ticket.groups);
  return role && a_status_may_take_words(u, system, *role);
}

std::string told(const Unfolding& u) {
  const auto found = u.state().values.find(pending_at(u.at()));
  return found == u.state().values.end() ? "" : found->second;
}

void end_pending(Unfolding& u) {
  if (!told(u).empty()) u.fact(ValueKept{pending_at(u.at()), ""});
  if (u.state().timers.contains(answer_timer(u.at()))) u.fact(TimerStopped{answer_timer(u.at())});
}

void begin(Unfolding& u) {
  u.because("An answer in {system} waits a moment: a status that it explains may follow.",
            {{"system", u.at()}});
  if (told(u) == kWaits) return;
  u.fact(ValueKept{pending_at(u.at()), kWaits});
  u.fact(TimerSet{answer_timer(u.at()), u.around().now + kStatusMayFollow});
}

}  // namespace

std::set<std::string> pending_answers(Unfolding& u, const std::vector<News>& news,
                                      const Ticket& ticket) {
  const SystemMapping& system = u.mapping().known_system(u.at());
  std::set<std::string> waiting;
  const bool asked = u.state().waiting && u.state().waiting->at == u.at();
  const bool said = std::any_of(news.begin(), news.end(),
                                [&](const News& one) { return says_a_signal(system, one); });
  if (is_passed_on(system) && !asked && !said && !u.around().recovering && told(u) != kOver) {
    for (const News& one : news) {
      if (may_wait(u, system, one, ticket)) waiting.insert(one.id);
    }
  }
  if (waiting.empty()) {
    end_pending(u);
  } else {
    begin(u);
  }
  return waiting;
}

std::string answer_timer(const SystemName& at) { return std::string(kTimer) + at.text(); }

bool is_answer_timer(const std::string& name) { return name.starts_with(kTimer); }

bool answer_timer_came(Unfolding& u, const std::string& name) {
  if (!is_answer_timer(name)) return false;
  u.fact(TimerStopped{name});
  const SystemName at{name.substr(kTimer.size())};
  const auto ticket = u.state().tickets.find(at);
  const SystemMapping* system = u.mapping().system(at);
  // A reload may have taken the system away.
  if (system == nullptr || ticket == u.state().tickets.end() || ticket->second.gone) {
    u.because("Nothing to do: the case has no ticket in {system} any more.", {{"system", at}});
    return true;
  }
  u.because("No status has followed the answer in {system}: it is a message.", {{"system", at}});
  u.fact(ValueKept{pending_at(at), kOver});
  (void)u.look(at, ticket->second.key, system->where);
  return true;
}

}  // namespace saksbro::core
