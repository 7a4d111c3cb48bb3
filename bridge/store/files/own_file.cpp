#include "bridge/store/files/own_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <optional>

#include "bridge/store/files/durable_file.h"

namespace saksbro::store {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOwnerOnly = 0600;
constexpr mode_t kFolderOfOwner = 0700;
// A pipe that was put there must not make us wait for its other end.
constexpr int kNoDetour = O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK;

using Stat = struct stat;

std::string folder_of(const std::string& path) {
  const std::string folder = fs::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

std::optional<Stat> folder_at(const std::string& path) {
  Stat found{};
  if (stat(folder_of(path).c_str(), &found) != 0) return std::nullopt;
  return found;
}

bool may_own(uid_t owner, const std::string& path) {
  if (owner == geteuid()) return true;
  const auto folder = folder_at(path);
  return folder && folder->st_uid == owner;
}

Result<void> must_be_ours(const std::string& path, const Stat& found) {
  if (S_ISLNK(found.st_mode))
    return fail("store",
                path + " is a symbolic link, and none is followed: put the file itself there");
  if (!S_ISREG(found.st_mode)) return fail("store", path + " is not a regular file: remove it");
  if (!may_own(found.st_uid, path)) {
    return fail("store",
                path + " belongs to user " + std::to_string(found.st_uid) +
                    ", who owns neither this process nor the folder: chown it, or remove it");
  }
  return {};
}

Error cannot_open(const std::string& path) {
  if (errno != ELOOP) return system_error(path);
  Stat link{};
  link.st_mode = S_IFLNK;
  return must_be_ours(path, link).error();
}

// What root makes for the service must be the service's.
bool give_to_folders_owner(int file, const std::string& path) {
  if (geteuid() != 0) return true;
  const auto folder = folder_at(path);
  return !folder || fchown(file, folder->st_uid, folder->st_gid) == 0;
}

Result<int> opened_at_hand(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | kNoDetour);
  if (file < 0) return tl::unexpected(cannot_open(path));
  Stat found{};
  Result<void> ours =
      fstat(file, &found) == 0 ? must_be_ours(path, found) : tl::unexpected(system_error(path));
  if (ours && found.st_nlink > 1) {
    ours = fail("store", path +
                             " has a second name (a hard link), and may be another file: "
                             "remove it");
  }
  if (ours) {
    (void)give_to_folders_owner(file, path);  // what root made by mistake, too
    return file;
  }
  close(file);
  return tl::unexpected(ours.error());
}

}  // namespace

Result<int> make_own_file(const std::string& path, NewOwner owner) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | kNoDetour, kOwnerOnly);
  if (file < 0) return tl::unexpected(system_error(path));
  if (owner == NewOwner::this_user || give_to_folders_owner(file, path)) return file;
  const Error wrong = system_error(path);
  close(file);
  return tl::unexpected(wrong);
}

Result<int> open_own_file(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | kNoDetour, kOwnerOnly);
  if (file < 0) return errno == EEXIST ? opened_at_hand(path) : tl::unexpected(system_error(path));
  (void)give_to_folders_owner(file, path);
  return file;
}

Result<void> look_at_own_file(const std::string& path) {
  Stat found{};
  if (lstat(path.c_str(), &found) != 0) {
    if (errno == ENOENT) return {};
    return tl::unexpected(system_error(path));
  }
  return must_be_ours(path, found);
}

Result<void> look_at_folder_of(const std::string& path) {
  const auto folder = folder_at(path);
  if (!folder || (folder->st_mode & S_ISVTX) != 0) return {};
  const auto refused = [&](const std::string& who, const std::string& mode) {
    return fail("store", folder_of(path) + ": " + who + " may write there; chmod " + mode +
                             " it, or the store is not safe from them");
  };
  if ((folder->st_mode & S_IWOTH) != 0) return refused("everybody", "o-w");
  if ((folder->st_mode & S_IWGRP) != 0) return refused("its group", "g-w");
  return {};
}

Result<void> make_folders_of(const std::string& path) {
  fs::path made;
  for (const fs::path& part : fs::path(path).parent_path()) {
    made /= part;
    if (mkdir(made.c_str(), kFolderOfOwner) == 0 || errno == EEXIST) continue;
    std::error_code ignored;
    if (!fs::is_directory(made, ignored)) return tl::unexpected(system_error(made.string()));
  }
  std::error_code wrong;
  if (!fs::is_directory(folder_of(path), wrong))
    return fail("store", folder_of(path) + ": Not a directory");
  return {};
}

Result<void> give_to_owner(const std::string& path, const std::string& before) {
  if (geteuid() != 0) return {};
  Stat owner{};
  const bool was_there = lstat(before.c_str(), &owner) == 0 && owner.st_uid != 0;
  if (!was_there && stat(folder_of(before).c_str(), &owner) != 0)
    return tl::unexpected(system_error(folder_of(before)));
  if (lchown(path.c_str(), owner.st_uid, owner.st_gid) != 0)
    return tl::unexpected(system_error(path));
  return {};
}

}  // namespace saksbro::store
