// The command line over a store with one case: what is prepared for the tests of several verbs.
#pragma once

#include "bridge/store/store.h"
#include "tests/cli/command_line.h"

namespace saksbro::cli {

inline constexpr Instant kNoon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} +
                               std::chrono::hours{12}};
// What is due is told otherwise, and the program looks at the real clock.
inline constexpr Instant kFarOff{std::chrono::sys_days{std::chrono::year{2099} / 12 / 31}};
inline const CaseNumber kNumber{"SAK-2026-00001"};
inline const SystemName kDesk{"desk"};
inline const SystemName kOperator{"operator"};

[[nodiscard]] core::Issued comment(const std::string& key, const SystemName& to);
[[nodiscard]] core::TicketView seen_ticket(const char* key, const char* url, const char* status);
[[nodiscard]] store::OutboxRow claimed(store::Transaction& tx, const SystemName& system);
void receive(store::Transaction& tx, const SystemName& system, const char* id, DeliveryKind kind);

class OneCase : public CommandLine {
 protected:
  // One case with a ticket at each party, a command that is done, one that waits after a failure,
  // a dead letter, and a delivery that was put aside.
  void prepare();
  // And an answer by a link, after which a case note is brought up to date and comes back.
  void prepare_upkeep();
  // And another case, whose ticket at the desk has the number that the first one has in operator.
  void prepare_second();
  // And words of closed lists among its values.
  void prepare_words();
  // And a ticket of that number in bym, which no case has.
  void prepare_stray();
};

}  // namespace saksbro::cli
