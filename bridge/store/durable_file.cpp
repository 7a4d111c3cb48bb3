#include "bridge/store/durable_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace saksbro::store {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOwnerOnly = 0600;

Result<void> sync(const std::string& path, int flags) {
  const int file = open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) return tl::unexpected(system_error(path));
  const bool synced = fsync(file) == 0;
  const Error wrong = system_error(path);
  close(file);
  if (!synced) return tl::unexpected(wrong);
  return {};
}

}  // namespace

Error system_error(const std::string& path) {
  return {"store", path + ": " + std::strerror(errno)};
}

Result<void> sync_file(const std::string& path) { return sync(path, O_RDONLY); }

Result<void> sync_folder_of(const std::string& path) {
  const std::string folder = fs::path(path).parent_path().string();
  return sync(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
}

// Made with its mode before there is anything in it to read.
Result<void> copy_for_owner(const std::string& from, const std::string& to) {
  std::error_code wrong;
  fs::remove(to, wrong);
  const int file = open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
  if (file < 0) return tl::unexpected(system_error(to));
  close(file);
  fs::copy_file(from, to, fs::copy_options::overwrite_existing, wrong);
  if (!wrong) fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, wrong);
  if (wrong) return fail("store", from + ": " + wrong.message());
  return sync_file(to);
}

Result<bool> give_name(const std::string& from, const std::string& to, bool replace) {
  if (replace) {
    if (std::rename(from.c_str(), to.c_str()) != 0) return tl::unexpected(system_error(to));
  } else {
    // A rename would replace; a second name does not.
    if (link(from.c_str(), to.c_str()) != 0) {
      if (errno == EEXIST) return false;
      return tl::unexpected(system_error(to));
    }
    unlink(from.c_str());
  }
  if (auto synced = sync_folder_of(to); !synced) return tl::unexpected(synced.error());
  return true;
}

}  // namespace saksbro::store
