#include "bridge/store/files/disk_reserve.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "bridge/store/files/own_file.h"

namespace saksbro::store {
namespace {

namespace fs = std::filesystem;

// Less than this and the next commit has no room.
constexpr std::uintmax_t kLeast = 64U << 10U;

std::uintmax_t free_beside(const std::string& path) {
  fs::path folder = fs::path(path).parent_path();
  if (folder.empty()) folder = ".";
  std::error_code wrong;
  const fs::space_info space = fs::space(folder, wrong);
  return wrong ? 0 : space.available;
}

std::uintmax_t size_of(const std::string& path) {
  std::error_code wrong;
  const std::uintmax_t size = fs::file_size(path, wrong);
  return wrong ? 0 : size;
}

}  // namespace

void DiskReserve::ran_out() {
  const std::lock_guard lock(mutex_);
  full_ = true;
  std::error_code ignored;
  fs::remove(path_, ignored);
}

bool DiskReserve::is_full_now() const { return free_beside(path_) < kLeast; }

// Twice the reserve must be free: else the next few deliveries would use it up again.
Result<bool> DiskReserve::keep_reserve(std::uintmax_t bytes) {
  const std::lock_guard lock(mutex_);
  if (bytes == 0) {
    if (full_ && !is_full_now()) full_ = false;
    return true;
  }
  const std::uintmax_t there = size_of(path_);
  if (there < bytes) {
    if (free_beside(path_) + there < 2 * bytes) return false;
    if (auto made = make(bytes); !made) return tl::unexpected(made.error());
  }
  full_ = false;
  return true;
}

// Blocks, not a hole: posix_fallocate() takes them from the disk.
Result<void> DiskReserve::make(std::uintmax_t bytes) const {
  const auto file = open_own_file(path_);
  if (!file) return tl::unexpected(file.error());
  const int wrong =
      ftruncate(*file, 0) == 0 ? posix_fallocate(*file, 0, static_cast<off_t>(bytes)) : errno;
  close(*file);
  if (wrong == 0) return {};
  unlink(path_.c_str());
  return fail("store", path_ + ": " + std::strerror(wrong));
}

}  // namespace saksbro::store
