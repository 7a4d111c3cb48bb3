#include "bridge/store/files/durable_file.h"

#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "bridge/store/files/own_file.h"

namespace saksbro::store {
namespace {

namespace fs = std::filesystem;

struct Descriptor {
  int number;
  explicit Descriptor(int one) : number(one) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number >= 0) close(number);
  }
};

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

// Through the descriptors: what has that name meanwhile is not written to.
Result<void> copy_to_own_file(const std::string& from, const std::string& to) {
  const Descriptor source{open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (source.number < 0) return tl::unexpected(system_error(from));
  struct stat found {};
  if (fstat(source.number, &found) != 0 || !S_ISREG(found.st_mode))
    return fail("store", from + " is not a regular file");
  unlink(to.c_str());
  const auto made = make_own_file(to, NewOwner::of_folder);
  if (!made) return tl::unexpected(made.error());
  const Descriptor target{*made};
  constexpr std::size_t kStep = std::size_t{1} << 20U;
  for (ssize_t moved = 1; moved > 0;) {
    moved = sendfile(target.number, source.number, nullptr, kStep);
    if (moved < 0) return tl::unexpected(system_error(to));
  }
  if (fsync(target.number) != 0) return tl::unexpected(system_error(to));
  return {};
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
