// A reload takes systems, activities, statuses and roles away, or gives them another name, in the
// middle of running cases: whatever is pending then is delivered, nothing crashes, and each
// decision says why.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "bridge/load/configuration.h"
#include "tests/core/play.h"

namespace saksbro::core {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string content_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

bool is_part_of_a_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Whole words only: "M.1.3.1" is no part of "M.1.3.10", and "desk" none of "desktop".
std::string renamed(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
    const bool begins = at == 0 || !is_part_of_a_name(text[at - 1]);
    const std::size_t end = at + from.size();
    const bool ends = end == text.size() || !is_part_of_a_name(text[end]);
    if (begins && ends)
      text.replace(at, from.size(), to);
    else
      at += 1;
  }
  return text;
}

// The shipped mapping in which one name is another everywhere: what a store remembers by the name
// before is unknown then, and what has the new name is new.
Mapping with_another_name(const std::string& before) {
  const std::string after = "ny" + before;
  auto loaded = load::load_configuration(
      std::string(SAKSBRO_SOURCE) + "/config/saksbro.yaml",
      [&](const std::string& path) {
        return Result<std::string>(
            renamed(content_of(renamed(path, after, before)), before, after));
      },
      [](const std::string&) { return std::string(32, 'x'); });
  for (const Error& error : loaded.errors) ADD_FAILURE() << before << ": " << error.text();
  return std::move(loaded.configuration.mapping);
}

// Everything that can be pending in a case, for each of its tickets and for where it stands.
Case with_all_that_can_be_pending(Case state, Instant now) {
  std::vector<Fact> facts;
  for (const auto& [at, view] : state.tickets) {
    for (const std::string slot : {"status", "fields/Fagsystem", "fields/Saksnummer"}) {
      facts.emplace_back(LoopCut{at, slot, "x"});
      facts.emplace_back(TimerSet{"loop/" + at.text() + "/" + slot, now});
    }
    facts.emplace_back(
        CommandSettled{IdempotencyKey{"dead/" + at.text()}, at, "comment", false, "no"});
    facts.emplace_back(
        CommandIssued{{IdempotencyKey{"k"}, at, "fields", {"Virksomhet=UDE"}}, "fields"});
  }
  for (const char* name : {"after/", "deadline/", "alert/"}) {
    facts.emplace_back(TimerSet{name + state.activity.text() + (name[1] == 'f' ? "/1" : ""), now});
  }
  facts.emplace_back(TimerSet{"deadline/" + state.activity.text() + "/near", now});
  facts.emplace_back(ValueKept{"virksomhet", "UDE"});
  facts.emplace_back(Remembered{ValueSourced{"virksomhet", kOperator}});
  facts.emplace_back(ValueKept{"leverandør", kOperator.text()});
  facts.emplace_back(
      SignalDeferred{PendingSignal{Signal{"løst"}, kDesk, {kKari, "Kari"}, "løsning"}});
  facts.emplace_back(OrganisationTold{"UDE", IdempotencyKey{"t"}});
  for (const Fact& fact : facts) state = evolve(std::move(state), fact, now);
  return state;
}

class Reloaded {
 public:
  Reloaded(const Mapping& mapping, const Play& play)
      : mapping_(mapping),
        play_(play),
        state_(with_all_that_can_be_pending(play.state(), play.now())) {}

  // Each from the same state: one must not hide what the next would find.
  void deliver_everything(Play tickets) {
    for (const auto& [name, due] : state_.timers)
      takes(decide(mapping_, state_, TimerFired{name}, around(DeliveryKind::timer)), name);
    for (const auto& [at, view] : state_.tickets) deliver_ticket(at, view, tickets);
    for (const char* signal :
         {"løst", "kvittert", "bekreftet", "informert", "versjon lansert", "ukjent"}) {
      for (const char* role : {"first_line", "second_line", "operator", "saksbro"}) {
        const ExternalSignal said{Signal{signal}, Role{role}, {}, "UDE", "ord", "A link"};
        takes(decide(mapping_, state_, said, around(DeliveryKind::link)), signal);
      }
    }
    takes(decide(mapping_, state_, Resumed{"a person asked"}, around(DeliveryKind::order)),
          "resumed");
  }

  std::string because;

 private:
  void deliver_ticket(const SystemName& at, const TicketView& view, Play& tickets) {
    for (const bool delivered : {true, false}) {
      const CommandResult settled{IdempotencyKey{"dead/" + at.text()}, "status", view.key,
                                  delivered, "no"};
      takes(decide(mapping_, state_, at, settled, around(DeliveryKind::answer)), "settled");
    }
    observes(at, TicketHint{view.key, std::nullopt});
    observes(at, TicketGone{view.key, "404"});
    tickets.comments(at, at == kDesk ? kKari : kOla, "/sak ta");
    tickets.sets_field(at, kKari, "Virksomhet", "BYM");
    tickets.sets_status(at, at == kDesk ? kKari : kOla, at == kDesk ? "LØST" : "løst");
    observes(at, TicketState{tickets.ticket(at)});
  }

  void observes(const SystemName& at, const Observation& observation) {
    takes(decide(mapping_, state_, at, observation, around(DeliveryKind::poll)), at.text());
  }

  void takes(const Decision& decision, const std::string& what) {
    EXPECT_NE(in_english(decision.because), "") << what;
    because += in_english(decision.because) + "\n";
  }

  Surroundings around(DeliveryKind kind) {
    Surroundings around;
    around.cause = DeliveryId{"r" + std::to_string(++deliveries_)};
    around.kind = kind;
    around.now = play_.now();
    return around;
  }

  const Mapping& mapping_;
  const Play& play_;
  Case state_;
  int deliveries_ = 0;
};

Play operators_report() {
  Play play;
  play.registers(kOperator, kOla, "Databasen er full", "Feil.", {{"Alvorlighet", "A - kritisk"}});
  play.sees(kOperator);
  play.carry_out();
  return play;
}

const std::vector<Play>& running_cases() {
  static const std::vector<Play> kCases{registered_case(), case_at_operator(), case_in_work(),
                                        operators_report()};
  return kCases;
}

std::string delivered_after_renaming(const std::string& name) {
  const Mapping mapping = with_another_name(name);
  std::string because;
  for (const Play& play : running_cases()) {
    Reloaded reloaded(mapping, play);
    reloaded.deliver_everything(play);
    because += reloaded.because;
  }
  return because;
}

class ReloadWithout : public testing::TestWithParam<const char*> {};

TEST_P(ReloadWithout, ANameThatRunningCasesUseDecidesAllThatIsPendingAndSaysWhy) {
  EXPECT_NE(delivered_after_renaming(GetParam()), "");
}

INSTANTIATE_TEST_SUITE_P(System, ReloadWithout,
                         testing::Values("desk", "operator", "third_line", "innboks", "lonn", "bym",
                                         "vakt", "epost"));
INSTANTIATE_TEST_SUITE_P(Activity, ReloadWithout,
                         testing::Values("M.1.1.2", "M.1.1.3", "M.1.3.2", "M.1.3.5", "M.2.1.3",
                                         "M.2.1.6", "M.1", "M.2.1"));
INSTANTIATE_TEST_SUITE_P(Status, ReloadWithout,
                         testing::Values("NY", "UNDER ARBEID", "AVVENTER", "LØST", "LUKKET"));
INSTANTIATE_TEST_SUITE_P(Role, ReloadWithout,
                         testing::Values("first_line", "second_line", "end_user", "source_system"));
INSTANTIATE_TEST_SUITE_P(Word, ReloadWithout,
                         testing::Values("virksomhet", "løsning", "leverandør", "UDE", "løst",
                                         "tatt"));

TEST(Reload, ALoopInASystemThatIsTakenAwayEndsAndSaysSo) {
  EXPECT_THAT(delivered_after_renaming("operator"),
              HasSubstr("Not written: the mapping no longer has the system operator."));
}

TEST(Reload, ACaseAtAnActivityThatIsTakenAwayStaysWhereItIs) {
  EXPECT_THAT(delivered_after_renaming("M.1.3.5"),
              HasSubstr("Put aside: case SAK-2026-00001 is at M.1.3.5 of process M.1, which is no "
                        "longer in the mapping"));
}

TEST(Reload, AStatusThatIsTakenAwayIsShownNowhere) {
  EXPECT_THAT(delivered_after_renaming("AVVENTER"),
              HasSubstr("has no word for the status AVVENTER."));
}

}  // namespace
}  // namespace saksbro::core
