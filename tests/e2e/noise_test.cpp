// Each entry is a mail to everybody who follows the ticket: how many a case makes is counted, and
// does not grow unseen.
#include "tests/e2e/noise.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iostream>

#include "tests/e2e/sees.h"

namespace saksbro::e2e {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kOwner = "per@kommune.test";
constexpr const char* kEndUser = "ase@ude.test";

struct Walked {
  int issue = 0;
  int ticket = 0;
  int bym = 0;
};

int complete_case(const World& world, const std::string& subject) {
  return world.per().open(subject, "Feilmelding 4711.",
                          {{"Virksomhet", "Skole"},
                           {"Sluttbruker", "Åse Ødegård"},
                           {"Sluttbrukers e-post", kEndUser},
                           {"Eier 1. linje", "Per Innmelder"},
                           {"Eiers e-post", kOwner}});
}

Walked sent_to_operator(const World& world, const std::string& subject) {
  Walked walked;
  walked.issue = complete_case(world, subject);
  sees(world.per(), walked.issue, {.note = {"M.1.1.2"}});
  world.kari().note(walked.issue, "/sak ta\n/sak videresend drift", true);
  walked.ticket = world.forwarded(walked.issue);
  return walked;
}

void confirmed_and_closed(const World& world, const Walked& walked) {
  world.per().note(walked.issue, "/sak bekreftet\n/sak lukk");
  sees(world.per(), walked.issue, {.status = "LUKKET", .note = {"Status LUKKET: "}});
  sees(world.leif(), walked.ticket, {.status = "lukket", .note = {"Status hos kunden: LUKKET"}});
}

Walked shortest_technical(const World& world) {
  const Walked walked = sent_to_operator(world, "Kortest");
  world.answer_info_no(walked.issue);
  sees(world.per(), walked.issue, {.note = {"M.1.3.5"}});
  world.solve(walked.ticket, "Tjenesten er startet på nytt.");
  sees(world.per(), walked.issue, {.status = "LØST", .note = {"M.1.3.7"}});
  confirmed_and_closed(world, walked);
  return walked;
}

Walked functional_until_solved(const World& world) {
  Walked walked;
  walked.issue = complete_case(world, "Funksjonell");
  sees(world.per(), walked.issue, {.note = {"M.1.1.2"}});
  world.kari().note(walked.issue, "/sak ta\n/sak videresend 3. linje", true);
  walked.ticket = ticket_of(world.tor(), "Tredjelinje", walked.issue);
  sees(world.per(), walked.issue, {.status = "AVVENTER", .note = {"M.1.2.2"}});
  world.tor().reply(walked.ticket, "Summen er rettet.");
  world.tor().set_status(walked.ticket, "løst");
  sees(world.per(), walked.issue,
       {.status = "LØST", .texts = {"Summen er rettet."}, .note = {"M.1.2.4"}});
  return walked;
}

Walked with_broadcasts(const World& world) {
  Walked walked = sent_to_operator(world, "Kringkastet");
  sees(world.kari(), walked.issue, {.texts = {"Skal 1. linje informeres (M.1.3.2)?"}});
  world.kari().note(walked.issue, "/sak info alle Bruk papir.", true);
  walked.bym = issue_of(world.eva(), "Til 1. linje: Kringkastet");
  sees(world.per(), walked.issue, {.texts = {"Bruk papir."}, .note = {"M.1.3.4"}});
  world.eva().set_status(walked.bym, "LØST");
  world.per().note(walked.issue, "/sak informert");
  sees(world.per(), walked.issue, {.note = {"M.1.3.5"}});
  world.solve(walked.ticket, "Databasen er flyttet.");
  sees(world.per(), walked.issue, {.status = "LØST", .note = {"M.1.3.7"}});
  world.kari().note(walked.issue, "/sak generell interesse", true);
  sees(world.eva(), walked.bym, {.status = "Ny", .texts = {"i alle virksomheter"}});
  world.eva().note(walked.bym, "/sak informert");
  confirmed_and_closed(world, walked);
  return walked;
}

Walked critical_of_the_operator(const World& world) {
  Walked walked;
  walked.ticket = world.report_critical("Kritisk");
  walked.issue = world.opened_at_desk(walked.ticket);
  sees(world.kari(), walked.issue, {.texts = {"Skal sluttbrukerne informeres?"}});
  world.kari().note(walked.issue, "/sak kvittert\n/sak info ja Bruk papir.", true);
  walked.bym = issue_of(world.eva(), "Til 1. linje: Kritisk");
  sees(world.per(), walked.issue, {.status = "AVVENTER", .texts = {"Bruk papir."}});
  world.solve(walked.ticket, "Disken er byttet.");
  sees(world.eva(), walked.bym, {.texts = {"Disken er byttet."}});
  sees(world.per(), walked.issue, {.status = "LØST", .texts = {"Disken er byttet."}});
  world.per().note(walked.issue, "/sak lukk");
  sees(world.leif(), walked.ticket, {.status = "lukket", .note = {"Status hos kunden: LUKKET"}});
  return walked;
}

// Closed by 2nd line's one word: through no other status, and no organisation is moved.
Walked only_general(const World& world) {
  Walked walked;
  walked.ticket =
      world.leif().open("Leveranse", "Generelt", "Tregt i kveld.", {{"Alvorlighet", "C - mindre"}});
  walked.issue = world.opened_at_desk(walked.ticket);
  sees(world.kari(), walked.issue, {.texts = {"Skal sluttbrukerne informeres?"}});
  world.kari().note(walked.issue, "/sak bare generelt Tregt i kveld.", true);
  walked.bym = issue_of(world.eva(), "Til 1. linje: Generelt");
  sees(world.per(), walked.issue, {.status = "LUKKET", .note = {"Status LUKKET: "}});
  return walked;
}

struct Counted {
  const char* walk;
  Noise noise;
  int most;  // entries of Saksbro
};

TEST(Noise, OfEachWalkDoesNotGrow) {
  World world({.build = rig::Build::released, .others = "2s"});
  world.saksbro->start();
  Walked shortest;
  Walked functional;
  Walked broadcast;
  Walked critical;
  Walked general;
  at_once({[&] { shortest = shortest_technical(world); },
           [&] { functional = functional_until_solved(world); },
           [&] { broadcast = with_broadcasts(world); },
           [&] { critical = critical_of_the_operator(world); },
           [&] { general = only_general(world); }});
  world.settled();
  const std::vector<Counted> all{
      {"M.1.3, shortest complete", noise_of(world, shortest.issue), 7},
      {"  at the operator", noise_at_supplier(world, shortest.ticket), 5},
      {"M.1.2 up to LØST", noise_of(world, functional.issue), 5},
      {"M.1.3 with broadcasts", noise_of(world, broadcast.issue), 9},
      {"  at an organisation", noise_of(world, broadcast.bym), 2},
      {"M.2.1 critical", noise_of(world, critical.issue), 6},
      {"  at an organisation", noise_of(world, critical.bym), 2},
      {"  at the operator", noise_at_supplier(world, critical.ticket), 9},
      {"M.2.1, only general", noise_of(world, general.issue), 4},
      {"  at an organisation", noise_of(world, general.bym), 1},
  };
  std::string table = "| walk | of Saksbro | private | only field or status | of people |\n";
  for (const Counted& one : all) table += row(one.walk, one.noise);
  for (const Counted& one : all)
    EXPECT_LE(one.noise.ours, one.most) << one.walk << "\n" << one.noise.listed << table;
  const std::string solved = world.redmine.world().at("statuses").at("LØST").dump();
  EXPECT_THAT(noise_of(world, general.issue).listed, Not(HasSubstr("status_id: " + solved)))
      << "what is only general is closed, and was never solved";
  std::cout << table;
  std::cout << "mails: owner " << letters(world.mail, kOwner).size() << ", end user "
            << letters(world.mail, kEndUser).size() << ", duty "
            << letters(world.mail, "vakt@kommune.test").size() << ", alerts "
            << world.alerts.posted().size() << "\n";
}

}  // namespace
}  // namespace saksbro::e2e
