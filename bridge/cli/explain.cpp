
#include <set>
#include <string_view>

#include "bridge/cli/cli.h"
#include "bridge/cli/describe.h"
#include "bridge/cli/print.h"
#include "bridge/cli/speech.h"
#include "bridge/codec/rfc3339.h"
#include "bridge/records/phrase_record.h"

namespace saksbro::cli {
namespace {

// Where it came from. People and time speak for themselves: no system's name stands there.
std::string origin(const Speech& speech, const store::DecisionRow& decision) {
  const std::string& system = decision.system.text();
  switch (decision.kind) {
    case DeliveryKind::webhook:
      return speech.line("en webhook fra {}", "a webhook from {}", system);
    case DeliveryKind::poll:
      return speech.line("en avlesning av {}", "a poll of {}", system);
    case DeliveryKind::answer:
      return speech.line("et svar fra {}", "an answer from {}", system);
    case DeliveryKind::timer:
      return speech.in("et tidsur", "a timer");
    case DeliveryKind::order:
      return speech.in("en ordre på kommandolinjen", "an order on the command line");
    case DeliveryKind::link:
      return speech.in("en lenke ble fulgt", "a link was followed");
  }
  return system;
}

// About our own upkeep: true, many, and no news to anybody who asks about a case.
bool upkeep(const Phrase& phrase) {
  return phrase.kind == Phrase::Kind::own_write || phrase.kind == Phrase::Kind::condition;
}

Phrases told_phrases(const store::DecisionRow& decision, bool all) {
  Phrases told = records::read_phrases(decision.because);
  if (!all) std::erase_if(told, upkeep);
  return told;
}

// Everything that is told of one case.
struct Story {
  core::Case state;
  std::vector<store::DecisionRow> decisions;
  std::vector<store::OutboxRow> commands;
  std::map<std::int64_t, std::vector<store::AttemptRow>> attempts;
  std::set<std::int64_t> telling;  // causes that changed more than our memory of a ticket
};

// Looks, our own echoes and what was done as asked are routine: there are many, and they say
// little.
bool routine(const core::Fact& fact) {
  if (const auto* settled = std::get_if<core::CommandSettled>(&fact)) return settled->delivered;
  return std::holds_alternative<core::TicketSeen>(fact) ||
         std::holds_alternative<core::EchoRecognised>(fact);
}

Result<Story> read_story(store::Reader& reader, const CaseNumber& number) {
  Story story;
  const auto state = reader.cases().find(number);
  if (!state) return tl::unexpected(state.error());
  if (!*state) return fail("", Phrase("case {case} is gone", {{"case", number}}));
  story.state = **state;
  auto decisions = reader.cases().decisions(number);
  if (!decisions) return tl::unexpected(decisions.error());
  story.decisions = std::move(*decisions);
  const auto facts = reader.cases().facts(number);
  if (!facts) return tl::unexpected(facts.error());
  for (const store::FactRow& row : *facts) {
    if (!routine(row.fact)) story.telling.insert(row.cause);
  }
  auto commands = reader.outbox().list(number, false);
  if (!commands) return tl::unexpected(commands.error());
  story.commands = std::move(*commands);
  for (const store::OutboxRow& row : story.commands) {
    auto attempts = reader.outbox().attempts(row.id);
    if (!attempts) return tl::unexpected(attempts.error());
    story.attempts[row.id] = std::move(*attempts);
  }
  return story;
}

std::string outcome_of(const Speech& speech, const store::AttemptRow& attempt) {
  if (attempt.outcome == "delivered") return speech.in("gjort", "delivered");
  if (attempt.outcome == "rejected") return speech.in("avvist", "rejected");
  return attempt.outcome == "later" ? speech.in("senere", "later") : attempt.outcome;
}

void print_command(const Speech& speech, const Story& story, const store::OutboxRow& row) {
  const std::string place =
      row.issued.where.empty() ? "" : " (" + with_short_place(row.issued.where) + ")";
  print("    -> {}{}  [{}]\n", speech.say(row.issued.because, story.state.process), place,
        speech.word(row.state));
  for (const store::AttemptRow& attempt : story.attempts.at(row.id)) {
    if (attempt.outcome == "delivered" && attempt.number == 1) continue;
    print("       {} {}: {}{}\n", speech.line("forsøk {}", "attempt {}", attempt.number),
          speech.time(attempt.at), outcome_of(speech, attempt),
          attempt.why.empty() ? "" : ": " + speech.say(attempt.why, story.state.process));
  }
}

std::string due(const Speech& speech, Instant next_at) {
  return next_at <= std::chrono::system_clock::now() ? speech.in("straks", "at once")
                                                     : speech.time(next_at);
}

void print_waiting(const Speech& speech, const Story& story) {
  const core::Case& state = story.state;
  if (state.waiting) {
    print("{}\n",
          speech.line("Venter på teksten til «{}» i {}.", "Waits for the text of \"{}\" in {}.",
                      state.waiting->need, state.waiting->at.text()));
  }
  for (const store::OutboxRow& row : story.commands) {
    const std::string& to = row.issued.command.to.text();
    const std::string what = speech.say(row.issued.because, state.process);
    const std::string why =
        row.last_why.empty() ? "" : ": " + speech.say(row.last_why, state.process);
    if (row.state == store::OutboxState::waiting || row.state == store::OutboxState::sending) {
      print("{}\n", speech.line("Venter på å bli sendt til {} (neste forsøk {}): {}{}",
                                "Waits to be sent to {} (next attempt {}): {}{}", to,
                                due(speech, row.next_at), what, why));
    } else if (row.state == store::OutboxState::dead) {
      print("{}\n", speech.line("Lot seg ikke gjøre, nr. {} til {}: {}{}",
                                "Dead letter {} for {}: {}{}", row.id, to, what, why));
    }
  }
}

// A case note that was written as it should be is upkeep as well.
std::vector<const store::OutboxRow*> told_commands(const Story& story, std::int64_t cause,
                                                   bool all) {
  std::vector<const store::OutboxRow*> told;
  for (const store::OutboxRow& row : story.commands) {
    const bool note = std::holds_alternative<KeepNote>(row.issued.command.action);
    const bool settled =
        row.state == store::OutboxState::done || row.state == store::OutboxState::superseded;
    if (row.cause == cause && (all || !note || !settled)) told.push_back(&row);
  }
  return told;
}

void print_decision(const Speech& speech, const Story& story, const store::DecisionRow& decision,
                    bool first, bool all) {
  if (first) {
    print("{}  {}{}\n", speech.time(decision.at), origin(speech, decision),
          all ? "  (" + decision.delivery.text() + ")" : "");
  }
  for (const Phrase& phrase : told_phrases(decision, all))
    print("    {}\n", speech.say(phrase, story.state.process));
  if (!first) return;
  for (const auto* row : told_commands(story, decision.cause, all))
    print_command(speech, story, *row);
}

bool tells(const Story& story, const store::DecisionRow& decision) {
  return story.telling.contains(decision.cause) &&
         (!told_phrases(decision, false).empty() ||
          !told_commands(story, decision.cause, false).empty());
}

void print_left_out(const Speech& speech, std::size_t count) {
  if (count == 0) return;
  print("{}\n", count == 1 ? speech.in("1 melding som ikke endret noe, og oppdateringene av "
                                       "saksnotatene er utelatt; --all viser dem.",
                                       "1 delivery that changed nothing and the updates of case "
                                       "notes are omitted; --all shows them.")
                           : speech.line("{} meldinger som ikke endret noe, og oppdateringene av "
                                         "saksnotatene er utelatt; --all viser dem.",
                                         "{} deliveries that changed nothing and the updates of "
                                         "case notes are omitted; --all shows them.",
                                         count));
}

void print_story(const Speech& speech, const Story& story, bool all) {
  print("{}  {}  {}  {}\n\n", story.state.number.text(), story.state.status.text(),
        speech.activity(story.state.activity, story.state.process), tickets_of(story.state));
  std::int64_t last = 0;
  std::set<std::int64_t> left_out;
  for (const store::DecisionRow& decision : story.decisions) {
    if (!all && !tells(story, decision)) {
      left_out.insert(decision.cause);
      continue;
    }
    print_decision(speech, story, decision, decision.cause != last, all);
    last = decision.cause;
  }
  print("\n{}\n", speech.zone());
  print_left_out(speech, left_out.size());
  print_waiting(speech, story);
}

codec::Json event_json(const store::DecisionRow& decision) {
  return {{"at", codec::write_rfc3339(decision.at)},
          {"delivery", decision.delivery.text()},
          {"system", decision.system.text()},
          {"because", in_english(records::read_phrases(decision.because))}};
}

codec::Json events_json(const std::vector<store::DecisionRow>& decisions) {
  codec::Json events = codec::Json::array();
  for (const store::DecisionRow& one : decisions) events.push_back(event_json(one));
  return events;
}

codec::Json story_json(const Story& story) {
  codec::Json commands = codec::Json::array();
  for (const store::OutboxRow& row : story.commands) commands.push_back(to_json(row));
  codec::Json all = to_json(story.state);
  all["events"] = events_json(story.decisions);
  all["commands"] = std::move(commands);
  return all;
}

void print_strays(const Speech& speech, const std::vector<store::DecisionRow>& decisions) {
  for (const store::DecisionRow& one : decisions) {
    print("{}  {}\n", speech.time(one.at), origin(speech, one));
    for (const Phrase& phrase : records::read_phrases(one.because))
      print("    {}\n", speech.say(phrase, {}));
  }
  print("\n{}\n", speech.zone());
}

// A ticket that no case has: what was decided when it was looked at says why.
int explain_stray(const Chosen& chosen, const std::string& name,
                  const std::vector<store::DecisionRow>& decisions) {
  if (chosen.json) {
    print_json({{"ticket", name}, {"events", events_json(decisions)}});
    return 0;
  }
  const Speech speech = speech_of(chosen);
  print("{}\n\n", speech.line("{} hører ikke til noen sak. Avgjørelser om den, nyeste først:",
                              "{} belongs to no case. Decisions about it, newest first:", name));
  print_strays(speech, decisions);
  return 0;
}

// Systems number their tickets alike: one of that number that is not the case's, in another system.
std::vector<store::DecisionRow> of_other_tickets(store::Reader& reader, const std::string& name,
                                                 const Story& story) {
  std::vector<store::DecisionRow> others;
  const auto decisions = reader.inbox().decisions_about(name);
  if (!decisions) return others;
  for (const store::DecisionRow& one : *decisions) {
    const auto ticket = story.state.tickets.find(one.system);
    const bool has = ticket != story.state.tickets.end() &&
                     (name == ticket->second.number || name == ticket->second.key.text() ||
                      "#" + name == ticket->second.number);
    const bool told =
        std::any_of(story.decisions.begin(), story.decisions.end(),
                    [&](const store::DecisionRow& its) { return its.delivery == one.delivery; });
    if (!has && !told) others.push_back(one);
  }
  return others;
}

void tell_story(const Chosen& chosen, const std::string& name, const Story& story,
                const std::vector<store::DecisionRow>& others, bool every) {
  if (chosen.json) {
    codec::Json all = story_json(story);
    if (!others.empty()) all["other_tickets"] = events_json(others);
    return print_json(all);
  }
  const Speech speech = speech_of(chosen);
  print_story(speech, story, every);
  if (others.empty()) return;
  print("\n{}\n\n", speech.line("{} er også nummeret til noe som ikke hører til noen sak. "
                                "Avgjørelser om det, nyeste først:",
                                "{} is also the number of a ticket that belongs to no case. "
                                "Decisions about it, newest first:",
                                name));
  print_strays(speech, others);
}

int explain(const Chosen& chosen, const std::string& name, bool every) {
  auto store = open_store(chosen);
  if (!store) return complain(chosen, store.error());
  auto reader = (*store)->reader();
  if (!reader) return complain(chosen, reader.error());
  const auto named = (*reader)->cases().named(name);
  const auto number = find_named(**reader, name);
  if (!number) {
    const auto decisions = (*reader)->inbox().decisions_about(name);
    const bool stray = named && named->empty() && decisions && !decisions->empty();
    return stray ? explain_stray(chosen, name, *decisions) : complain(chosen, number.error());
  }
  const auto story = read_story(**reader, *number);
  if (!story) return complain(chosen, story.error());
  tell_story(chosen, name, *story, of_other_tickets(**reader, name, *story), every);
  return 0;
}

}  // namespace

void add_explain(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("explain", "show what happened to a case, and why");
  auto name = std::make_shared<std::string>();
  verb->add_option("number", *name, "a case number, or a ticket's number in any system")
      ->required();
  verb->add_flag("--json", chosen.json, "print JSON");
  auto all = std::make_shared<bool>(false);
  verb->add_flag("--all", *all,
                 "include reads, Saksbro's own writes, case notes and other maintenance");
  verb->callback([&chosen, name, all] {
    chosen.run = [&chosen, name, all] { return explain(chosen, *name, *all); };
  });
}

}  // namespace saksbro::cli
