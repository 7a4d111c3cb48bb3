// What is being worked on right now, in a small file beside the store, so that a start after a
// death can tell what the process died of. Written without a sync, which costs microseconds where a
// commit costs milliseconds: it outlives the process (kill -9, a crash, the OOM killer), not the
// machine, and no row is guilty of a power cut. For many threads.
#pragma once

#include <compare>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace saksbro::store {

enum class Work { delivery, command, poll };

// A row of the inbox (its seq), of the outbox (its id), or a system's poll (PollRow::id).
struct WorkItem {
  Work work{};
  std::int64_t id = 0;

  friend auto operator<=>(const WorkItem&, const WorkItem&) = default;
};

class CrashJournal {
 public:
  // "": nothing is written, nothing is found. A file that cannot be written is the same: work goes
  // on, and no death is counted.
  explicit CrashJournal(const std::string& path);
  CrashJournal(const CrashJournal&) = delete;
  CrashJournal& operator=(const CrashJournal&) = delete;
  ~CrashJournal();

  // What `work` gives; the item is marked meanwhile. It stays marked when `work` throws: what
  // nobody catches ends the process.
  template <class F>
  auto during(const WorkItem& item, const F& work) {
    const std::size_t place = mark(item);
    auto given = work();
    unmark(place);
    return given;
  }

  // What was in hand when the last process died, each item once; forgotten with that.
  [[nodiscard]] std::vector<WorkItem> take_left();

 private:
  [[nodiscard]] std::size_t mark(const WorkItem& item);
  void unmark(std::size_t place);
  void write(std::size_t place, std::int64_t value) const;

  int file_ = -1;
  std::mutex mutex_;
  std::vector<bool> taken_;  // places of eight bytes each
};

}  // namespace saksbro::store
