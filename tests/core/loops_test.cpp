// Automations that write back what we have written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>

#include "bridge/core/model/last_write.h"
#include "tests/core/two_sides.h"
#include "tests/rig/sanitized.h"

namespace saksbro::core {
namespace {

using testing::Contains;
using testing::HasSubstr;

using std::chrono::minutes;

bool is_cut_at(const Case& state, const SystemName& at) { return is_cut(state, at, "fields/A"); }

// An automation that writes in its own way what we have written.
void rewrites(TwoSides& world, const SystemName& where, const std::string& field,
              const std::string& suffix) {
  world.after_write = [&world, where, field, suffix](const SystemName& at,
                                                     const std::string& attribute) {
    if (at != where || attribute != field) return;
    world.edits(at, field, world.field(at, field) + suffix, "robot", std::chrono::seconds{2});
  };
}

// Letter case, as two automations want it.
void toggles_case(TwoSides& world) {
  world.after_write = [&world](const SystemName& at, const std::string& attribute) {
    if (attribute != "A") return;
    std::string value = world.field(at, "A");
    for (char& c : value) c = static_cast<char>(at == kLeft ? std::tolower(c) : std::toupper(c));
    if (value != world.field(at, "A")) world.edits(at, "A", value, "robot");
  };
}

// Promise 13.
TEST(Loop, OfTwoAutomationsIsCutAfterThreeBouncesAndTold) {
  TwoSides world;
  toggles_case(world);
  world.edits(kLeft, "A", "Faktura");
  world.sees(kLeft);
  world.settle();
  EXPECT_EQ(world.facts("LoopCut"), 1);
  EXPECT_LE(world.writes[kLeft]["A"] + world.writes[kRight]["A"], 7)
      << "the first one, and three to each side";
  std::vector<std::string> told = world.comments(kLeft);
  const auto right = world.comments(kRight);
  told.insert(told.end(), right.begin(), right.end());
  EXPECT_THAT(told, Contains(HasSubstr("saksbro redrive SAK-2026-00001")));
}

// Promise 13.
TEST(Loop, ThatWasCutIsNeitherWrittenNorHeard) {
  TwoSides world;
  toggles_case(world);
  world.edits(kLeft, "A", "Faktura");
  world.sees(kLeft);
  world.settle();
  const auto before = world.writes;
  const SystemName cut = is_cut_at(world.state(), kLeft) ? kLeft : kRight;
  world.edits(cut, "A", "x", "robot");
  EXPECT_THAT(in_english(world.sees(cut).because), HasSubstr("Ignored: A in " + cut.text()));
  world.settle();
  EXPECT_EQ(world.writes, before);
  EXPECT_EQ(world.facts("LoopCut"), 1) << "told once";
}

// Promise 13.
TEST(Loop, IsTakenUpAgainWhenItHasBeenQuietForAnHour) {
  TwoSides world;
  toggles_case(world);
  world.edits(kLeft, "A", "Faktura");
  world.sees(kLeft);
  world.settle();
  world.after_write = nullptr;  // somebody has mended the automation
  const SystemName cut = is_cut_at(world.state(), kLeft) ? kLeft : kRight;
  const std::string timer = "loop/" + cut.text() + "/fields/A";
  ASSERT_TRUE(world.state().timers.contains(timer));
  world.pass(minutes{61});
  EXPECT_THAT(
      in_english(world.timer(timer).because),
      HasSubstr("Tried again: A in " + cut.text() + ", nothing has changed it for an hour."));
  world.settle();
  EXPECT_EQ(world.field(kLeft, "A"), world.field(kRight, "A"));
  EXPECT_FALSE(is_cut_at(world.state(), cut));
}

// Promise 13.
TEST(Loop, IsTakenUpAgainWhenAPersonAsks) {
  TwoSides world;
  toggles_case(world);
  world.edits(kLeft, "A", "Faktura");
  world.sees(kLeft);
  world.settle();
  world.after_write = nullptr;
  EXPECT_THAT(in_english(world.resumed().because), HasSubstr("a person asked"));
  world.settle();
  EXPECT_EQ(world.field(kLeft, "A"), world.field(kRight, "A"));
  EXPECT_EQ(in_english(world.resumed().because),
            "Nothing to do: no value of the case is being rewritten.");
}

// Promise 13.
TEST(Loop, OfAStatusThatAnAutomationTakesBackIsCut) {
  TwoSides world;
  world.after_write = [&world](const SystemName& at, const std::string& attribute) {
    if (at == kLeft && attribute == kStatusAttribute) world.sets_status(kLeft, "new", "robot");
  };
  world.sets_status(kLeft, "new");  // is taken back, as the mapping says; and so is that
  world.sees(kLeft);
  world.settle();
  EXPECT_EQ(world.facts("LoopCut"), 1);
  EXPECT_LE(world.writes[kLeft][kStatusAttribute], 4);
  EXPECT_THAT(world.comments(kLeft), Contains(HasSubstr("Noe endrer «status» i Venstre")));
}

// Promise 12.
TEST(Loop, IsNotSeenInHundredsOfEditsOfPeople) {
  constexpr int kEdits = rig::kSanitized ? 300 : 1000;
  TwoSides world;
  for (int i = 0; i < kEdits; ++i) {
    const SystemName at = i % 2 == 0 ? kLeft : kRight;
    world.edits(at, "A", "v" + std::to_string(i));
    world.sees(at);
    world.settle();
  }
  EXPECT_EQ(world.facts("LoopCut"), 0);
  EXPECT_EQ(world.facts("WriteUndone"), 0);
  EXPECT_EQ(world.writes[kLeft]["A"], kEdits / 2);
  EXPECT_EQ(world.writes[kRight]["A"], kEdits / 2);
}

TEST(Loop, IsNotCutByBouncesThatLieHoursApart) {
  TwoSides world;
  rewrites(world, kRight, "A", "!");
  for (int i = 0; i < 5; ++i) {
    world.edits(kLeft, "A", "v" + std::to_string(i));
    world.sees(kLeft);
    world.settle();
    world.pass(minutes{40});
  }
  EXPECT_EQ(world.facts("WriteUndone"), 5);
  EXPECT_EQ(world.facts("LoopCut"), 0);
}

}  // namespace
}  // namespace saksbro::core
