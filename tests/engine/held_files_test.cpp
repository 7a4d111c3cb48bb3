// Files under way in the whole bridge: held back when what they were decided on does not hold any
// more, and never in the way of what takes a moment.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class FilesUnderWay : public testing::Test {
 protected:
  FilesUnderWay() {
    box.trackers.registers("desk", "7", "Faktura feiler");
    box.poll("desk");
    box.settle();
    box.trackers.comments("desk", "6", "/sak videresend drift");
    box.poll("desk");
    box.settle();
    box.trackers.attaches("desk", "skjerm.png", 1000);
    box.trackers.attaches("desk", "logg.txt", 20);
  }

  // The operator's tracker takes nothing.
  void operator_is_out() {
    box.trackers.trouble = [](const Call& call) -> std::optional<Fate> {
      if (call.url.find("//operator/") == std::string::npos) return std::nullopt;
      return NotSent{"no connection"};
    };
  }
  void operator_is_back() {
    box.trackers.trouble = nullptr;
    box.clock.pass(std::chrono::minutes{5});
    box.settle();
    box.clock.pass(std::chrono::minutes{5});
    box.settle();
  }
  std::vector<std::string> files_at_operator() {
    std::vector<std::string> names;
    for (const Attachment& one : box.trackers.ticket("operator").attachments)
      names.push_back(one.name);
    return names;
  }

  // Of another case, for the desk.
  void a_status_waits() {
    auto tx = need(box.store().begin());
    ASSERT_TRUE(tx->outbox().append(
        CaseNumber{"SAK-2026-00002"}, 1, box.clock.now(),
        {{IdempotencyKey{"another case"}, SystemName{"desk"}, SetStatus{RemoteKey{"17"}, "Ny", {}}},
         "status",
         "because",
         ""}));
    ASSERT_TRUE(tx->commit());
  }

  Box box;
};

TEST_F(FilesUnderWay, ArriveTogether) {
  box.poll("desk");
  box.settle();
  EXPECT_THAT(files_at_operator(), testing::ElementsAre("skjerm.png", "logg.txt"));
}

TEST_F(FilesUnderWay, OfWhichOneTurnsInternalWhileTheirSystemIsOutAreHeldBackAndTheRestGoes) {
  operator_is_out();
  box.poll("desk");
  box.settle();
  ASSERT_THAT(files_at_operator(), IsEmpty());
  box.trackers.ticket("desk").attachments.back().visibility = Visibility::internal;
  box.trackers.comments("desk", "6", "Den ene er intern.");
  box.poll("desk");
  operator_is_back();
  EXPECT_THAT(files_at_operator(), testing::ElementsAre("skjerm.png"));
  for (const Call& call : box.trackers.calls) {
    const bool names_it = call.url.find("//operator/comment") != std::string::npos &&
                          call.body.find("logg.txt") != std::string::npos;
    EXPECT_TRUE(!names_it || call.body.find("skjerm.png") != std::string::npos)
        << "only the one before, which did not arrive";
  }
  EXPECT_THAT(box.outbox(), IsEmpty()) << "what was held back is no dead letter";
}

TEST_F(FilesUnderWay, ThatNobodyToldOfAreLookedAtBeforeTheyGoLate) {
  operator_is_out();
  box.poll("desk");
  box.settle();
  box.trackers.ticket("desk").attachments.front().visibility = Visibility::internal;
  box.trackers.ticket("desk").attachments.back().visibility = Visibility::internal;
  box.clock.pass(std::chrono::hours{2});  // the bridge was stopped: no poll has seen it
  operator_is_back();
  EXPECT_THAT(files_at_operator(), IsEmpty());
}

// A transfer takes minutes; what takes a moment goes meanwhile, by the other sender.
TEST_F(FilesUnderWay, LeaveASenderForWhatTakesAMoment) {
  box.poll("desk");
  box.handle_all();
  a_status_waits();
  box.trackers.takes = std::chrono::seconds{1};
  std::vector<std::string> meanwhile;
  bool within = false;
  box.trackers.each_second = [&] {
    if (std::exchange(within, true)) return;
    const auto before = box.trackers.calls.size();
    while (box.send("desk")) {
    }
    for (auto i = before; i < box.trackers.calls.size(); ++i)
      meanwhile.push_back(box.trackers.calls[i].url);
  };
  EXPECT_TRUE(box.send("desk"));
  EXPECT_THAT(meanwhile, testing::Contains("http://desk/status"));
  EXPECT_THAT(meanwhile, testing::Not(testing::Contains("http://desk/file")))
      << "the second file waits for the first one";
}

}  // namespace
}  // namespace saksbro::run
