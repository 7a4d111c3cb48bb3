#include "bridge/store/files/crash_journal.h"

#include <unistd.h>

#include <algorithm>

#include "bridge/store/files/own_file.h"

namespace saksbro::store {
namespace {

// One number a place: 0 is nothing, odd ones are commands, negative ones are polls.
constexpr off_t kWidth = sizeof(std::int64_t);

std::int64_t number_of(const WorkItem& item) {
  if (item.work == Work::poll) return -item.id;
  return item.id * 2 + (item.work == Work::command ? 1 : 0);
}

WorkItem item_of(std::int64_t number) {
  if (number < 0) return {Work::poll, -number};
  return {number % 2 == 0 ? Work::delivery : Work::command, number / 2};
}

}  // namespace

CrashJournal::CrashJournal(const std::string& path) {
  if (!path.empty()) file_ = open_own_file(path).value_or(-1);
}

CrashJournal::~CrashJournal() {
  if (file_ >= 0) close(file_);
}

std::vector<WorkItem> CrashJournal::take_left() {
  std::vector<WorkItem> left;
  std::int64_t number = 0;
  for (off_t at = 0; pread(file_, &number, sizeof number, at) == kWidth; at += kWidth) {
    if (number != 0) left.push_back(item_of(number));
  }
  std::sort(left.begin(), left.end());
  left.erase(std::unique(left.begin(), left.end()), left.end());
  if (!left.empty() && ftruncate(file_, 0) != 0) return {};  // counted again at each start else
  return left;
}

std::size_t CrashJournal::mark(const WorkItem& item) {
  std::size_t place = 0;
  {
    const std::lock_guard lock(mutex_);
    const auto free = std::find(taken_.begin(), taken_.end(), false);
    place = static_cast<std::size_t>(free - taken_.begin());
    if (free == taken_.end()) taken_.push_back(true);
    taken_[place] = true;
  }
  write(place, number_of(item));
  return place;
}

void CrashJournal::unmark(std::size_t place) {
  write(place, 0);
  const std::lock_guard lock(mutex_);
  taken_[place] = false;
}

void CrashJournal::write(std::size_t place, std::int64_t value) const {
  if (file_ < 0) return;
  // A full disk: nothing is counted.
  [[maybe_unused]] const ssize_t written =
      pwrite(file_, &value, sizeof value, static_cast<off_t>(place) * kWidth);
}

}  // namespace saksbro::store
