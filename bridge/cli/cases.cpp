
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

void print_line(const core::Case& one) {
  const auto title = one.values.find("title");
  print("{}  {}  {}  {}  {}\n", padded(one.number.text(), 15), padded(one.status.text(), 13),
        padded(one.activity.text(), 10), padded(tickets_of(one), 26),
        shortened(title == one.values.end() ? "" : title->second, 60));
}

void print_header(const Speech& speech) {
  print("{}  {}  {}  {}  {}\n", padded(speech.in("SAK", "CASE"), 15), padded("STATUS", 13),
        padded(speech.in("AKTIVITET", "ACTIVITY"), 10),
        padded(speech.in("SAKER HOS", "TICKETS"), 26), speech.in("TITTEL", "TITLE"));
}

int list_cases(const Chosen& chosen, const WantedCases& wanted) {
  auto store = open_store(chosen);
  if (!store) return complain(store.error());
  auto reader = (*store)->reader();
  if (!reader) return complain(reader.error());
  const auto cases = (*reader)->cases();
  if (!cases) return complain(cases.error());
  if (chosen.json) {
    codec::Json all = codec::Json::array();
    for (const core::Case& one : *cases)
      if (wanted.fits(one)) all.push_back(to_json(one));
    print_json(all);
    return 0;
  }
  const Speech speech = speech_of(chosen);
  if (cases->empty())
    print("{}\n", speech.in("Det er ingen saker ennå.", "There are no cases yet."));
  bool any = false;
  for (const core::Case& one : *cases) {
    if (!wanted.fits(one)) continue;
    if (!any) print_header(speech);
    any = true;
    print_line(one);
  }
  if (!any && !cases->empty()) print("{}\n", speech.in("Ingen sak er slik.", "No case is so."));
  return 0;
}

// Who has the case is the mapping's to say: with errors in it, nobody can.
std::optional<core::Ball> ball_in(const Chosen& chosen, const std::vector<core::Dated>& facts) {
  const auto configuration = load_to_look(chosen);
  return configuration ? core::ball_of(configuration->mapping, facts) : std::nullopt;
}

void print_ball(const Speech& speech, const core::Ball& ball) {
  print("{}\n", speech.line("Ligger hos {}, siden {}", "Ball      {}, since {}",
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

void print_whole(const Speech& speech, const core::Case& one,
                 const std::optional<core::Ball>& ball) {
  print_head(speech, one);
  if (ball) print_ball(speech, *ball);
  print_tickets(speech, one);
  if (one.waiting)
    print("{}\n", speech.line("Venter      på ordene til «{}» i {}",
                              "Waits     for the words of \"{}\" in {}", one.waiting->need,
                              one.waiting->at.text()));
  for (const auto& [name, value] : one.values) {
    if (!core::is_memory(name) && !value.empty())
      print("{}  {}\n", padded(name, 14), shortened(value, 100));
  }
  print("{}\n", speech.zone());
}

int show_case(const Chosen& chosen, const std::string& name) {
  auto store = open_store(chosen);
  if (!store) return complain(store.error());
  auto reader = (*store)->reader();
  if (!reader) return complain(reader.error());
  const auto number = find_named(**reader, name);
  if (!number) return complain(number.error());
  const auto one = (*reader)->find_case(*number);
  if (!one) return complain(one.error());
  if (!*one) return complain(Error{"", "case " + number->text() + " is gone"});
  const auto facts = dated_facts(**reader, *number);
  if (!facts) return complain(facts.error());
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
  auto* verb = app.add_subcommand("cases", "lists the cases, or shows one with all its numbers");
  verb->require_subcommand(0, 1);
  verb->add_flag("--json", chosen.json, "for programs");
  auto wanted = std::make_shared<WantedCases>();
  add_filters(*verb, *wanted);
  auto* list_verb = verb->add_subcommand("list", "all cases, newest first");
  list_verb->add_flag("--json", chosen.json, "for programs");
  add_filters(*list_verb, *wanted);
  auto* show_verb = verb->add_subcommand("show", "one case, by any party's number");
  show_verb->add_flag("--json", chosen.json, "for programs");
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
