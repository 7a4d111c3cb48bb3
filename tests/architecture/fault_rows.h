// The faults that the service must survive, and what it promises for each: row 1 is the first.
#pragma once

#include <span>

namespace saksbro::architecture {

struct FaultRow {
  const char* fault;
  const char* promise;
  const char* not_before = "";  // it cannot be shown yet: what has to come first
};

[[nodiscard]] std::span<const FaultRow> fault_rows();

}  // namespace saksbro::architecture
