// The calls for one command, as the connector leads them: within the system's budgets, under a
// lease that is renewed, and without a write as long as a create in doubt may still turn up.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "bridge/codec/judge.h"
#include "bridge/contract/connector.h"
#include "bridge/core/decide/file_guard.h"
#include "bridge/net/client.h"
#include "bridge/run/calls/guarded_system.h"
#include "bridge/run/calls/traffic.h"
#include "bridge/run/files/file_check.h"
#include "bridge/run/observe/clock.h"
#include "bridge/run/observe/metrics.h"
#include "bridge/store/store.h"

namespace saksbro::run {

// All must outlive the conversation.
struct ConversationParts {
  const GuardedSystem& system;
  store::Store& store;
  net::Client& client;
  const Clock& clock;
  Metrics& metrics;
  Traffic& traffic;
  const std::vector<std::chrono::milliseconds>& doubt;
  const FileSpool* spool = nullptr;  // none: no files come or go
  const FileCheck* check = nullptr;
  const core::Mapping* mapping = nullptr;  // none: what a comment with files was decided on counts
};

struct Conversed {
  Outcome outcome;
  codec::Judgement judged;
  bool crashed = false;         // the connector failed on it
  bool lost = false;            // the claim is somebody else's by now: nothing is to be recorded
  bool held_back = false;       // not sent: core decides again (file_guard.h)
  std::optional<Instant> next;  // not the command's fault: again then, and the attempt not counted
};

class Conversation {
 public:
  Conversation(ConversationParts parts, const store::OutboxRow& row);

  [[nodiscard]] Conversed hold();

 private:
  [[nodiscard]] bool renew();
  [[nodiscard]] bool looks_only() const;
  [[nodiscard]] Conversed ended(Outcome outcome) const;
  [[nodiscard]] Conversed not_there_yet() const;
  [[nodiscard]] Conversed over_budget() const;
  [[nodiscard]] Conversed crashed(const Error& why) const;
  [[nodiscard]] Conversed lost() const;
  [[nodiscard]] std::optional<Conversed> prevented(const Call& call);
  [[nodiscard]] bool is_missing_a_file(const Call& call) const;
  [[nodiscard]] std::optional<Conversed> files_kept_back(const Call& call);
  [[nodiscard]] Result<core::FilesNow> files_now() const;
  [[nodiscard]] Conversed held_back() const;
  [[nodiscard]] Outcome checked(Outcome outcome);

  ConversationParts parts_;
  const store::OutboxRow& row_;
  Command command_;  // its attempt tells the connector whether something may be there already
  std::vector<Exchange> transcript_;
  core::Ticks renewed_;
};

}  // namespace saksbro::run
