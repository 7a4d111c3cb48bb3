// One delivery in the engine's hands. Only for engine*.cpp.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "bridge/run/engine.h"
#include "bridge/run/log.h"

namespace saksbro::run {

struct Engine::Work {
  store::Transaction& tx;
  const store::InboxRow& row;
  const core::Links* links;
  Phrases because;
  bool told_something = false;           // somebody else's change was found
  bool parked = false;                   // not understood: stays in the inbox, with the reason
  bool recovering = false;               // a backup was restored, and the look is not complete
  bool late = false;                     // it was held back for a while
  int turns = 0;                         // decisions that are carried out so far
  std::optional<CaseNumber> asked_by{};  // the case whose command brought this answer
  std::optional<CaseNumber> about{};     // the case that was spoken of last
  std::optional<std::chrono::milliseconds> stale{};  // how long the ticket has been as it was read

  [[nodiscard]] core::Surroundings around(Instant epoch) const {
    return {row.delivery.id,
            row.delivery.kind,
            row.delivery.received_at,
            epoch,
            CaseNumber{},
            {},
            links,
            recovering,
            {},
            late,
            turns};
  }
  void note(Phrase why) { because.push_back(std::move(why)); }
  void note_all(const Phrases& all) { because.insert(because.end(), all.begin(), all.end()); }
  [[nodiscard]] Result<void> park(const std::string& why) {
    parked = true;
    log::warn("delivery.parked", {{"delivery", row.delivery.id.text()}, {"why", why}});
    return tx.parked(row.seq, why, row.delivery.received_at);
  }
};

}  // namespace saksbro::run
