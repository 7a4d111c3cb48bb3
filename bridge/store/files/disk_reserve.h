// Room on the disk: a reserve (a file of real blocks beside the store) that is let go when a write
// finds the disk full, so that what is under way can be brought to its end meanwhile
// (docs/promises.md row 30).
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

#include "bridge/contract/error.h"

namespace saksbro::store {

class DiskReserve {  // thread-safe
 public:
  explicit DiskReserve(const std::string& store_path) : path_(store_path + ".reserve") {}

  [[nodiscard]] bool full() const { return full_; }
  // A write found the disk full.
  void ran_out();
  [[nodiscard]] bool is_full_now() const;  // by the disk's own account

  // As Upkeep::keep_reserve().
  [[nodiscard]] Result<bool> keep_reserve(std::uintmax_t bytes);

 private:
  [[nodiscard]] Result<void> make(std::uintmax_t bytes) const;

  std::string path_;
  std::mutex mutex_;
  std::atomic<bool> full_ = false;
};

}  // namespace saksbro::store
