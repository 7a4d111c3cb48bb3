// What the store needs now and then (bridge/store/maintenance.h), and what monitoring hears of it.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "bridge/run/files/file_spool.h"
#include "bridge/run/observe/clock.h"
#include "bridge/run/observe/metrics.h"
#include "bridge/store/store.h"

namespace saksbro::run {

struct HousekeepingSettings {
  store::Keep keep;
  std::uintmax_t reserve = 0;        // bytes; 0: none
  std::chrono::hours files{24 * 7};  // so long a file lies in the spool that nobody needs
};

class Housekeeping {  // for one thread
 public:
  // All must outlive this. `spool`: none, where no files come or go.
  Housekeeping(const HousekeepingSettings& settings, store::Store& store, const Clock& clock,
               Metrics& metrics, FileSpool* spool = nullptr)
      : settings_(settings), store_(store), clock_(clock), metrics_(metrics), spool_(spool) {}

  // Looks after the reserve, forgets one small batch, gives some room back. True: there is more, to
  // be done soon, but not at once: others want to write, too.
  [[nodiscard]] Result<bool> round();

 private:
  [[nodiscard]] Result<void> look_at_the_disk();
  void look_after_files();
  [[nodiscard]] Result<std::set<std::string>> files_needed();

  HousekeepingSettings settings_;
  store::Store& store_;
  const Clock& clock_;
  Metrics& metrics_;
  FileSpool* spool_;
  Instant files_looked_at_{};
  bool full_ = false;
  bool told_no_room_ = false;
  std::int64_t free_pages_ = 0;
};

}  // namespace saksbro::run
