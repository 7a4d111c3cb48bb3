// The body of an "order" delivery: what a person asked for through the command line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "bridge/contract/error.h"
#include "bridge/contract/ids.h"
#include "bridge/contract/time.h"

namespace saksbro::records {

struct Order {
  // "redrive", "hasten", "unpark", "announce", "compare" or "let in" (what a flood held back)
  std::string verb;
  CaseNumber case_number;                 // redrive; empty: every case
  SystemName system;                      // redrive, hasten; empty: every system. compare: this one
  std::optional<std::int64_t> outbox_id;  // redrive: this row; unpark: this inbox seq; compare:
                                          // behind this case; none: begins
  std::string version = {};               // announce: the version that is out
  // Of redrive: which dead letters. Not on disk where it limits nothing.
  struct Only {
    std::string verb{};
    std::string reason{};  // stands in the reason of the dead letter
    std::optional<Instant> issued_before{};
    friend bool operator==(const Only&, const Only&) = default;
  };
  Only only = {};

  friend bool operator==(const Order&, const Order&) = default;
};

[[nodiscard]] std::string write(const Order& order);
[[nodiscard]] Result<Order> read_order(const std::string& text);

}  // namespace saksbro::records
