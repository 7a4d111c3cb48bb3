#include "bridge/cli/open_secrets.h"

#include <fmt/core.h>
#include <sys/stat.h>

#include <optional>
#include <set>

namespace saksbro::cli {
namespace {

constexpr mode_t kGroupAndOthers = 077;
constexpr mode_t kOthersAndWritingGroup = 027;

std::optional<std::string> finding(const std::string& path) {
  struct stat found {};
  if (stat(path.c_str(), &found) != 0) return std::nullopt;
  const mode_t forbidden = found.st_uid == 0 ? kOthersAndWritingGroup : kGroupAndOthers;
  if ((found.st_mode & forbidden) == 0) return std::nullopt;
  constexpr mode_t kPermissions = 07777;
  return fmt::format("{} can be read or changed by others (mode {:04o}): chmod 600 {}", path,
                     found.st_mode & kPermissions, path);
}

}  // namespace

std::vector<std::string> open_secrets(const load::Configuration& configuration) {
  std::vector<std::string> files = configuration.secret_files;
  for (const auto& listener : {configuration.listen.webhooks, configuration.listen.operations}) {
    if (listener.tls) files.push_back(listener.tls->key);
  }
  std::vector<std::string> findings;
  // Several systems may share a file: it is said once.
  for (const std::string& file : std::set<std::string>(files.begin(), files.end())) {
    if (auto found = finding(file)) findings.push_back(*std::move(found));
  }
  return findings;
}

}  // namespace saksbro::cli
