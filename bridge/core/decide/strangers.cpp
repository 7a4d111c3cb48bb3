#include "bridge/core/decide/strangers.h"

#include <algorithm>

#include "bridge/core/decide/steps.h"
#include "bridge/core/model/ticket_words.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

// Trackers count whole seconds.
constexpr std::chrono::seconds kCommentStampGrain{2};
// A clock that differs more is not a wrong clock, but a state that was read long ago.
constexpr std::chrono::hours kSkewMost{1};

// By our clock: `read_at` is the tracker's own, and we have got the state just now.
Instant registered_by_our_clock(const Ticket& ticket, const Surroundings& around) {
  // A mail has one stamp for all: it says nothing of any clock.
  if (ticket.read_at == ticket.created) return ticket.created;
  const auto skew = around.now - ticket.read_at;
  return std::chrono::abs(skew) < kSkewMost ? ticket.created + skew : ticket.created;
}

bool comment_says(const SystemMapping& system, const Signal& signal, const std::string& comment) {
  const auto cues = system.signals.find(signal);
  if (cues == system.signals.end()) return false;
  const auto commands = written_commands(comment);
  return std::any_of(commands.begin(), commands.end(), [&](const WrittenCommand& command) {
    return std::any_of(cues->second.begin(), cues->second.end(), [&](const Cue& cue) {
      return cue.kind == Cue::Kind::command && after_phrase(command.words, cue.what);
    });
  });
}

const Person& set_by(const Ticket& ticket) {
  for (auto one = ticket.changes.rbegin(); one != ticket.changes.rend(); ++one) {
    if (one->attribute == kStatusAttribute) return one->author;
  }
  return ticket.author;
}

bool can_be_heard(const DecisionBuilder& b, const Signal& signal, const Role& role) {
  const auto open = open_transitions(b);
  return std::any_of(open.begin(), open.end(), [&](const Transition* one) {
    return one->on == signal && allows(*one, role) && b.holds(one->when);
  });
}

}  // namespace

bool was_there_before(const Ticket& ticket, const Surroundings& around) {
  return registered_by_our_clock(ticket, around) + kCommentStampGrain < around.epoch;
}

bool is_asked_for(const Mapping& mapping, const Process& process, const SystemName& at,
                  const Ticket& ticket) {
  const SystemMapping& system = mapping.known_system(at);
  return std::any_of(ticket.comments.begin(), ticket.comments.end(), [&](const Comment& comment) {
    return system.role_of(comment.author, ticket.groups) &&
           comment_says(system, process.start, comment.text);
  });
}

bool begins_with(const Mapping& mapping, const Process& process, const Begin& begin,
                 const Ticket& ticket, const Surroundings& around) {
  if (!was_there_before(ticket, around)) return true;
  if (begin.from && ticket.created >= instant_of(mapping.calendar, *begin.from)) return true;
  return is_asked_for(mapping, process, begin.at, ticket);
}

bool is_over(const Mapping& mapping, const Process& process, const SystemName& at,
             const Ticket& ticket) {
  if (process.statuses.empty()) return false;
  return mapping.known_system(at).status_from(ticket.status) == process.statuses.back();
}

void hear_standing_status(DecisionBuilder& b, const Ticket& ticket) {
  const SystemMapping& system = b.mapping().known_system(b.at());
  const Person& by = set_by(ticket);
  const auto role = system.role_of(by, ticket.groups);
  if (!role) return;
  for (const Signal& signal : said_by_status(system, ticket.status)) {
    if (!can_be_heard(b, signal, *role)) continue;
    SignalEvent heard;
    heard.signal = signal;
    heard.at = b.at();
    heard.by = by;
    heard.role = *role;
    heard.how = {"The status \"{word}\" that it stands at", {{"word", ticket.status}}};
    hear(b, heard);
    return;
  }
}

}  // namespace saksbro::core
