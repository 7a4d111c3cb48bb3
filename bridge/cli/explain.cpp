
#include <set>
#include <string_view>

#include "bridge/cli/cli.h"
#include "bridge/cli/describe.h"
#include "bridge/cli/print.h"
#include "bridge/codec/rfc3339.h"
#include "bridge/records/phrase_record.h"

namespace saksbro::cli {
namespace {

// Where it came from. People and time speak for themselves: no system's name stands there.
std::string origin(const store::DecisionRow& decision) {
  const std::string& system = decision.system.text();
  switch (decision.kind) {
    case DeliveryKind::webhook:
      return "a webhook from " + system;
    case DeliveryKind::poll:
      return "a poll of " + system;
    case DeliveryKind::answer:
      return "an answer of " + system;
    case DeliveryKind::timer:
      return "a timer";
    case DeliveryKind::order:
      return "an order on the command line";
    case DeliveryKind::link:
      return "a link was followed";
  }
  return system;
}

// "/etc/saksbro/mappings/m1.yaml:47:9" is "mappings/m1.yaml:47:9" to people who know their files.
std::string with_short_places(const std::string& place) {
  const auto name = place.rfind('/');
  if (name == std::string::npos || name == 0 || place.front() != '/') return place;
  return place.substr(place.rfind('/', name - 1) + 1);
}

// About our own upkeep: true, many, and no news to anybody who asks about a case.
bool upkeep(const Phrase& phrase) {
  return phrase.kind == Phrase::Kind::own_write || phrase.kind == Phrase::Kind::condition;
}

std::vector<std::string> sentences(const std::string& because, bool all) {
  static const Tongue kEnglish{[](const std::string& sentence) { return sentence; },
                               [](std::string_view argument, const std::string& word) {
                                 const bool place = argument == "place" || argument == "file";
                                 return place ? with_short_places(word) : word;
                               },
                               with_short_places};
  std::vector<std::string> told;
  for (const Phrase& phrase : records::read_phrases(because)) {
    if (all || !upkeep(phrase)) told.push_back(spoken(phrase, kEnglish));
  }
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
  const auto state = reader.find_case(number);
  if (!state) return tl::unexpected(state.error());
  if (!*state) return fail("", "case " + number.text() + " is gone");
  story.state = **state;
  auto decisions = reader.decisions(number);
  if (!decisions) return tl::unexpected(decisions.error());
  story.decisions = std::move(*decisions);
  const auto facts = reader.facts(number);
  if (!facts) return tl::unexpected(facts.error());
  for (const store::FactRow& row : *facts) {
    if (!routine(row.fact)) story.telling.insert(row.cause);
  }
  auto commands = reader.outbox(number, false);
  if (!commands) return tl::unexpected(commands.error());
  story.commands = std::move(*commands);
  for (const store::OutboxRow& row : story.commands) {
    auto attempts = reader.attempts(row.id);
    if (!attempts) return tl::unexpected(attempts.error());
    story.attempts[row.id] = std::move(*attempts);
  }
  return story;
}

void print_command(const Story& story, const store::OutboxRow& row) {
  print("    -> {}{}  [{}]\n", in_english(row.issued.because),
        row.issued.where.empty() ? "" : " (" + with_short_places(row.issued.where) + ")",
        cli::word(row.state));
  for (const store::AttemptRow& attempt : story.attempts.at(row.id)) {
    if (attempt.outcome == "delivered" && attempt.number == 1) continue;
    print("       attempt {} {}: {}{}\n", attempt.number, local_time(attempt.at), attempt.outcome,
          attempt.why.empty() ? "" : ": " + attempt.why);
  }
}

std::string due(Instant next_at) {
  return next_at <= std::chrono::system_clock::now() ? "at once" : local_time(next_at);
}

void print_waiting(const Story& story) {
  const core::Case& state = story.state;
  if (state.waiting) {
    print("Waits for the words of \"{}\" in {}.\n", state.waiting->need, state.waiting->at.text());
  }
  for (const store::OutboxRow& row : story.commands) {
    if (row.state == store::OutboxState::waiting || row.state == store::OutboxState::sending) {
      print("Waits to be sent to {} (next try {}): {}{}\n", row.issued.command.to.text(),
            due(row.next_at), in_english(row.issued.because),
            row.last_why.empty() ? "" : ": " + row.last_why);
    } else if (row.state == store::OutboxState::dead) {
      print("Dead letter {} for {}: {}: {}\n", row.id, row.issued.command.to.text(),
            in_english(row.issued.because), row.last_why);
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

void print_decision(const Story& story, const store::DecisionRow& decision, bool first, bool all) {
  if (first) {
    print("{}  {}{}\n", local_time(decision.at), origin(decision),
          all ? "  (" + decision.delivery.text() + ")" : "");
  }
  for (const std::string& sentence : sentences(decision.because, all)) print("    {}\n", sentence);
  if (!first) return;
  for (const auto* row : told_commands(story, decision.cause, all)) print_command(story, *row);
}

bool tells(const Story& story, const store::DecisionRow& decision) {
  return story.telling.contains(decision.cause) &&
         (!sentences(decision.because, false).empty() ||
          !told_commands(story, decision.cause, false).empty());
}

void print_story(const Story& story, bool all) {
  print("{}  {}  {}  {}\n\n", story.state.number.text(), story.state.status.text(),
        story.state.activity.text(), tickets_of(story.state));
  std::int64_t last = 0;
  std::set<std::int64_t> left_out;
  for (const store::DecisionRow& decision : story.decisions) {
    if (!all && !tells(story, decision)) {
      left_out.insert(decision.cause);
      continue;
    }
    print_decision(story, decision, decision.cause != last, all);
    last = decision.cause;
  }
  print("\n");
  if (!left_out.empty()) {
    print("{} {} left out, and the upkeep of case notes; --all shows them.\n", left_out.size(),
          left_out.size() == 1 ? "delivery that changed nothing is"
                               : "deliveries that changed nothing are");
  }
  print_waiting(story);
}

codec::Json story_json(const Story& story) {
  codec::Json events = codec::Json::array();
  for (const store::DecisionRow& decision : story.decisions) {
    events.push_back({{"at", codec::write_rfc3339(decision.at)},
                      {"delivery", decision.delivery.text()},
                      {"system", decision.system.text()},
                      {"because", in_english(records::read_phrases(decision.because))}});
  }
  codec::Json commands = codec::Json::array();
  for (const store::OutboxRow& row : story.commands) commands.push_back(to_json(row));
  codec::Json all = to_json(story.state);
  all["events"] = std::move(events);
  all["commands"] = std::move(commands);
  return all;
}

int explain(const Chosen& chosen, const std::string& name, bool every) {
  auto store = open_store(chosen);
  if (!store) return complain(store.error());
  auto reader = (*store)->reader();
  if (!reader) return complain(reader.error());
  const auto number = find_named(**reader, name);
  if (!number) return complain(number.error());
  const auto story = read_story(**reader, *number);
  if (!story) return complain(story.error());
  if (chosen.json) {
    print_json(story_json(*story));
  } else {
    print_story(*story, every);
  }
  return 0;
}

}  // namespace

void add_explain(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("explain", "tells what happened to a case, and why");
  auto name = std::make_shared<std::string>();
  verb->add_option("number", *name, "a case number, or a ticket's number in any system")
      ->required();
  verb->add_flag("--json", chosen.json, "for programs");
  auto all = std::make_shared<bool>(false);
  verb->add_flag("--all", *all, "looks, echoes, case notes and other upkeep as well");
  verb->callback([&chosen, name, all] {
    chosen.run = [&chosen, name, all] { return explain(chosen, *name, *all); };
  });
}

}  // namespace saksbro::cli
