// The only way from here to a connector's functions. None of them ever throws; where one does, that
// is a fault of ours, which must not take the process with it: after a restart the same bytes would
// be there again. What kills the process all the same (a stack overflow, the OOM killer) is marked
// in hand before: the next start counts it, and what did it so often is not touched again.
#pragma once

#include <cstddef>
#include <vector>

#include "bridge/contract/connector.h"
#include "bridge/store/files/crash_journal.h"

namespace saksbro::run {

// What the process died of so often is put aside (docs/promises.md row 20).
inline constexpr int kCrashesMost = 3;

// All answers of one conversation; an answer alone has 8 MB at most. With each further call the
// connector reads them all again.
inline constexpr std::size_t kTranscriptMost = 24'000'000;
[[nodiscard]] bool too_much(Transcript so_far);

// A system whose connector cannot throw. The error says on what it threw; the log says what.
class GuardedSystem {
 public:
  // All must outlive this.
  GuardedSystem(const SystemName& name, const RemoteSystem& system, store::CrashJournal& in_hand)
      : name_(name), system_(system), in_hand_(in_hand) {}

  // Marks nothing: what is not on disk is not there again at the next start.
  [[nodiscard]] Result<Accepted<DeliveryId>> accept(const Arrival& arrival) const;
  // `item`: what the next start blames if the process dies of it.
  [[nodiscard]] Result<std::vector<Observation>> normalise(const store::WorkItem& item,
                                                           const Delivery& delivery) const;
  [[nodiscard]] Result<PollStep> poll(const store::WorkItem& item, const Cursor& cursor,
                                      Transcript so_far) const;
  [[nodiscard]] Result<Step> perform(const store::WorkItem& item, const Command& command,
                                     Transcript so_far) const;

 private:
  const SystemName& name_;
  const RemoteSystem& system_;
  store::CrashJournal& in_hand_;
};

}  // namespace saksbro::run
