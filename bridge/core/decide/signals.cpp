#include "bridge/core/decide/signals.h"

#include <algorithm>

#include "bridge/contract/nearest.h"
#include "bridge/contract/own_words.h"
#include "bridge/core/decide/deviations.h"
#include "bridge/core/decide/given.h"
#include "bridge/core/decide/help.h"
#include "bridge/core/decide/steps.h"
#include "bridge/core/model/audience.h"
#include "bridge/core/model/ticket_words.h"
#include "bridge/core/sync/echo.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

// A reply and the status that it explains are often two calls. Older words belong to something
// else.
constexpr std::chrono::minutes kWordsBelongTogether{15};

struct Match {
  Signal signal;
  std::string text;
  bool beside = false;  // all of it stands in the lines below the command
};

// The last public words of that party around the time of its move. A comment with commands has said
// what it says.
const Comment* words_with(const DecisionBuilder& b, const Ticket& ticket,
                          const TicketChange& news) {
  const SystemMapping& system = b.mapping().known_system(b.at());
  const auto role = system.role_of(news.by, ticket.groups);
  for (auto one = ticket.comments.rbegin(); one != ticket.comments.rend(); ++one) {
    const auto apart = std::chrono::abs(one->at - news.at);
    if (one->visibility != Visibility::everyone || apart > kWordsBelongTogether) continue;
    if (system.role_of(one->author, ticket.groups) != role ||
        own_reference(b.state(), one->id, one->text)) {
      continue;
    }
    if (written_commands(one->text).empty() && !own_words(one->text).empty()) return &*one;
  }
  return nullptr;
}

SignalEvent heard_from(const DecisionBuilder& b, const TicketChange& news, const Role& role) {
  SignalEvent heard;
  heard.at = b.at();
  heard.by = news.by;
  heard.role = role;
  heard.explicit_move = true;
  if (news.kind != TicketChange::Kind::comment) {
    heard.attribute = news.kind == TicketChange::Kind::status ? kStatusAttribute : news.attribute;
    heard.from = news.from;
  }
  // Everybody at the ticket sees a status or a field.
  heard.visibility =
      news.kind == TicketChange::Kind::comment ? news.visibility : Visibility::everyone;
  return heard;
}

void hear_each(DecisionBuilder& b, const std::vector<Signal>& signals, SignalEvent heard) {
  for (const Signal& signal : signals) {
    heard.signal = signal;
    hear(b, heard);
  }
}

// Who moves on without the words that were waited for has changed their mind.
void forget_waiting(DecisionBuilder& b, const std::vector<Signal>& signals,
                    const TicketChange& news, const Ticket& ticket, const Role& role) {
  const auto& waiting = b.state().waiting;
  if (!waiting || waiting->at != b.at()) return;
  if (b.mapping().known_system(b.at()).role_of(waiting->by, ticket.groups) != role) return;
  if (std::find(signals.begin(), signals.end(), waiting->signal) != signals.end()) return;
  b.because("\"{signal}\" is no longer expected: the status is \"{word}\" now.",
            {{"signal", waiting->signal}, {"word", news.value}});
  b.fact(SignalDeferred{});
}

// Renamed in the tracker, or new there: somebody must mend the mapping, or choose another. Once.
void tell_known_statuses(DecisionBuilder& b, const SystemMapping& system,
                         const std::string& status) {
  const auto& told = memory_of(b.state().memory, b.at()).unknown_statuses;
  const bool before = std::find(told.begin(), told.end(), status) != told.end();
  if (before || b.is_gone(b.at())) return;
  std::string known;
  for (const auto& [ours, theirs] : system.status_words)
    known += (known.empty() ? "" : ", ") + theirs;
  b.because("Known are: {known}.", {{"known", known}});
  b.remember(UnknownStatusTold{b.at(), status});
  b.say(b.at(),
        b.text(b.mapping().texts.unknown_status, b.at(), {{"status", status}, {"known", known}}),
        answered_for(system, Visibility::everyone), system.where);
}

void hear_status(DecisionBuilder& b, const SystemMapping& system, const TicketChange& news,
                 const Ticket& ticket, const Role& role) {
  const auto status = system.status_from(news.value);
  SignalEvent heard = heard_from(b, news, role);
  heard.how = {"Status \"{word}\"", {{"word", news.value}}};
  if (!status) {
    const Phrase what{"status \"{word}\" stands in no table of {file}",
                      {{"word", news.value}, {"file", system.where}}};
    b.because("Parked: {what}.", {{"what", what}});
    b.fact(DeviationNoted{b.at(), news.by, role, Signal{}, heard.how, what});
    tell_known_statuses(b, system, news.value);
    return;
  }
  const auto signals = status_signals(system, status);
  if (system.follows_status && *status == b.state().status) {
    b.because("{how} is the status that the case has: nothing to do.", {{"how", heard.how}});
    return;
  }
  if (signals.empty() && system.follows_status) {
    not_possible(b, heard, false);
  } else if (signals.empty()) {
    b.because("{how} in {system} has no meaning in this process.",
              {{"how", heard.how}, {"system", b.at()}});
  }
  if (const Comment* words = words_with(b, ticket, news))
    heard.text = around_own_words(words->text);
  heard.beside = true;
  forget_waiting(b, signals, news, ticket, role);
  hear_each(b, signals, std::move(heard));
}

// The word that the cue names, or another that people may type for it there.
bool is_word_of(const DecisionBuilder& b, const SystemMapping& system, const Cue& cue,
                const std::string& word) {
  if (cue.is == word) return true;
  return std::any_of(system.reads.begin(), system.reads.end(), [&](const ReadField& read) {
    return read.field == cue.what && our_word(b.mapping(), b.state(), read, word) ==
                                         our_word(b.mapping(), b.state(), read, cue.is);
  });
}

void hear_field(DecisionBuilder& b, const SystemMapping& system, const TicketChange& news,
                const Role& role) {
  const auto signals = cued(system, [&](const Cue& cue) {
    return cue.kind == Cue::Kind::field && cue.what == news.attribute &&
           is_word_of(b, system, cue, news.value);
  });
  SignalEvent heard = heard_from(b, news, role);
  heard.how = {"{field} = \"{word}\"", {{"field", news.attribute}, {"word", news.value}}};
  hear_each(b, signals, std::move(heard));
}

// The longest command phrase wins: "info ja" before "info".
std::optional<Match> matched(const SystemMapping& system, const WrittenCommand& written) {
  std::optional<Match> best;
  std::size_t longest = 0;
  for (const auto& [signal, cues] : system.signals) {
    for (const Cue& cue : cues) {
      if (cue.kind != Cue::Kind::command || cue.what.size() <= longest) continue;
      const auto rest = after_phrase(written.words, cue.what);
      if (!rest) continue;
      longest = cue.what.size();
      best =
          Match{signal, std::string(trimmed(*rest + "\n" + written.more)), trimmed(*rest).empty()};
    }
  }
  return best;
}

std::vector<std::string> phrases(const SystemMapping& system) {
  std::vector<std::string> all;
  for (const auto& [signal, cues] : system.signals) {
    for (const Cue& cue : cues) {
      if (cue.kind == Cue::Kind::command) all.push_back(cue.what);
    }
  }
  return all;
}

void answer(DecisionBuilder& b, const SystemMapping& system, const Words& words,
            const std::string& command, const Role& role, Visibility asked) {
  const HouseTexts& texts = b.mapping().texts;
  const auto near = nearest(command, phrases(system));
  DecisionBuilder::Values values{{"command", command},
                                 {"near", near.value_or("")},
                                 {"activity", b.activity().title.in(system.language)},
                                 {"possible", possible_now(b, b.at(), role)}};
  values["nearest"] = near ? b.text(texts.did_you_mean, b.at(), values) : "";
  b.say(b.at(), b.text(words, b.at(), values), answered_for(system, asked), system.where);
}

void answer_help(DecisionBuilder& b, const SystemMapping& system, const Role& role,
                 Visibility asked) {
  const std::string text = b.text(b.mapping().texts.help, b.at(),
                                  {{"activity", b.activity().title.in(system.language)},
                                   {"possible", commands_now(b, b.at(), role)},
                                   {"others", commands_of_others(b, b.at(), role)}});
  b.say(b.at(), std::string(trimmed(text)), answered_for(system, asked), system.where);
}

bool asks_for_help(const std::string& words) {
  const std::string low = lower(words);
  return low.empty() || low == "hjelp" || low == "help";
}

// What had no use of all that was written: a message like any other.
std::string hear_command(DecisionBuilder& b, const SystemMapping& system, const TicketChange& news,
                         const WrittenCommand& written, const Role& role) {
  const HouseTexts& texts = b.mapping().texts;
  if (asks_for_help(written.words)) {
    b.because("Help was requested.", {}, system.where);
    answer_help(b, system, role, news.visibility);
    return written.more;
  }
  const auto match = matched(system, written);
  if (!match) {
    b.because("\"{typed}\" is no command of {file}.",
              {{"typed", written.typed}, {"file", system.where}});
    answer(b, system, texts.unknown_command, written.words, role, news.visibility);
    return written.more;
  }
  if (match->signal == b.process().start) {
    b.because("The ticket already has a case.");
    answer(b, system, texts.help, written.words, role, news.visibility);
    return written.more;
  }
  SignalEvent heard = heard_from(b, news, role);
  heard.signal = match->signal;
  heard.text = match->text;
  heard.beside = match->beside;
  heard.how = written.typed;
  heard.typed = written.typed;
  heard.command = true;
  const Hearing hearing = hear(b, heard);
  if (hearing == Hearing::refused) return written.more;
  return hearing == Hearing::without_words ? heard.text : "";
}

// "Ja, det virker nå": the writer's own first word says it, and all of it are the words.
std::vector<Signal> replied(const SystemMapping& system, std::string_view comment) {
  const std::string low = lower(with_plain_blanks(own_words(comment)));
  const std::size_t end = low.find_first_of(" \t\r\n.,:;!?-");
  const std::string first = low.substr(0, end);
  return cued(system, [&](const Cue& cue) {
    return cue.kind == Cue::Kind::reply && lower(cue.what) == first;
  });
}

// A signal that waited for words gets them from the next thing its party says. What others keep to
// themselves stays with them.
bool end_waiting_by_answer(DecisionBuilder& b, const SystemMapping& system,
                           const TicketChange& news, const Role& role) {
  const auto waiting = b.state().waiting;
  if (!waiting || waiting->at != b.at()) return false;
  if (system.external && news.visibility == Visibility::internal) return false;
  SignalEvent heard = heard_from(b, news, role);
  heard.signal = waiting->signal;
  heard.text = around_own_words(news.value);
  heard.how = {"A comment", {}};
  heard.explicit_move = false;
  return !heard.text.empty() && hear(b, heard) != Hearing::refused;
}

void hear_comment(DecisionBuilder& b, const SystemMapping& system, const TicketChange& news,
                  const Role& role) {
  if (own_reference(b.state(), news.id, news.value)) {
    b.because("A comment that ends with Saksbro's own reference is ignored.");
    return;
  }
  const auto commands = written_commands(news.value);
  std::string words =
      commands.empty() ? std::string(trimmed(news.value)) : above_commands(news.value);
  for (const WrittenCommand& written : commands) {
    words += "\n" + hear_command(b, system, news, written, role);
  }
  words = trimmed(words);
  if (words.empty() || (commands.empty() && end_waiting_by_answer(b, system, news, role))) return;
  const bool is_public = news.visibility == Visibility::everyone;
  auto signals = is_public ? replied(system, words) : std::vector<Signal>{};
  const bool is_reply = !signals.empty();
  if (signals.empty()) {
    signals =
        cued(system, [&](const Cue& cue) { return cue.kind == Cue::Kind::comment && is_public; });
  }
  SignalEvent heard = heard_from(b, news, role);
  heard.how = {"A public comment", {}};
  // What is sent on is sent whole, quotations as quotations.
  heard.text = is_reply ? around_own_words(words) : words;
  heard.explicit_move = false;
  if (signals.empty())
    b.because("A comment in {system} is not forwarded: no line of the mapping forwards it.",
              {{"system", b.at()}});
  hear_each(b, signals, std::move(heard));
}

// A colleague of the supplier's who is in no list has written to a mailbox that nobody else reads.
void tell_of_a_stranger(DecisionBuilder& b, const SystemMapping& system, const TicketChange& news) {
  const auto desk = b.desk();
  if (!system.number || news.kind != TicketChange::Kind::comment || !desk) return;
  const std::string& title = system.title.in(b.language_of(*desk));
  b.say(*desk,
        b.text(b.mapping().texts.stranger, *desk,
               {{"who", news.by.name.empty() ? news.by.id : news.by.name},
                {"system", title.empty() ? b.at().text() : title},
                {"said", std::string(trimmed(news.value))}}),
        Visibility::internal, system.where);
}

}  // namespace

bool keeps_words(const DecisionBuilder& b, const Signal& signal, const Role& role) {
  const auto open = open_transitions(b);
  return std::any_of(open.begin(), open.end(), [&](const Transition* one) {
    return one->on == signal && allows(*one, role) && one->needs && b.holds(one->when) &&
           !is_given_in_a_field(b, *one->needs);
  });
}

void hear_news(DecisionBuilder& b, const TicketChange& news, const Ticket& ticket) {
  const SystemMapping& system = b.mapping().known_system(b.at());
  const auto role = system.role_of(news.by, ticket.groups);
  if (!role) {
    b.because("What \"{person}\" did in {system} is ignored: {file} gives this person no role.",
              {{"person", news.by.id}, {"system", b.at()}, {"file", system.where}});
    tell_of_a_stranger(b, system, news);
    return;
  }
  switch (news.kind) {
    case TicketChange::Kind::status:
      return hear_status(b, system, news, ticket, *role);
    case TicketChange::Kind::field:
      return hear_field(b, system, news, *role);
    case TicketChange::Kind::comment:
      return hear_comment(b, system, news, *role);
  }
}

std::set<std::string> words_of_moves(const DecisionBuilder& b,
                                     const std::vector<TicketChange>& news, const Ticket& ticket) {
  const SystemMapping& system = b.mapping().known_system(b.at());
  std::set<std::string> words;
  for (const TicketChange& one : news) {
    const auto role = system.role_of(one.by, ticket.groups);
    if (one.kind != TicketChange::Kind::status || !role) continue;
    for (const Signal& signal : status_signals(system, system.status_from(one.value))) {
      const Comment* comment = words_with(b, ticket, one);
      if (comment != nullptr && keeps_words(b, signal, *role)) words.insert(comment->id);
    }
  }
  return words;
}

void hear_what_waited(DecisionBuilder& b, const Ticket& ticket) {
  const auto waiting = b.state().waiting;
  if (!waiting || waiting->at != b.at()) return;
  const SystemMapping& system = b.mapping().known_system(b.at());
  const auto role = system.role_of(waiting->by, ticket.groups);
  const auto known = b.value(waiting->need);
  if (!role || !known || known->empty()) return;
  SignalEvent heard;
  heard.signal = waiting->signal;
  heard.at = waiting->at;
  heard.by = waiting->by;
  heard.role = *role;
  heard.how = {"What \"{signal}\" waited for", {{"signal", waiting->signal}}};
  hear(b, heard);
}

}  // namespace saksbro::core
