#include "bridge/store/files/lock_file.h"

#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "bridge/store/files/own_file.h"

namespace saksbro::store {
namespace {

Phrase holder(int descriptor) {
  std::array<char, 32> text{};
  const ssize_t length = pread(descriptor, text.data(), text.size() - 1, 0);
  std::string pid(text.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
  while (!pid.empty() && pid.back() == '\n') pid.pop_back();
  if (pid.empty()) return Phrase("another process", {});
  return Phrase("process {pid}", {{"pid", pid}});
}

// For people who are refused later; the lock holds without it.
void write_pid(int descriptor) {
  const std::string pid = std::to_string(getpid()) + "\n";
  if (ftruncate(descriptor, 0) == 0) {
    [[maybe_unused]] const ssize_t written = pwrite(descriptor, pid.data(), pid.size(), 0);
  }
}

}  // namespace

Result<LockFile> LockFile::take(const std::string& store_path) {
  const std::string path = store_path + ".lock";
  const auto file = open_own_file(path);
  if (!file) return tl::unexpected(file.error());
  LockFile lock{*file};
  if (flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return fail("store", path + ": " + std::strerror(errno));
    return fail("store", Phrase("{path} is in use by {holder}: stop that one first, or give this "
                                "one a store of its own",
                                {{"path", store_path}, {"holder", holder(lock.descriptor_)}}));
  }
  write_pid(lock.descriptor_);
  return lock;
}

LockFile::LockFile(LockFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

LockFile& LockFile::operator=(LockFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

LockFile::~LockFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace saksbro::store
