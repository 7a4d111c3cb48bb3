// What a part of the service has to remember across restarts and is neither a case nor a cursor.
#pragma once

#include <optional>
#include <string>

#include "bridge/contract/error.h"
#include "bridge/contract/time.h"

namespace saksbro::store {

// Each part has entries of its own ("compare"), one a key ("desk"), and says what they mean.
struct MemoryKey {
  std::string owner;
  std::string key;
};

struct Memo {
  Instant at{};
  std::string value;

  friend bool operator==(const Memo&, const Memo&) = default;
};

// Part of a Transaction.
class Memory {
 public:
  Memory() = default;
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  virtual ~Memory() = default;

  [[nodiscard]] virtual Result<std::optional<Memo>> get(const MemoryKey& key) = 0;
  [[nodiscard]] virtual Result<void> set(const MemoryKey& key, const Memo& memo) = 0;
};

}  // namespace saksbro::store
