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
const Comment* words_with(const Unfolding& u, const Ticket& ticket, const News& news) {
  const SystemMapping& system = u.mapping().known_system(u.at());
  const auto role = system.role_of(news.by, ticket.groups);
  for (auto one = ticket.comments.rbegin(); one != ticket.comments.rend(); ++one) {
    const auto apart = std::chrono::abs(one->at - news.at);
    if (one->visibility != Visibility::everyone || apart > kWordsBelongTogether) continue;
    if (system.role_of(one->author, ticket.groups) != role ||
        own_reference(u.state(), one->id, one->text)) {
      continue;
    }
    if (written_commands(one->text).empty() && !own_words(one->text).empty()) return &*one;
  }
  return nullptr;
}

Heard heard_from(const Unfolding& u, const News& news, const Role& role) {
  Heard heard;
  heard.at = u.at();
  heard.by = news.by;
  heard.role = role;
  heard.explicit_move = true;
  if (news.kind != News::Kind::comment) {
    heard.attribute = news.kind == News::Kind::status ? kStatusAttribute : news.attribute;
    heard.from = news.from;
  }
  // Everybody at the ticket sees a status or a field.
  heard.visibility = news.kind == News::Kind::comment ? news.visibility : Visibility::everyone;
  return heard;
}

void hear_each(Unfolding& u, const std::vector<Signal>& signals, Heard heard) {
  for (const Signal& signal : signals) {
    heard.signal = signal;
    hear(u, heard);
  }
}

// Who moves on without the words that were waited for has changed their mind.
void forget_waiting(Unfolding& u, const std::vector<Signal>& signals, const News& news,
                    const Ticket& ticket, const Role& role) {
  const auto& waiting = u.state().waiting;
  if (!waiting || waiting->at != u.at()) return;
  if (u.mapping().known_system(u.at()).role_of(waiting->by, ticket.groups) != role) return;
  if (std::find(signals.begin(), signals.end(), waiting->signal) != signals.end()) return;
  u.because("\"{signal}\" is not waited for any more: the status is \"{word}\" now.",
            {{"signal", waiting->signal}, {"word", news.value}});
  u.fact(Waited{});
}

// Renamed in the tracker, or new there: somebody must mend the mapping, or choose another. Once.
void tell_known_statuses(Unfolding& u, const SystemMapping& system, const std::string& status) {
  const std::string memory = "told/status/" + u.at().text() + "/" + status;
  if (u.state().values.contains(memory) || u.is_gone(u.at())) return;
  std::string known;
  for (const auto& [ours, theirs] : system.status_words)
    known += (known.empty() ? "" : ", ") + theirs;
  u.because("Known are: {known}.", {{"known", known}});
  u.fact(ValueKept{memory, known});
  u.say(u.at(),
        u.text(u.mapping().texts.unknown_status, u.at(), {{"status", status}, {"known", known}}),
        answered_for(system, Visibility::everyone), system.where);
}

void hear_status(Unfolding& u, const SystemMapping& system, const News& news, const Ticket& ticket,
                 const Role& role) {
  const auto status = system.status_from(news.value);
  Heard heard = heard_from(u, news, role);
  heard.how = {"Status \"{word}\"", {{"word", news.value}}};
  if (!status) {
    const Phrase what{"status \"{word}\" stands in no table of {file}",
                      {{"word", news.value}, {"file", system.where}}};
    u.because("Parked: {what}.", {{"what", what}});
    u.fact(DeviationNoted{u.at(), news.by, role, Signal{}, heard.how, what});
    tell_known_statuses(u, system, news.value);
    return;
  }
  const auto signals = status_signals(system, status);
  if (system.follows_status && *status == u.state().status) {
    u.because("{how} is the status that the case has: nothing to do.", {{"how", heard.how}});
    return;
  }
  if (signals.empty() && system.follows_status) {
    not_possible(u, heard, false);
  } else if (signals.empty()) {
    u.because("{how} in {system} says nothing to the process.",
              {{"how", heard.how}, {"system", u.at()}});
  }
  if (const Comment* words = words_with(u, ticket, news))
    heard.text = around_own_words(words->text);
  heard.beside = true;
  forget_waiting(u, signals, news, ticket, role);
  hear_each(u, signals, std::move(heard));
}

void hear_field(Unfolding& u, const SystemMapping& system, const News& news, const Role& role) {
  const auto signals = cued(system, [&](const Cue& cue) {
    return cue.kind == Cue::Kind::field && cue.what == news.attribute && cue.is == news.value;
  });
  Heard heard = heard_from(u, news, role);
  heard.how = {"{field} = \"{word}\"", {{"field", news.attribute}, {"word", news.value}}};
  hear_each(u, signals, std::move(heard));
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

void answer(Unfolding& u, const SystemMapping& system, const Words& words,
            const std::string& command, const Role& role, Visibility asked) {
  const HouseTexts& texts = u.mapping().texts;
  const auto near = nearest(command, phrases(system));
  Unfolding::Values values{{"command", command},
                           {"near", near.value_or("")},
                           {"activity", u.activity().title.in(system.language)},
                           {"possible", possible_now(u, u.at(), role)}};
  values["nearest"] = near ? u.text(texts.did_you_mean, u.at(), values) : "";
  u.say(u.at(), u.text(words, u.at(), values), answered_for(system, asked), system.where);
}

void answer_help(Unfolding& u, const SystemMapping& system, const Role& role, Visibility asked) {
  const std::string text = u.text(u.mapping().texts.help, u.at(),
                                  {{"activity", u.activity().title.in(system.language)},
                                   {"possible", commands_now(u, u.at(), role)},
                                   {"others", commands_of_others(u, u.at(), role)}});
  u.say(u.at(), std::string(trimmed(text)), answered_for(system, asked), system.where);
}

bool asks_for_help(const std::string& words) {
  const std::string low = lower(words);
  return low.empty() || low == "hjelp" || low == "help";
}

// What had no use of all that was written: a message like any other.
std::string hear_command(Unfolding& u, const SystemMapping& system, const News& news,
                         const WrittenCommand& written, const Role& role) {
  const HouseTexts& texts = u.mapping().texts;
  if (asks_for_help(written.words)) {
    u.because("Help was asked for.", {}, system.where);
    answer_help(u, system, role, news.visibility);
    return written.more;
  }
  const auto match = matched(system, written);
  if (!match) {
    u.because("\"{typed}\" is no command of {file}.",
              {{"typed", written.typed}, {"file", system.where}});
    answer(u, system, texts.unknown_command, written.words, role, news.visibility);
    return written.more;
  }
  if (match->signal == u.process().start) {
    u.because("The ticket has a case already.");
    answer(u, system, texts.help, written.words, role, news.visibility);
    return written.more;
  }
  Heard heard = heard_from(u, news, role);
  heard.signal = match->signal;
  heard.text = match->text;
  heard.beside = match->beside;
  heard.how = written.typed;
  heard.typed = written.typed;
  heard.command = true;
  const Hearing hearing = hear(u, heard);
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
bool end_waiting_by_answer(Unfolding& u, const SystemMapping& system, const News& news,
                           const Role& role) {
  const auto waiting = u.state().waiting;
  if (!waiting || waiting->at != u.at()) return false;
  if (system.external && news.visibility == Visibility::internal) return false;
  Heard heard = heard_from(u, news, role);
  heard.signal = waiting->signal;
  heard.text = around_own_words(news.value);
  heard.how = {"A comment", {}};
  heard.explicit_move = false;
  return !heard.text.empty() && hear(u, heard) != Hearing::refused;
}

void hear_comment(Unfolding& u, const SystemMapping& system, const News& news, const Role& role) {
  if (own_reference(u.state(), news.id, news.value)) {
    u.because("A comment that ends with our own reference says nothing.");
    return;
  }
  const auto commands = written_commands(news.value);
  std::string words =
      commands.empty() ? std::string(trimmed(news.value)) : above_commands(news.value);
  for (const WrittenCommand& written : commands) {
    words += "\n" + hear_command(u, system, news, written, role);
  }
  words = trimmed(words);
  if (words.empty() || (commands.empty() && end_waiting_by_answer(u, system, news, role))) return;
  const bool is_public = news.visibility == Visibility::everyone;
  auto signals = is_public ? replied(system, words) : std::vector<Signal>{};
  const bool is_reply = !signals.empty();
  if (signals.empty()) {
    signals =
        cued(system, [&](const Cue& cue) { return cue.kind == Cue::Kind::comment && is_public; });
  }
  Heard heard = heard_from(u, news, role);
  heard.how = {"A public comment", {}};
  // What is sent on is sent whole, quotations as quotations.
  heard.text = is_reply ? around_own_words(words) : words;
  heard.explicit_move = false;
  if (signals.empty())
    u.because("A comment in {system} stays there: no line sends it on.", {{"system", u.at()}});
  hear_each(u, signals, std::move(heard));
}

// A colleague of the supplier's who is in no list has written to a mailbox that nobody else reads.
void tell_of_a_stranger(Unfolding& u, const SystemMapping& system, const News& news) {
  const auto desk = u.desk();
  if (!system.number || news.kind != News::Kind::comment || !desk) return;
  const std::string& title = system.title.in(u.language_of(*desk));
  u.say(*desk,
        u.text(u.mapping().texts.stranger, *desk,
               {{"who", news.by.name.empty() ? news.by.id : news.by.name},
                {"system", title.empty() ? u.at().text() : title},
                {"said", std::string(trimmed(news.value))}}),
        Visibility::internal, system.where);
}

}  // namespace

bool keeps_words(const Unfolding& u, const Signal& signal, const Role& role) {
  const auto open = open_transitions(u);
  return std::any_of(open.begin(), open.end(), [&](const Transition* one) {
    return one->on == signal && allows(*one, role) && one->needs && u.holds(one->when) &&
           !is_given_in_a_field(u, *one->needs);
  });
}

void hear_news(Unfolding& u, const News& news, const Ticket& ticket) {
  const SystemMapping& system = u.mapping().known_system(u.at());
  const auto role = system.role_of(news.by, ticket.groups);
  if (!role) {
    u.because("What \"{person}\" did in {system} says nothing: no role in {file}.",
              {{"person", news.by.id}, {"system", u.at()}, {"file", system.where}});
    tell_of_a_stranger(u, system, news);
    return;
  }
  switch (news.kind) {
    case News::Kind::status:
      return hear_status(u, system, news, ticket, *role);
    case News::Kind::field:
      return hear_field(u, system, news, *role);
    case News::Kind::comment:
      return hear_comment(u, system, news, *role);
  }
}

std::set<std::string> words_of_moves(const Unfolding& u, const std::vector<News>& news,
                                     const Ticket& ticket) {
  const SystemMapping& system = u.mapping().known_system(u.at());
  std::set<std::string> words;
  for (const News& one : news) {
    const auto role = system.role_of(one.by, ticket.groups);
    if (one.kind != News::Kind::status || !role) continue;
    for (const Signal& signal : status_signals(system, system.status_from(one.value))) {
      const Comment* comment = words_with(u, ticket, one);
      if (comment != nullptr && keeps_words(u, signal, *role)) words.insert(comment->id);
    }
  }
  return words;
}

void hear_what_waited(Unfolding& u, const Ticket& ticket) {
  const auto waiting = u.state().waiting;
  if (!waiting || waiting->at != u.at()) return;
  const SystemMapping& system = u.mapping().known_system(u.at());
  const auto role = system.role_of(waiting->by, ticket.groups);
  const auto known = u.value(waiting->need);
  if (!role || !known || known->empty()) return;
  Heard heard;
  heard.signal = waiting->signal;
  heard.at = waiting->at;
  heard.by = waiting->by;
  heard.role = *role;
  heard.how = {"What \"{signal}\" waited for", {{"signal", waiting->signal}}};
  hear(u, heard);
}

}  // namespace saksbro::core
