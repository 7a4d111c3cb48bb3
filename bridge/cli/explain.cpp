#include <fmt/core.h>

#include <set>
#include <sstream>

#include "bridge/cli/cli.h"
#include "bridge/cli/describe.h"
#include "bridge/codec/rfc3339.h"

namespace saksbro::cli {
namespace {

const char* word(DeliveryKind kind) {
  switch (kind) {
    case DeliveryKind::webhook:
      return "a webhook from";
    case DeliveryKind::poll:
      return "a poll of";
    case DeliveryKind::answer:
      return "an answer of";
    case DeliveryKind::timer:
      return "a timer of";
    case DeliveryKind::order:
      return "an order by";
    case DeliveryKind::link:
      return "a link of";
  }
  return "";
}

void print_indented(const std::string& text, const std::string& margin) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) fmt::print("{}{}\n", margin, line);
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
  const Command& command = row.issued.command;
  fmt::print("    -> {}: {}{}  [{}]\n", command.to.text(), row.issued.because,
             row.issued.where.empty() ? "" : " (" + row.issued.where + ")", cli::word(row.state));
  for (const store::AttemptRow& attempt : story.attempts.at(row.id)) {
    if (attempt.outcome == "delivered" && attempt.number == 1) continue;
    fmt::print("       attempt {} {}: {}{}\n", attempt.number, local_time(attempt.at),
               attempt.outcome, attempt.why.empty() ? "" : ": " + attempt.why);
  }
}

std::string due(Instant next_at) {
  return next_at <= std::chrono::system_clock::now() ? "at once" : local_time(next_at);
}

void print_waiting(const Story& story) {
  const core::Case& state = story.state;
  if (state.waiting) {
    fmt::print("Waits for the words of \"{}\" in {}.\n", state.waiting->need,
               state.waiting->at.text());
  }
  for (const store::OutboxRow& row : story.commands) {
    if (row.state == store::OutboxState::waiting || row.state == store::OutboxState::sending) {
      fmt::print("Waits to be sent to {} (next try {}): {}{}\n", row.issued.command.to.text(),
                 due(row.next_at), row.issued.because,
                 row.last_why.empty() ? "" : ": " + row.last_why);
    } else if (row.state == store::OutboxState::dead) {
      fmt::print("Dead letter {} for {}: {}: {}\n", row.id, row.issued.command.to.text(),
                 row.issued.because, row.last_why);
    }
  }
}

void print_decision(const Story& story, const store::DecisionRow& decision, bool first) {
  if (first) {
    fmt::print("{}  {} {}  ({})\n", local_time(decision.at), word(decision.kind),
               decision.system.text(), decision.delivery.text());
  }
  print_indented(decision.because, "    ");
  if (!first) return;
  for (const store::OutboxRow& row : story.commands) {
    if (row.cause == decision.cause) print_command(story, row);
  }
}

void print_story(const Story& story, bool all) {
  fmt::print("{}  {}  {}  {}\n\n", story.state.number.text(), story.state.status.text(),
             story.state.activity.text(), tickets_of(story.state));
  std::int64_t last = 0;
  std::set<std::int64_t> left_out;
  for (const store::DecisionRow& decision : story.decisions) {
    if (!all && !story.telling.contains(decision.cause)) {
      left_out.insert(decision.cause);
      continue;
    }
    print_decision(story, decision, decision.cause != last);
    last = decision.cause;
  }
  fmt::print("\n");
  if (!left_out.empty()) {
    fmt::print("{} deliveries that changed nothing are left out; --all shows them.\n",
               left_out.size());
  }
  print_waiting(story);
}

codec::Json story_json(const Story& story) {
  codec::Json events = codec::Json::array();
  for (const store::DecisionRow& decision : story.decisions) {
    events.push_back({{"at", codec::write_rfc3339(decision.at)},
                      {"delivery", decision.delivery.text()},
                      {"system", decision.system.text()},
                      {"because", decision.because}});
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
    fmt::print("{}\n", codec::write_json(story_json(*story)));
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
  verb->add_flag("--all", *all, "looks, echoes and other routine as well");
  verb->callback([&chosen, name, all] {
    chosen.run = [&chosen, name, all] { return explain(chosen, *name, *all); };
  });
}

}  // namespace saksbro::cli
