// What tickets tell a restored store: which number they bear, and who writes in our name.
#include "bridge/core/sync/recovery.h"

#include <gtest/gtest.h>

namespace saksbro::core {
namespace {

const SystemName kDesk{"desk"};

Mapping mapping() {
  Mapping mapping;
  SystemMapping desk;
  desk.name = kDesk;
  desk.marker_field = "Nøkkel";
  desk.writes = {{"case.number", "Saksnummer", ""}};
  mapping.systems[kDesk] = desk;
  return mapping;
}

struct Row {
  const char* name;
  std::map<std::string, std::string> fields;
  std::vector<std::string> comments;
  std::optional<BorneNumber> expected;
};

class Numbers : public testing::TestWithParam<Row> {};

TEST_P(Numbers, AreReadFromTheFieldOrFromASignature) {
  Ticket ticket;
  ticket.key = RemoteKey{"18"};
  ticket.fields = GetParam().fields;
  for (const std::string& text : GetParam().comments) {
    Comment comment;
    comment.text = text;
    ticket.comments.push_back(comment);
  }
  EXPECT_EQ(borne_number(mapping(), kDesk, ticket), GetParam().expected);
}

const BorneNumber kOwn{"desk.18", CaseNumber{"SAK-2026-00007"}};
const BorneNumber kOthers{"operator.5", CaseNumber{"SAK-2026-00007"}};

INSTANTIATE_TEST_SUITE_P(
    Recovery, Numbers,
    testing::Values(
        Row{"Nothing", {}, {}, std::nullopt},
        Row{"Field", {{"Saksnummer", "SAK-2026-00007"}}, {}, kOwn},
        Row{"FieldOfAPerson", {{"Saksnummer", "den fra i går"}}, {}, std::nullopt},
        Row{"AnotherPrefix", {{"Saksnummer", "ABC-2026-00007"}}, {}, std::nullopt},
        Row{"NoYear", {{"Saksnummer", "SAK-7"}}, {}, std::nullopt},
        Row{"OpenedByUs",
            {{"Saksnummer", "SAK-2026-00007"}, {"Nøkkel", "operator.5/M.2.1.4/desk"}},
            {},
            kOthers},
        Row{"Note", {}, {"Hei", "Status: NY\n\n[SAK-2026-00007/note]"}, kOwn},
        Row{"Comment", {}, {"Løst\n\n[SAK-2026-00007/3]\n"}, kOwn},
        Row{"OnlyQuoted", {}, {"[SAK-2026-00007/3] sier at\ndet er løst"}, std::nullopt},
        Row{"NoSignature", {}, {"se [SAK-2026-00007]"}, std::nullopt}),
    [](const auto& row) { return row.param.name; });

TEST(OwnAccounts, AreThoseThatSignAndThoseThatOpenedTheTicket) {
  Case state;
  state.number = CaseNumber{"SAK-2026-00007"};
  Ticket ticket;
  ticket.author = {"opener", ""};
  const auto say = [&](const char* who, const char* text) {
    Comment comment;
    comment.author = {who, ""};
    comment.text = text;
    ticket.comments.push_back(comment);
  };
  say("kari", "Hei");
  say("bot", "Løst\n\n[SAK-2026-00007/3]");
  say("other", "Løst\n\n[SAK-2026-00008/3]");
  using Ids = std::set<std::string>;
  EXPECT_EQ(own_accounts(mapping(), state, kDesk, ticket), Ids{"bot"});
  ticket.fields["Nøkkel"] = "operator.5/M.2.1.4/desk";
  EXPECT_EQ(own_accounts(mapping(), state, kDesk, ticket), (Ids{"bot", "opener"}));
}

}  // namespace
}  // namespace saksbro::core
