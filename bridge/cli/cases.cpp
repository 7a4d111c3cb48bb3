#include <algorithm>
#include <array>
#include <vector>

#include "bridge/cli/cli.h"
#include "bridge/cli/describe.h"
#include "bridge/cli/print.h"
#include "bridge/cli/speech.h"
#include "bridge/codec/rfc3339.h"

namespace saksbro::cli {
namespace {

// Which cases are listed: all that is named must fit.
struct WantedCases {
  std::string status;
  std::string system;  // with a ticket there
  bool open = false;

  [[nodiscard]] bool fits(const core::Case& one) const {
    return (status.empty() || one.status.text() == status) && (!open || !one.closed) &&
           (system.empty() || one.tickets.contains(SystemName{system}));
  }
};

// The column of the tickets is as wide as its widest, within reason.
std::size_t tickets_width(const std::vector<const core::Case*>& cases) {
  std::size_t width = 26;
  for (const core::Case* one : cases) width = std::max(width, width_of(tickets_of(*one)));
  return std::min<std::size_t>(width, 60);
}

void print_row(std::size_t tickets, const std::array<std::string, 5>& cells) {
  print("{}  {}  {}  {}  {}\n", padded(cells[0], 15), padded(cells[1], 13), padded(cells[2], 10),
        padded(cells[3], tickets), cells[4]);
}

void print_list(const Speech& speech, const std::vector<const core::Case*>& cases) {
  const std::size_t width = tickets_width(cases);
  print_row(width, {speech.in("SAK", "CASE"), "STATUS", speech.in("AKTIVITET", "ACTIVITY"),
                    speech.in("SAKER HOS", "TICKETS"), speech.in("TITTEL", "TITLE")});
  for (const core::Case* one : cases) {
    const auto title = one->values.find("title");
    print_row(width,
              {one->number.text(), one->status.text(), one->activity.text(), tickets_of(*one),
               shortened(title == one->values.end() ? "" : title->second, 60)});
  }
}

int list_cases(const Chosen& chosen, const WantedCases& wanted) {
  auto store = open_store(chosen);
  if (!store) return complain(chosen, store.error());
  auto reader = (*store)->reader();
  if (!reader) return complain(chosen, reader.error());
  const auto cases = (*reader)->cases().list();
  if (!cases) return complain(chosen, cases.error());
  std::vector<const core::Case*> fitting;
  for (const core::Case& one : *cases)
    if (wanted.fits(one)) fitting.push_back(&one);
  if (chosen.json) {
    codec::Json all = codec::Json::array();
    for (const core::Case* one : fitting) all.push_back(to_json(*one));
    print_json(all);
    return 0;
  }
  const Speech speech = speech_of(chosen);
  if (!fitting.empty()) {
    print_list(speech, fitting);
  } else if (cases->empty()) {
    print("{}\n", speech.in("Det er ingen saker ennå.", "There are no cases yet."));
  } else {
    print("{}\n", speech.in("Ingen sak passer.", "No case matches."));
  }
  return 0;
}

// Who has the case is the mapping's to say: with errors in it, nobody can.
std::optional<core::Ball> ball_in(const Chosen& chosen, const std::vector<core::Dated>& facts) {
  const auto configuration = load_to_look(chosen);
  return configuration ? core::ball_of(configuration->mapping, facts) : std::nullopt;
}

void print_ball(const Speech& speech, const core::Ball& ball) {
  print("{}\n", speech.line("Ligger hos  {}, siden {}", "Ball      {}, since {}",
                            speech.role(ball.role), speech.time(ball.since)));
}

void print_head(const Speech& speech, const core::Case& one) {
  print("{}\n", speech.line("Sak         {}", "Case      {}", one.number.text()));
  print("{}\n", speech.line("Rutine      {}, aktivitet {}", "Process   {}, activity {}",
                            one.process.text(), speech.activity(one.activity, one.process)));
  print("{}\n", speech.line("Status      {}", "Status    {}", one.status.text()));
  print("{}\n", speech.line("Registrert  {}", "Opened    {}", speech.time(one.opened_at)));
}

void print_tickets(const Speech& speech, const core::Case& one) {
  for (const auto& [system, view] : one.tickets) {
    print("{}\n", speech.line("Hos         {} {} «{}»{}  {}", "Ticket    {} {} \"{}\"{}  {}",
                              padded(system.text(), 10), padded(view.number, 6), view.status,
                              view.gone ? speech.in(" (borte)", " (gone)") : "", view.url));
  }
  for (const SystemName& system : one.opening) {
    print("{}\n", speech.line("Hos         {} opprettes nå", "Ticket    {} is being opened",
                              padded(system.text(), 10)));
  }
}

// Values have the mapping's names; these are the program's own.
std::string value_label(const Speech& speech, const std::string& name) {
  if (name == "title") return speech.in("tittel", "title");
  if (name == "text") return speech.in("tekst", "text");
  if (name == "reporter") return speech.in("meldt av", "reporter");
  if (name == "reporter.role") return speech.in("melderens rolle", "reporter.role");
  return name;
}

void print_whole(const Speech& speech, const core::Case& one,
                 const std::optional<core::Ball>& ball) {
  print_head(speech, one);
  if (ball) print_ball(speech, *ball);
  print_tickets(speech, one);
  if (one.waiting)
    print("{}\n", speech.line("Venter      på ordene til «{}» i {}",
                              "Waits     for the text of \"{}\" in {}", one.waiting->need,
                              one.waiting->at.text()));
  for (const auto& [name, value] : one.values) {
    if (!value.empty())
      print("{}  {}\n", padded(value_label(speech, name), 14),
            shortened(speech.value(name, value, one.process), 100));
  }
  print("{}\n", speech.zone());
}

int show_case(const Chosen& chosen, const std::string& name) {
  auto store = open_store(chosen);
  if (!store) return complain(chosen, store.error());
  auto reader = (*store)->reader();
  if (!reader) return complain(chosen, reader.error());
  const auto number = find_named(**reader, name);
  if (!number) return complain(chosen, number.error());
  const auto one = (*reader)->cases().find(*number);
  if (!one) return complain(chosen, one.error());
  if (!*one) return complain(chosen, refusal(Phrase("case {case} is gone", {{"case", *number}})));
  const auto facts = dated_facts(**reader, *number);
  if (!facts) return complain(chosen, facts.error());
  const auto ball = ball_in(chosen, *facts);
  if (chosen.json) {
    codec::Json all = to_json(**one);
    all["ball"] = ball ? codec::Json{{"role", ball->role.text()},
                                     {"activity", ball->activity.text()},
                                     {"since", codec::write_rfc3339(ball->since)}}
                       : codec::Json();
    print_json(all);
  } else {
    print_whole(speech_of(chosen), **one, ball);
  }
  return 0;
}

void add_filters(CLI::App& verb, WantedCases& wanted) {
  verb.add_option("--status", wanted.status, "only cases with this status of the process");
  verb.add_option("--system", wanted.system, "only cases with a ticket in this system");
  verb.add_flag("--open", wanted.open, "only cases that are not closed");
}

}  // namespace

void add_cases(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("cases", "list the cases, or show one with all its numbers");
  verb->require_subcommand(0, 1);
  verb->add_flag("--json", chosen.json, "print JSON");
  auto wanted = std::make_shared<WantedCases>();
  add_filters(*verb, *wanted);
  auto* list_verb = verb->add_subcommand("list", "list all cases, newest first");
  list_verb->add_flag("--json", chosen.json, "print JSON");
  add_filters(*list_verb, *wanted);
  auto* show_verb = verb->add_subcommand("show", "show one case, by any party's number");
  show_verb->add_flag("--json", chosen.json, "print JSON");
  auto name = std::make_shared<std::string>();
  show_verb->add_option("number", *name, "a case number, or a ticket's number in any system")
      ->required();
  chosen.run = nullptr;
  verb->callback([&chosen, wanted] {
    if (!chosen.run) chosen.run = [&chosen, wanted] { return list_cases(chosen, *wanted); };
  });
  show_verb->callback(
      [&chosen, name] { chosen.run = [&chosen, name] { return show_case(chosen, *name); }; });
}

}  // namespace saksbro::cli
