#include "bridge/store/files/place.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace saksbro::store {
namespace {

namespace fs = std::filesystem;

// Empty: it may be used so.
std::string refused(const fs::path& path, int how) {
  return access(path.c_str(), how) == 0 ? "" : std::strerror(errno);
}

// The folder that is there, or the nearest one above it: folders that are missing are made.
fs::path nearest_that_exists(fs::path place) {
  std::error_code ignored;
  while (!fs::exists(place, ignored) && place != place.parent_path()) place = place.parent_path();
  return place;
}

}  // namespace

Result<void> may_be_written(const std::string& path) {
  std::error_code ignored;
  const fs::path file = fs::absolute(path, ignored);
  const fs::path folder = nearest_that_exists(file.parent_path());
  const auto complaint = [&](const fs::path& place, const std::string& why) {
    return fail("store", path + " cannot be written by this user: " + place.string() + ": " + why);
  };
  if (!fs::is_directory(folder, ignored)) return complaint(folder, "it is not a folder");
  if (const std::string why = refused(folder, W_OK | X_OK); !why.empty())
    return complaint(folder, why);
  if (!fs::exists(file, ignored)) return {};
  const std::string why = refused(file, R_OK | W_OK);
  if (!why.empty()) return complaint(file, why);
  return {};
}

}  // namespace saksbro::store
