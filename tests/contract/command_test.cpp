#include "bridge/contract/command.h"

#include <gtest/gtest.h>

namespace saksbro {
namespace {

struct Row {
  Action action;
  const char* verb;
  bool has_ticket;
};

const Row kRows[] = {{CreateTicket{}, "create", false}, {SetStatus{}, "status", true},
                     {SetFields{}, "fields", true},     {AddComment{}, "comment", true},
                     {ReadTicket{}, "read", true},      {RaiseAlert{}, "alert", false},
                     {KeepNote{}, "note", true},        {SendNotice{}, "notice", false}};

TEST(Action, HasAVerb) {
  for (const Row& row : kRows) EXPECT_STREQ(verb(row.action), row.verb);
}

TEST(Action, IsAboutATicketUnlessItOpensOneOrAlerts) {
  for (const Row& row : kRows) {
    const Action about = with_ticket(row.action, RemoteKey("17"));
    EXPECT_EQ(ticket_of(row.action), RemoteKey()) << row.verb;
    EXPECT_EQ(ticket_of(about), RemoteKey(row.has_ticket ? "17" : "")) << row.verb;
    EXPECT_STREQ(verb(about), row.verb);
  }
}

TEST(Action, KeepsAllElseWhenItGetsATicket) {
  const Action about = with_ticket(SetStatus{RemoteKey("1"), "Løst", {"Ny"}}, RemoteKey("17"));
  EXPECT_EQ(about, Action(SetStatus{RemoteKey("17"), "Løst", {"Ny"}}));
}

}  // namespace
}  // namespace saksbro
