// What a case remembers for itself, and that none of it grows for ever.
#include "bridge/core/model/memory.h"

#include <gmock/gmock.h>

#include "bridge/core/model/case.h"

namespace saksbro::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const SystemName kHere{"desk"};

Case with(std::vector<Fact> facts) {
  Case state;
  for (const Fact& fact : facts) state = evolve(std::move(state), fact, Instant{});
  return state;
}

TEST(Memory, OfOwnCommentsIsBoundedAndKeepsTheLastOnes) {
  Case state;
  for (int i = 1; i <= 1000; ++i) {
    const std::string mark = "[SAK-2026-00001/" + std::to_string(i) + "]";
    state =
        evolve(std::move(state), Remembered{EchoKept{mark, "c" + std::to_string(i)}}, Instant{});
  }
  state = evolve(std::move(state), Remembered{EchoKept{"[SAK-2026-00001/note]", "c"}}, Instant{});
  EXPECT_EQ(state.memory.echoes.size(), 200U);
  EXPECT_TRUE(state.memory.echoes.contains("[SAK-2026-00001/1000]"));
  EXPECT_TRUE(state.memory.echoes.contains("[SAK-2026-00001/note]"));
  EXPECT_FALSE(state.memory.echoes.contains("[SAK-2026-00001/800]"));
}

TEST(Memory, OfTheCaseNotesEntriesIsBoundedAndKeepsTheLastOnes) {
  Memory memory;
  for (int i = 1; i <= 1000; ++i) remember(memory, EchoKept{"[S/note]", "c" + std::to_string(i)});
  const auto& entries = memory.echoes.at("[S/note]");
  EXPECT_EQ(entries.size(), 50U);
  EXPECT_EQ(entries.front(), "c951");
  EXPECT_EQ(entries.back(), "c1000");
}

TEST(Memory, OfAnEntryIsKeptOnce) {
  Memory memory;
  for (const char* entry : {"c1", "c2", "c1"}) remember(memory, EchoKept{"[S/note]", entry});
  EXPECT_THAT(memory.echoes.at("[S/note]"), ElementsAre("c2", "c1"));
}

TEST(Memory, OfARefusalEndsWhenTheCommandIsDone) {
  const IdempotencyKey key{"k"};
  const Case state =
      with({Remembered{RefusalTold{key, "no"}}, CommandSettled{key, kHere, "status", true, ""}});
  EXPECT_THAT(state.memory.refusals, IsEmpty());
}

TEST(Memory, OfARefusalEndsWhenANewerCommandTakesItsPlace) {
  const IdempotencyKey key{"k"};
  const Intent older{key, kHere, "status", {"Ny"}};
  const Intent newer{IdempotencyKey{"n"}, kHere, "status", {"Lukket"}};
  const Case before =
      with({CommandIssued{older, "status"}, CommandSettled{key, kHere, "status", false, "no"},
            Remembered{RefusalTold{key, "no"}}});
  ASSERT_EQ(before.memory.refusals.size(), 1U);
  EXPECT_THAT(evolve(before, CommandIssued{newer, "status"}, Instant{}).memory.refusals, IsEmpty());
  EXPECT_THAT(evolve(before, CommandsWithdrawn{kHere, "status"}, Instant{}).memory.refusals,
              IsEmpty());
}

TEST(Memory, OfARefusedCreateEndsWhenTheTicketIsFound) {
  const IdempotencyKey key{"k"};
  const Case state =
      with({CommandSettled{key, kHere, "create", false, "no"}, Remembered{RefusalTold{key, "no"}},
            TicketLinked{kHere, RemoteKey{"17"}, "#17", ""}});
  EXPECT_THAT(state.memory.refusals, IsEmpty());
}

// A loop is three within an hour.
TEST(Memory, OfWritesThatWereUndoneNowAndThenIsBounded) {
  Case state;
  for (int day = 1; day <= 1000; ++day)
    state = evolve(std::move(state), WriteUndone{kHere, "status", "Ny"},
                   Instant{std::chrono::hours{24 * day}});
  const auto& undone = state.memory.tickets.at(kHere).undone.at("status");
  EXPECT_EQ(undone.size(), 10U);
  EXPECT_EQ(undone.back(), Instant{std::chrono::hours{24'000}});
}

TEST(Memory, OfUnknownStatusesIsBoundedAndKeepsTheLastOnes) {
  Memory memory;
  for (int i = 1; i <= 1000; ++i)
    remember(memory, UnknownStatusTold{kHere, "Status " + std::to_string(i)});
  EXPECT_EQ(memory.tickets.at(kHere).unknown_statuses.size(), 50U);
  EXPECT_EQ(memory.tickets.at(kHere).unknown_statuses.back(), "Status 1000");
}

TEST(Memory, OfVersionsIsTheLastThatTheCaseWasToldOf) {
  Memory memory;
  remember(memory, VersionTold{"7.1", "mandag"});
  remember(memory, VersionTold{"7.2", "tirsdag"});
  EXPECT_EQ(memory.told_version, (ToldVersion{"7.2", "tirsdag"}));
  remember(memory, VersionTold{"7.1", ""});
  EXPECT_EQ(memory.told_version, (ToldVersion{"7.2", "tirsdag"})) << "it waits for an older one";
  remember(memory, VersionTold{"7.2", ""});
  EXPECT_EQ(memory.told_version, std::nullopt);
}

}  // namespace
}  // namespace saksbro::core
