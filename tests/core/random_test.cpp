// Whatever people and trackers do, in whatever order: no crash, and what must hold always holds.
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "tests/core/play.h"
#include "tests/rig/sanitized.h"

namespace saksbro::core {
namespace {

class Chance {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t limit) { return engine_() % limit; }
  template <class T>
  const T& one_of(const std::vector<T>& all) {
    return all[below(all.size())];
  }

 private:
  std::mt19937 engine_;
};

const std::vector<std::string> kPeople{kKari, kPer, kOla, kBot, ""};
const std::vector<std::string> kStatuses{
    "Ny",   "Under arbeid", "AVVENTER", "LØST", "LUKKET", "under behandling", "venter på kunde",
    "løst", "lukket",       "Tull"};
const std::vector<std::string> kWords{"/sak ta",
                                      "/sak videresend drift",
                                      "/sak info ja Beskjed",
                                      "/sak info nei",
                                      "/sak bare generelt",
                                      "/sak informert",
                                      "/sak kvittert",
                                      "/sak løst",
                                      "/sak løst Slik",
                                      "/case later-version 7.2",
                                      "/sak bekreftet",
                                      "/sak lukk",
                                      "/sak hjelp",
                                      "/sak tull",
                                      "> /sak ta\n/sak ta\n/sak lukk",
                                      "Vanlige ord.",
                                      "[SAK-2026-00001/1]",
                                      "",
                                      "\xff\xfe{text}{"};

void do_something(Play& play, Chance& chance) {
  const SystemName at = chance.below(2) == 0 ? kDesk : kOperator;
  const bool known = play.has_case() && play.state().tickets.contains(at);
  switch (chance.below(9)) {
    case 0:
      if (known) play.sets_status(at, chance.one_of(kPeople), chance.one_of(kStatuses));
      break;
    case 1:
    case 2:
      if (known)
        play.comments(at, chance.one_of(kPeople), chance.one_of(kWords),
                      chance.below(2) == 0 ? Visibility::everyone : Visibility::internal);
      break;
    case 3:
      if (known) play.sets_field(at, chance.one_of(kPeople), "Alvorlighet", "A - kritisk");
      break;
    case 4:
      if (known) play.sees(at, TicketHint{play.ticket(at).key, std::nullopt});
      break;
    case 5:
      if (known) play.sees(at, TicketGone{play.ticket(at).key, "404"});
      break;
    case 6:
      if (!play.waiting().empty() && play.has_case()) play.refuse("no");
      break;
    case 7:
      if (play.has_case()) play.timer("alert/M.2.1.3");
      break;
    default:
      if (play.has_case()) play.carry_out();
  }
  if (play.has_case() && play.state().tickets.contains(at) && chance.below(2) == 0) play.sees(at);
}

TEST(Random, SequencesLeaveACaseThatItsFactsTellWhollyAndKeysThatAreUnique) {
  for (unsigned seed = 0; seed < (rig::kSanitized ? 60 : 200); ++seed) {
    Chance chance(seed);
    Play play;
    const SystemName first = chance.below(2) == 0 ? kDesk : kOperator;
    play.registers(first, chance.one_of(kPeople), "Tittel", "Tekst");
    play.sees(first);
    for (int steps = 0; steps < 40; ++steps) do_something(play, chance);

    Case replayed;
    replayed.number = CaseNumber{"SAK-2026-00001"};
    for (std::size_t i = 0; i < play.facts().size(); ++i)
      replayed = evolve(std::move(replayed), play.facts()[i], play.fact_times()[i]);
    ASSERT_EQ(replayed, play.state()) << "seed " << seed;
    const std::set<IdempotencyKey> keys(play.keys().begin(), play.keys().end());
    ASSERT_EQ(keys.size(), play.keys().size()) << "seed " << seed;
    ASSERT_EQ(play.told().find("\n\n\n"), std::string::npos)
        << "seed " << seed << ": a decision without a reason";
  }
}

}  // namespace
}  // namespace saksbro::core
