// Between our look and our write a person sets the status: seen in the ticket's history afterwards.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {
namespace {

using testing::ElementsAre;

const std::string kKari = "6";  // 2nd line
const std::string kPer = "7";   // 1st line

std::vector<std::string> statuses_of(Box& box) {
  std::vector<std::string> all;
  for (const Change& one : box.trackers.ticket("desk").changes)
    if (one.attribute == kStatusAttribute) all.push_back(one.author.id + ": " + one.to);
  return all;
}

// The case is sent to the operator; `who` sets `status` when our AVVENTER is about to be written.
void overtaken(Box& box, const std::string& who, const std::string& status) {
  box.trackers.registers("desk", kPer, "Faktura feiler");
  box.poll("desk");
  box.settle();
  box.trackers.trouble = [&, done = false](const Call& call) mutable -> std::optional<Fate> {
    if (!done && call.body.find("AVVENTER") != std::string::npos &&
        call.body.find("\"status\"") != std::string::npos) {
      done = true;
      box.trackers.sets_status("desk", who, status);
    }
    return std::nullopt;
  };
  box.trackers.comments("desk", kKari, "/sak videresend drift");
  box.poll("desk");
  box.settle();
}

TEST(StatusOfAPerson, WrittenOverInTheSameMomentIsPutBackAndHeard) {
  Box box;
  overtaken(box, kKari, "LØST");
  EXPECT_THAT(statuses_of(box), ElementsAre("6: LØST", "5: AVVENTER", "5: LØST"));
  ASSERT_TRUE(box.only_case().waiting) << "the words of the solution";
  EXPECT_EQ(box.only_case().waiting->signal.text(), "løst");
}

TEST(StatusOfAPerson, WrittenOverThatTheRoutineTakesBackStaysTakenBack) {
  Box box;
  overtaken(box, kPer, "LUKKET");
  EXPECT_EQ(box.trackers.ticket("desk").status, "AVVENTER");
  EXPECT_FALSE(box.only_case().closed);
}

}  // namespace
}  // namespace saksbro::run
