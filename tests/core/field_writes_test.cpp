// Several fields of one ticket that one decision writes go together.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/play.h"

namespace saksbro::core {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using testing::UnorderedElementsAre;

std::vector<Issued> field_writes_of(const Decision& decision, const SystemName& to) {
  std::vector<Issued> all;
  for (const Issued& one : decision.commands) {
    if (one.command.to == to && std::holds_alternative<SetFields>(one.command.action))
      all.push_back(one);
  }
  return all;
}

// The operator raises the severity: two fields at the desk.
const Decision& raised(Play& play) {
  play.registers(kOperator, kOla, "Databasen er nede", "Den svarer ikke.",
                 {{"Alvorlighet", "C - mindre"}, {"Feilkategori", "Databasefeil"}});
  play.sees(kOperator);
  play.carry_out();
  play.sets_field(kOperator, kOla, "Alvorlighet", "A - kritisk");
  return play.sees(kOperator);
}

TEST(FieldWrites, OfOneDecisionAreOneCommand) {
  Play play;
  const auto writes = field_writes_of(raised(play), kDesk);
  ASSERT_THAT(writes, SizeIs(1));
  EXPECT_THAT(
      std::get<SetFields>(writes[0].command.action).fields,
      UnorderedElementsAre(Pair("Alvorlighet", "A - kritisk"), Pair("priority", "Immediate")));
  EXPECT_EQ(writes[0].slot, "fields/Alvorlighet+priority");
}

TEST(FieldWrites, ThatComeBackTogetherAreEchoes) {
  Play play;
  raised(play);
  play.carry_out();
  EXPECT_EQ(play.ticket(kDesk).fields.at("priority"), "Immediate");
  EXPECT_THAT(play.sees(kDesk).facts.size(), 1U) << "the ticket was seen, and nothing else";
  EXPECT_THAT(play.state().intents, IsEmpty());
}

TEST(FieldWrites, ThatAreRefusedTogetherAreTriedOneByOne) {
  Play play;
  raised(play);
  while (!std::holds_alternative<SetFields>(play.waiting().front().command.action))
    play.refuse("not now");
  const auto& decision = play.refuse("Redmine has no priority \"Immediate\"");
  const auto writes = field_writes_of(decision, kDesk);
  ASSERT_THAT(writes, SizeIs(2));
  EXPECT_EQ(writes[0].slot, "fields/Alvorlighet");
  EXPECT_EQ(writes[1].slot, "fields/priority");
  EXPECT_EQ(decision.withdrawals.count({kDesk, "fields/Alvorlighet+priority"}), 1U)
      << "the one that wrote both is no dead letter any more";
  EXPECT_THAT(in_english(decision.because), HasSubstr("Each field is now written separately."));
}

// A tracker that does not have the priority opens the ticket without it.
TEST(FieldWrites, OfWhatATicketWasOpenedWithoutStandAloneSoThatTheRefusalNamesIt) {
  Play play;
  play.registers(kOperator, kOla, "Databasen er nede", "Den svarer ikke.",
                 {{"Alvorlighet", "A - kritisk"}, {"Feilkategori", "Databasefeil"}});
  play.sees(kOperator);
  CreateTicket create;
  for (const Issued& one : play.waiting()) {
    const auto* found = std::get_if<CreateTicket>(&one.command.action);
    if (found != nullptr) create = *found;
  }
  ASSERT_EQ(create.fields.at("priority"), "Immediate");
  auto fields = create.fields;
  fields["priority"] = "Normal";
  fields["Saksbro-nøkkel"] = create.marker;
  play.registers(kDesk, kBot, create.title, create.text, std::move(fields));
  const auto& decision = play.sees(kDesk);
  const auto writes = field_writes_of(decision, kDesk);
  const auto priority = std::find_if(writes.begin(), writes.end(), [](const Issued& one) {
    return std::get<SetFields>(one.command.action).fields.contains("priority");
  });
  ASSERT_NE(priority, writes.end());
  EXPECT_THAT(
      in_english(decision.because),
      HasSubstr("desk opened the ticket without \"priority\": the field is written separately ("));
}

}  // namespace
}  // namespace saksbro::core
