// The table of folders (docs/adr/0001-the-house.md) as data: who may include what. A new folder is
// a new row.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace saksbro::architecture {

struct FolderRule {
  std::string folder;                  // "bridge/core", or "connectors/*" for each one below
  std::vector<std::string> ours;       // folders ("bridge/contract/") and single headers of ours
  std::vector<std::string> libraries;  // how a library's header begins: "nlohmann/", "httplib.h"
  bool pure = true;                    // no files, sockets, threads, clocks, randomness
};

[[nodiscard]] const std::vector<FolderRule>& folder_rules();

struct Source {
  std::string path;  // "bridge/core/model/case.cpp"
  std::string text;
};

// "bridge/core/model/case.cpp:7: ..." for each include or word that the table does not allow.
[[nodiscard]] std::vector<std::string> forbidden_in(const Source& source,
                                                    const std::vector<FolderRule>& rules);

// JSON is parsed where its depth is bounded, and its numbers are read where they are checked:
// anywhere else nlohmann's own functions end the process or lose digits (docs/libraries.md 6).
[[nodiscard]] std::vector<std::string> unguarded_json_in(const Source& source);

// Verbs write through one function, which lets no text act on a terminal.
[[nodiscard]] std::vector<std::string> unguarded_output_in(const Source& source);

// What every file must keep to, wherever it stands: its length, and #pragma once in headers.
[[nodiscard]] std::vector<std::string> misshapen(const Source& source);

// The project's own files that a source includes: "bridge/contract/ids.h".
[[nodiscard]] std::vector<std::string> own_includes_of(const Source& source);

}  // namespace saksbro::architecture
