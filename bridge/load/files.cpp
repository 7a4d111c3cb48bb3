#include "bridge/load/files.h"

#include "bridge/load/size.h"

namespace saksbro::load {
namespace {

constexpr std::chrono::hours kKeepLeast{48};  // more than a file needs on its way
constexpr std::uint64_t kRoomLeast = 16;
constexpr std::uint64_t kRoomMost = 1U << 20U;

// { clamd: /run/clamav/clamd.ctl } or { command: [clamdscan, --no-summary, --fdpass] }
void read_scan(const Setting* map, FilesConfiguration& files, Errors& errors) {
  if (map == nullptr) return;
  SettingsReader reader(*map);
  files.clamd = reader.text_or("clamd", "");
  if (const Setting* list = reader.list("command")) {
    for (const Setting& item : std::get<Setting::List>(list->value)) {
      const auto* word = std::get_if<Setting::Text>(&item.value);
      if (word != nullptr) files.scan_command.push_back(*word);
    }
  }
  if (files.clamd.empty() == files.scan_command.empty())
    reader.error(
        "expected \"clamd\", the path of its socket, or \"command\", a list of words to which the "
        "file's path is added");
  const Errors wrong = reader.finish();
  errors.insert(errors.end(), wrong.begin(), wrong.end());
}

}  // namespace

FilesConfiguration read_files(const Setting* block, Errors& errors) {
  FilesConfiguration files;
  if (block == nullptr) return files;
  SettingsReader reader(*block);
  if (const auto keep = reader.duration("keep")) {
    files.keep = std::chrono::ceil<std::chrono::hours>(*keep);
    if (files.keep < kKeepLeast) reader.error(*block->find("keep"), "expected at least 2d");
  }
  if (const auto most = read_size(reader, *block, "room", {kRoomLeast, kRoomMost}))
    files.bytes_most = *most;
  files.programs = reader.one_of("programs", {"refuse", "copy"}, "refuse") == "copy";
  read_scan(reader.map("scan"), files, errors);
  const Errors wrong = reader.finish();
  errors.insert(errors.end(), wrong.begin(), wrong.end());
  return files;
}

}  // namespace saksbro::load
