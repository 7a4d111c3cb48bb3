// Which solved cases a new one is compared with, and where the mapping says that solutions stand.
#include "bridge/run/engine/solutions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {
namespace {

using testing::SizeIs;

TEST(Solutions, StandWhereTheTransitionsLeadThatKeepOne) {
  EXPECT_EQ(solution_source(shipped_mapping()),
            (store::SolutionSource{"løsning", "virksomhet", {core::Status{"LØST"}}}));
}

void solve(store::Transaction& tx, const char* number, const char* title,
           const char* organisation) {
  core::Case one;
  one.number = CaseNumber{number};
  one.closed = true;
  one.values = {{"title", title}, {"løsning", "Start på nytt"}, {"virksomhet", organisation}};
  EXPECT_TRUE(tx.cases().append(one, 1, Instant{}, {}));
}

TEST(Solutions, ANewCaseGetsItsOwnOrganisationsFirstAndAtMostFive) {
  Box box;
  auto tx = need(box.store().begin());
  for (int i = 1; i <= 6; ++i)
    solve(*tx, ("S-" + std::to_string(i)).c_str(), "Faktura uten attestant", "Bydel Sagene");
  solve(*tx, "S-7", "Faktura uten attestant i dag", "Bydel Frogner");
  const std::vector<core::Fact> born{core::ValueKept{"title", "Faktura uten attestant"},
                                     core::ValueKept{"text", "Hei"},
                                     core::ValueKept{"virksomhet", "Bydel Frogner"}};
  ASSERT_TRUE(tx->commit());
  const auto question = question_of(solution_source(shipped_mapping()), born);
  const auto similar = need(similar_to(*box.reader(), question));
  ASSERT_THAT(similar, SizeIs(5));
  EXPECT_EQ(similar[0].number, CaseNumber{"S-7"});
  EXPECT_EQ(similar[1].organisation, "Bydel Sagene");
}

TEST(Solutions, ACaseThatTheEngineSawSolvedIsKnownAndSuggestedToTheNextOne) {
  Box box;
  box.trackers.registers("desk", "7", "Faktura feiler").fields["Virksomhet"] = "UDE";
  box.poll("desk");
  box.settle();
  box.trackers.comments("desk", "6", "/sak videresend drift");
  box.poll("desk");
  box.settle();
  box.trackers.comments("desk", "6", "/sak info nei");
  box.poll("desk");
  box.settle();
  EXPECT_TRUE(need(box.reader()->solutions().asked("faktura", std::nullopt, 5)).empty());
  box.trackers.comments("operator", "ola", "Indeksen er bygget på nytt.");
  box.trackers.sets_status("operator", "ola", "løst");
  box.deliver("operator", "hook-1", "hint:5");
  box.settle();
  const auto known = need(box.reader()->solutions().asked("faktura", std::nullopt, 5));
  ASSERT_THAT(known, SizeIs(1));
  EXPECT_EQ(known[0].solution, "Indeksen er bygget på nytt.");

  Ticket& next = box.trackers.registers("desk", "7", "Faktura feiler");
  next.key = RemoteKey{"18"};
  next.fields["Virksomhet"] = "UDE";
  box.poll("desk");
  const auto outbox = box.outbox(true);
  const auto suggested = std::find_if(outbox.begin(), outbox.end(), [](const auto& row) {
    return std::holds_alternative<AddComment>(row.issued.command.action);
  });
  ASSERT_NE(suggested, outbox.end());
  const auto& comment = std::get<AddComment>(suggested->issued.command.action);
  EXPECT_EQ(comment.text,
            "Lignende saker som er løst:\n\nSAK-2026-00001: Faktura feiler\n"
            "Indeksen er bygget på nytt.\n\n[SAK-2026-00002/1]");
  EXPECT_EQ(comment.visibility, Visibility::everyone) << "1st line sees no private notes";
}

}  // namespace
}  // namespace saksbro::run
