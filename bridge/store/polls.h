// Polls: how far each system has been read, and whether its poll kills the process.
#pragma once

#include <cstdint>
#include <optional>

#include "bridge/contract/error.h"
#include "bridge/contract/ids.h"
#include "bridge/contract/outcome.h"

namespace saksbro::store {

// Of one system: what the next start blames when a poll kills the process.
struct PollRow {
  std::int64_t id = 0;
  int crashes = 0;  // the process died while it had the poll in hand, since a page was kept
};

// Part of a Transaction.
class Polls {
 public:
  Polls() = default;
  Polls(const Polls&) = delete;
  Polls& operator=(const Polls&) = delete;
  virtual ~Polls() = default;

  [[nodiscard]] virtual Result<std::optional<Cursor>> cursor(const SystemName& system) = 0;
  [[nodiscard]] virtual Result<void> set_cursor(const SystemName& system, const Cursor& cursor) = 0;
  // The same row each time; made when it is asked for first.
  [[nodiscard]] virtual Result<PollRow> of(const SystemName& system) = 0;
  // It is polled again as if none had died of it: a page was kept, or a person asked for it.
  [[nodiscard]] virtual Result<void> forgive(const SystemName& system) = 0;
};

}  // namespace saksbro::store
