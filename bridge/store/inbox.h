// The inbox: what came in, until it is handled, and for some weeks after.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bridge/contract/delivery.h"
#include "bridge/contract/error.h"
#include "bridge/contract/phrase.h"
#include "bridge/contract/time.h"

namespace saksbro::store {

enum class Received { now, before };  // before: this system's delivery id is in the inbox already

struct InboxRow {
  std::int64_t seq = 0;  // the order in which deliveries are handled
  Delivery delivery;
  int crashes = 0;       // the process died while it had it in hand
  bool emptied = false;  // its body has had its time (Keep::bodies): a replay cannot decide it
};

struct ParkedRow {
  InboxRow row;
  Phrase why;
};

// One observation's decision, kept for `explain`.
struct DecisionRow {
  std::int64_t cause = 0;  // inbox seq
  DeliveryId delivery;
  SystemName system;
  DeliveryKind kind{};
  Instant at{};
  std::string because;
};

// Part of a Transaction. Once the disk has been full, what comes from outside is refused
// (Maintenance::full()).
class Inbox {
 public:
  Inbox() = default;
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;
  virtual ~Inbox() = default;

  [[nodiscard]] virtual Result<Received> receive(const Delivery& delivery) = 0;
  // Whether InboxReader::next() would still give this one.
  [[nodiscard]] virtual Result<bool> is_next(std::int64_t seq) = 0;
  [[nodiscard]] virtual Result<void> handled(std::int64_t seq, const std::string& because,
                                             Instant at) = 0;
  [[nodiscard]] virtual Result<void> parked(std::int64_t seq, const Phrase& why, Instant at) = 0;
  [[nodiscard]] virtual Result<void> unpark(std::int64_t seq) = 0;
};

// Part of a Reader.
class InboxReader {
 public:
  InboxReader() = default;
  InboxReader(const InboxReader&) = delete;
  InboxReader& operator=(const InboxReader&) = delete;
  virtual ~InboxReader() = default;

  // The unhandled, unparked delivery with the lowest seq.
  [[nodiscard]] virtual Result<std::optional<InboxRow>> next() = 0;
  // Every delivery in order: what a replay reads.
  [[nodiscard]] virtual Result<std::vector<InboxRow>> list(std::int64_t after, int most) = 0;
  [[nodiscard]] virtual Result<std::vector<ParkedRow>> parked() = 0;
  // What was decided of a ticket that belongs to no case, by its number ("17", "#17"), in any
  // system: the newest few, newest first. As long as the inbox has them.
  [[nodiscard]] virtual Result<std::vector<DecisionRow>> decisions_about(
      const std::string& ticket) = 0;
};

}  // namespace saksbro::store
