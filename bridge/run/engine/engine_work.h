// One delivery in the engine's hands. Only for engine*.cpp.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bridge/records/answer_record.h"
#include "bridge/run/engine/engine.h"
#include "bridge/run/engine/solutions.h"
#include "bridge/run/observe/log.h"

namespace saksbro::run {

// Found out before anything is locked. Deciding looks nothing up that takes long.
struct Engine::Understood {
  const store::InboxRow& row;
  const core::Links* links;
  std::optional<records::AnswerRecord> answer{};  // of an answer that can be read
  std::optional<Phrase> unclear{};                // why the delivery is parked
  bool looked_at = false;                         // a connector was asked what it says of tickets
  std::vector<Observation> observations{};
  // For the cases that will be born.
  std::map<SolutionQuestion, std::vector<core::SimilarCase>> similar{};

  [[nodiscard]] core::Surroundings around(Instant epoch, bool recovering) const {
    return {row.delivery.id, row.delivery.kind, row.delivery.received_at, epoch, CaseNumber{}, {},
            links,           recovering};
  }
};

// What was seen of tickets, for the one who counts what was found too late.
struct Engine::Observed {
  bool told_something = false;                       // somebody else's change was found
  std::optional<CaseNumber> about{};                 // the case that was spoken of last
  std::optional<std::chrono::milliseconds> stale{};  // how long the ticket has been as it was read

  void add(const Observed& next) {
    told_something = told_something || next.told_something;
    if (next.about) about = next.about;
    if (next.stale) stale = next.stale;
  }
};

struct Engine::Work {
  store::Transaction& tx;
  const Understood& understood;
  Phrases because{};
  bool parked = false;                   // not understood: stays in the inbox, with the reason
  bool recovering = false;               // a backup was restored, and the look is not complete
  bool late = false;                     // it was held back for a while
  int turns = 0;                         // decisions that are carried out so far
  std::optional<CaseNumber> asked_by{};  // the case whose command brought this answer
  std::set<SystemName> touched{};        // systems for which a command may have become due
  const store::InboxRow& row = understood.row;

  [[nodiscard]] core::Surroundings around(Instant epoch) const {
    core::Surroundings all = understood.around(epoch, recovering);
    all.late = late;
    all.turn = turns;
    return all;
  }
  void note(Phrase why) { because.push_back(std::move(why)); }
  void note_all(const Phrases& all) { because.insert(because.end(), all.begin(), all.end()); }
  [[nodiscard]] Result<void> park(const Phrase& why) {
    parked = true;
    log::warn("delivery.parked", {{"delivery", row.delivery.id.text()}, {"why", in_english(why)}});
    return tx.inbox().parked(row.seq, why, row.delivery.received_at);
  }
};

}  // namespace saksbro::run
