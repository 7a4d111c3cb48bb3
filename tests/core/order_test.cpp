// Webhooks come in any order: what counts is the ticket's state, and the end is the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "tests/core/play.h"

namespace saksbro::core {
namespace {

// Five things that happen at the operator, each with the state that its webhook would carry.
std::vector<Ticket> five_states(Play& play) {
  std::vector<Ticket> states;
  const auto keep = [&] { states.push_back(play.ticket(kOperator)); };
  play.sets_status(kOperator, kOla, "under behandling");
  keep();
  play.comments(kOperator, kOla, "Vi ser på det.", Visibility::internal);
  keep();
  play.sets_field(kOperator, kOla, "Løsning", "Indeksen er bygget på nytt.");
  keep();
  play.sets_status(kOperator, kOla, "løst");
  keep();
  play.comments(kOperator, kOla, "Ferdig.", Visibility::internal);
  keep();
  return states;
}

struct End {
  std::string activity;
  std::string status;
  std::string solution;
  std::string shown;
  TicketView theirs;
  std::size_t said = 0;
  friend bool operator==(const End&, const End&) = default;
};

// Carries out what is decided in between, as the service would.
End after(const std::array<std::size_t, 5>& order) {
  Play play = case_in_work();
  const auto states = five_states(play);
  for (const std::size_t which : order) {
    Ticket state = states[which];
    state.read_at = play.now();
    play.sees(kOperator, TicketState{state});
    play.carry_out();
  }
  TicketView theirs = play.state().tickets.at(kOperator);
  theirs.read_at = {};
  // The case note is the bridge's own, and its place among the entries differs.
  theirs.entries.clear();
  theirs.revision = 0;
  theirs.updated = {};
  return {play.state().activity.text(),
          play.state().status.text(),
          play.state().values.at("løsning"),
          play.ticket(kDesk).status,
          theirs,
          play.ticket(kDesk).comments.size()};
}

// Promise 10.
TEST(Webhooks, InEachOrderOfFiveEndAlike) {
  std::array<std::size_t, 5> order{};
  std::iota(order.begin(), order.end(), 0U);
  const End in_order = after(order);
  EXPECT_EQ(in_order.activity, "M.1.3.7");
  EXPECT_EQ(in_order.shown, "LØST");
  int orders = 0;
  do {
    EXPECT_TRUE(after(order) == in_order) << testing::PrintToString(order);
    ++orders;
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_EQ(orders, 120);
}

}  // namespace
}  // namespace saksbro::core
