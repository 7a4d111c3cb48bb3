// Values that people write in two trackers at once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "bridge/core/sync/echo.h"
#include "tests/core/two_sides.h"
#include "tests/rig/sanitized.h"

namespace saksbro::core {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Promise 14.
TEST(Conflict, OfDifferentFieldsIsNone) {
  TwoSides world;
  world.edits(kLeft, "A", "fra venstre");
  world.edits(kRight, "B", "from the right");
  world.sees(kLeft);
  world.sees(kRight);
  world.settle();
  for (const SystemName& at : {kLeft, kRight}) {
    EXPECT_EQ(world.field(at, "A"), "fra venstre");
    EXPECT_EQ(world.field(at, "B"), "from the right");
    EXPECT_THAT(world.comments(at), IsEmpty());
  }
}

// Each number is one order of four edits on either side: its bits say whose turn it is.
std::vector<unsigned> interleavings() {
  std::vector<unsigned> all;
  for (unsigned turns = 0; turns < 256; ++turns) {
    if (__builtin_popcount(turns) == 4) all.push_back(turns);
  }
  return all;
}

class Interleaving : public testing::TestWithParam<unsigned> {};

TEST_P(Interleaving, OfEditsOfDifferentFieldsKeepsAllOfThem) {
  TwoSides world;
  int left = 0;
  int right = 0;
  for (int turn = 0; turn < 8; ++turn) {
    if ((GetParam() >> turn & 1U) != 0) {
      world.edits(kLeft, left % 2 == 0 ? "A" : "Owned", "v" + std::to_string(left));
      ++left;
      world.sees(kLeft);
      world.sends(kRight);
    } else {
      world.edits(kRight, right % 2 == 0 ? "B" : "Safe", right < 2 ? "Yes" : "No");
      ++right;
      world.sees(kRight);
      world.sends(kLeft);
    }
    if (turn % 2 == 1) world.answers(turn % 4 == 1 ? kLeft : kRight);
  }
  world.settle();
  for (const SystemName& at : {kLeft, kRight}) {
    EXPECT_EQ(world.field(at, "A"), "v2");
    EXPECT_EQ(world.field(at, "Owned"), "v3");
    EXPECT_EQ(world.field(at, "B"), "No");
    EXPECT_EQ(world.field(at, "Safe"), "No");
  }
  EXPECT_EQ(world.state().values.at("trygg"), "nei") << "the process's own word";
  EXPECT_EQ(world.facts("ConflictSettled"), 0);
}

// Promise 14.
INSTANTIATE_TEST_SUITE_P(FourAndFour, Interleaving, testing::ValuesIn(interleavings()));

TEST(Interleavings, AreSeventy) { EXPECT_EQ(interleavings().size(), 70U); }

// Promise 15.
TEST(Conflict, IsWonByTheOwnerAndTheLostValueIsKeptInAComment) {
  TwoSides world;
  world.edits(kLeft, "Owned", "eierens");
  world.edits(kRight, "Owned", "theirs");
  world.sees(kLeft);
  const auto& decision = world.sees(kRight);
  EXPECT_THAT(in_english(decision.because),
              HasSubstr("\"eid\" was changed in right and in left at the same time: the value of "
                        "left wins, because that system owns it."));
  world.settle();
  EXPECT_EQ(world.field(kLeft, "Owned"), "eierens");
  EXPECT_EQ(world.field(kRight, "Owned"), "eierens");
  EXPECT_THAT(
      world.comments(kRight),
      ElementsAre("\"Owned\" was changed in two places at once. \"eierens\" from Left holds. "
                  "Here it was: \"theirs\"\n\n[SAK-2026-00001/1]"));
  EXPECT_EQ(world.ticket(kRight).comments.back().visibility, Visibility::internal);
  EXPECT_THAT(world.comments(kLeft), IsEmpty());
}

// Promise 15.
TEST(Conflict, IsWonByTheOwnerAlsoWhenTheOtherWasHeardFirst) {
  TwoSides world;
  world.edits(kRight, "Owned", "theirs");
  world.edits(kLeft, "Owned", "eierens");
  world.sees(kRight);
  world.sees(kLeft);
  world.settle();
  EXPECT_EQ(world.field(kLeft, "Owned"), "eierens");
  EXPECT_EQ(world.field(kRight, "Owned"), "eierens");
  EXPECT_THAT(world.comments(kRight), Contains(HasSubstr("Here it was: \"theirs\"")));
}

// Promise 15.
TEST(Conflict, WithoutAnOwnerIsWonByThePersonOverWhatWeWereAboutToWrite) {
  TwoSides world;
  world.edits(kLeft, "A", "venstre");
  world.edits(kRight, "A", "right");
  world.sees(kLeft);  // "venstre" is on its way to the right
  world.sees(kRight);
  world.settle();
  EXPECT_EQ(world.field(kLeft, "A"), "right");
  EXPECT_EQ(world.field(kRight, "A"), "right");
  EXPECT_THAT(
      world.comments(kLeft),
      ElementsAre("«A» ble endret to steder samtidig. «right» fra Høyre gjelder. Her sto det: "
                  "«venstre»\n\n[SAK-2026-00001/1]"));
  EXPECT_EQ(world.writes[kRight]["A"], 0) << "nothing was written over the person's";
}

// Promise 15.
TEST(Conflict, IsSeenInTheHistoryWhenOurWriteCameOverAPersons) {
  TwoSides world;
  world.edits(kLeft, "A", "venstre");
  world.sees(kLeft);
  world.edits(kRight, "A", "right");
  world.sends(kRight);  // over what nobody had read
  world.answers(kRight);
  world.settle();
  EXPECT_EQ(world.field(kLeft, "A"), "right");
  EXPECT_EQ(world.field(kRight, "A"), "right");
  EXPECT_EQ(world.facts("ConflictSettled"), 1);
}

TEST(Edit, OfAPersonWhoHasSeenOursIsNoConflict) {
  TwoSides world;
  world.edits(kLeft, "A", "venstre");
  world.sees(kLeft);
  world.sends(kRight);
  world.edits(kRight, "A", "right");  // before the answer of our write was handled
  world.answers(kRight);
  world.settle();
  EXPECT_EQ(world.field(kLeft, "A"), "right");
  EXPECT_EQ(world.facts("ConflictSettled"), 0);
}

TEST(Edit, BackToAnOlderValueGoesToTheOtherSideToo) {
  TwoSides world;
  for (const char* value : {"1", "2", "1", "2"}) {
    for (const SystemName& at : {kLeft, kRight}) {
      world.edits(at, "A", value + at.text());
      world.sees(at);
      world.settle();
      EXPECT_EQ(world.field(kLeft, "A"), value + at.text());
      EXPECT_EQ(world.field(kRight, "A"), value + at.text());
    }
  }
}

TEST(Edit, ThatEmptiesASharedFieldEmptiesTheOtherSides) {
  TwoSides world;
  world.edits(kRight, "A", "noe");
  world.sees(kRight);
  world.settle();
  world.edits(kLeft, "A", "");
  world.sees(kLeft);
  world.settle();
  EXPECT_EQ(world.field(kRight, "A"), "");
}

TEST(Edit, ToAValueThatWeWroteBeforeIsNoEchoOnceOursHasBeenSeen) {
  TwoSides world;
  world.edits(kLeft, "A", "en");
  world.sees(kLeft);
  world.edits(kLeft, "A", "to");
  world.sees(kLeft);  // "en" was never sent, but may still be ours
  world.sends(kRight);
  world.sees(kRight);  // "to" has arrived, and is not settled
  world.edits(kRight, "A", "en");
  world.sees(kRight);
  world.settle();
  EXPECT_EQ(world.field(kLeft, "A"), "en");
  EXPECT_EQ(world.field(kRight, "A"), "en");
}

TEST(Edit, ToAValueThatWeHadGivenUpBeforeItLeftIsThePersonsOwn) {
  TwoSides world;
  world.edits(kLeft, "A", "en");
  world.sees(kLeft);
  world.edits(kLeft, "A", "to");
  world.sees(kLeft);
  world.edits(kRight, "A", "en");
  world.sees(kRight);
  world.settle();
  EXPECT_EQ(world.field(kLeft, "A"), "en");
  EXPECT_EQ(world.field(kRight, "A"), "en");
  EXPECT_EQ(world.facts("ConflictSettled"), 1) << "what was lost is told";
}

class Chance {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t limit) { return engine_() % limit; }

 private:
  std::mt19937 engine_;
};

const std::vector<std::string> kFields{"A", "B", "Owned"};

// Everything in any order; then all comes to rest.
void live(TwoSides& world, Chance& chance, std::map<std::string, int>& edits) {
  for (int steps = 0; steps < 24; ++steps) {
    const SystemName at = chance.below(2) == 0 ? kLeft : kRight;
    switch (chance.below(5)) {
      case 0:
      case 1: {
        const std::string& field = kFields[chance.below(kFields.size())];
        const std::string value = std::to_string(chance.below(4));
        world.edits(at, field, value);
        ++edits[field];
        break;
      }
      case 2:
        world.sees(at);
        break;
      case 3:
        world.sends(at);
        break;
      default:
        world.answers(at);
    }
  }
  world.settle();
}

// A sanitizer makes each run six times as long.
constexpr unsigned kRunsEach = rig::kSanitized ? 200 : 1'000;

class RandomRuns : public testing::TestWithParam<unsigned> {};

TEST_P(RandomRuns, ConvergeWithAWriteAnEditAtMost) {
  const TwoSides fresh;
  for (unsigned run = 0; run < kRunsEach; ++run) {
    const unsigned seed = GetParam() * kRunsEach + run;
    Chance chance(seed);
    TwoSides world = fresh;
    std::map<std::string, int> edits;
    live(world, chance, edits);
    for (const std::string& field : kFields) {
      ASSERT_EQ(world.field(kLeft, field), world.field(kRight, field))
          << field << ", seed " << seed;
      for (const SystemName& at : {kLeft, kRight})
        ASSERT_LE(world.writes[at][field], edits[field]) << field << ", seed " << seed;
    }
    if (HasFailure()) return;
  }
}

// Promises 12, 15.
INSTANTIATE_TEST_SUITE_P(TenThousand, RandomRuns, testing::Range(0U, 10U));

// Promise 12.
TEST(Echo, OfEachStatusOnAPlannedPathIsOurs) {
  TwoSides world;
  const Intent* found = nullptr;
  Case state = world.state();
  state = evolve(
      std::move(state),
      CommandIssued{{IdempotencyKey{"k"}, kLeft, kStatusAttribute, {"new", "open", "closed"}},
                    "status"},
      Instant{});
  for (const char* status : {"new", "open", "closed"}) {
    TicketChange news;
    news.kind = TicketChange::Kind::status;
    news.value = status;
    found = echoed(state, kLeft, news);
    EXPECT_NE(found, nullptr) << status;
  }
  TicketChange other;
  other.kind = TicketChange::Kind::status;
  other.value = "waiting";
  EXPECT_EQ(echoed(state, kLeft, other), nullptr);
}

}  // namespace
}  // namespace saksbro::core
