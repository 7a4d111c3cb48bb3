// What a store needs to live long: it forgets what nobody needs any more, gives the room back to
// the disk, and keeps a reserve for the day when the disk is full.
#pragma once

#include <chrono>
#include <cstdint>

#include "bridge/contract/error.h"
#include "bridge/contract/time.h"

namespace saksbro::store {

// How long what is kept. Cases, facts, cross-references and markers stay: they are the case. So
// does what is not settled: deliveries that wait or are parked, commands that wait or are dead.
struct Keep {
  std::chrono::hours bodies{24 * 30};      // of handled deliveries: emptied then
  std::chrono::hours ids{24 * 35};         // of emptied deliveries, since they last came
  std::chrono::hours commands{24 * 90};    // done or superseded, with their attempts
  std::chrono::hours decisions{24 * 365};  // the reasons that `explain` shows

  friend bool operator==(const Keep&, const Keep&) = default;
};

struct Forgotten {  // rows of one batch
  int bodies = 0;
  int ids = 0;
  int commands = 0;
  int decisions = 0;
  bool more = false;  // there is more that has had its time
};

// Thread-safe.
class Maintenance {
 public:
  Maintenance() = default;
  Maintenance(const Maintenance&) = delete;
  Maintenance& operator=(const Maintenance&) = delete;
  virtual ~Maintenance() = default;

  // One small batch, at most `most` rows of each kind: other writers come in between.
  [[nodiscard]] virtual Result<Forgotten> forget(const Keep& keep, Instant now, int most) = 0;
  // Gives at most `pages` free pages back to the disk, or none; says how many are still free.
  [[nodiscard]] virtual Result<std::int64_t> give_back(int pages) = 0;

  // The disk has been full, and there is no reserve again yet: nothing new is received, whatever is
  // inside is brought to its end.
  [[nodiscard]] virtual bool full() const = 0;
  // Makes the reserve of that many bytes where it is missing and there is room for twice that;
  // false: there is not. 0: no reserve is wanted. Called at start and now and then.
  [[nodiscard]] virtual Result<bool> keep_reserve(std::uintmax_t bytes) = 0;
};

}  // namespace saksbro::store
