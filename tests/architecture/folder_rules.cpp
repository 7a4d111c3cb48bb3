#include "tests/architecture/folder_rules.h"

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>

namespace saksbro::architecture {
namespace {

constexpr int kLinesMost = 400;

// Standard headers that reach outside the program, or make two runs differ.
constexpr std::array<std::string_view, 11> kImpure{
    "condition_variable", "filesystem", "fstream",   "future",    "iostream", "mutex", "random",
    "shared_mutex",       "thread",     "semaphore", "stop_token"};
constexpr std::array<std::string_view, 4> kImpureWords{"system_clock::now", "steady_clock::now",
                                                       "high_resolution_clock", "std::rand"};

struct Include {
  std::string name;
  bool ours = false;  // in quotes
};

std::optional<Include> include_in(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  if (first == line.npos || line[first] != '#') return std::nullopt;
  line.remove_prefix(line.find_first_not_of(" \t", first + 1));
  if (!line.starts_with("include")) return std::nullopt;
  const std::size_t open = line.find_first_of("<\"");
  if (open == line.npos) return std::nullopt;
  const char end = line[open] == '<' ? '>' : '"';
  const std::size_t close = line.find(end, open + 1);
  return Include{std::string(line.substr(open + 1, close - open - 1)), end == '"'};
}

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

const FolderRule* rule_for(const std::string& folder, const std::vector<FolderRule>& rules) {
  const auto fits = [&](const FolderRule& rule) {
    if (!rule.folder.ends_with("/*")) return rule.folder == folder;
    return folder.starts_with(rule.folder.substr(0, rule.folder.size() - 1));
  };
  auto found = std::find_if(rules.begin(), rules.end(), fits);
  // A sub-folder may what its folder may: "bridge/core/model" what "bridge/core" may.
  if (found == rules.end() && std::count(folder.begin(), folder.end(), '/') > 1)
    return rule_for(folder_of(folder), rules);
  return found == rules.end() ? nullptr : &*found;
}

bool begins_with_one_of(const std::string& name, const std::vector<std::string>& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](const std::string& one) { return name.starts_with(one); });
}

// Standard headers have neither a dot nor a slash; all others belong to a library or to the system.
bool standard(const std::string& name) { return name.find_first_of("./") == std::string::npos; }

std::string why_not(const Include& include, const FolderRule& rule, const std::string& folder) {
  if (include.ours) {
    const std::string& home = rule.folder.ends_with("/*") ? folder : rule.folder;
    const bool own = include.name.starts_with(home + "/");
    return own || begins_with_one_of(include.name, rule.ours) ? "" : "is not for this folder";
  }
  if (include.name == "regex") return "is not used anywhere: RE2 is";
  if (!standard(include.name))
    return begins_with_one_of(include.name, rule.libraries) ? "" : "is not for this folder";
  const bool impure = std::find(kImpure.begin(), kImpure.end(), include.name) != kImpure.end();
  return rule.pure && impure ? "is not for a pure folder" : "";
}

}  // namespace

const std::vector<FolderRule>& folder_rules() {
  static const std::vector<FolderRule> kRules{
      {"bridge", {"bridge/cli/"}, {}},
      {"bridge/contract", {}, {"tl/"}},
      {"bridge/codec",
       {"bridge/contract/"},
       {"tl/", "nlohmann/", "openssl/", "cmark-gfm", "gmime/", "libxml/", "idn2.h", "utf8proc.h"}},
      {"bridge/core", {"bridge/contract/", "connectors/every_sentence_nb.inc"}, {"tl/"}},
      {"bridge/records",
       {"bridge/contract/", "bridge/codec/", "bridge/core/"},
       {"tl/", "nlohmann/"}},
      {"bridge/views", {"bridge/contract/", "bridge/codec/", "bridge/core/"}, {"tl/", "nlohmann/"}},
      {"bridge/rehearse", {"bridge/contract/", "bridge/core/"}, {"tl/"}},
      {"bridge/load",
       {"bridge/contract/", "bridge/core/", "bridge/rehearse/"},
       {"tl/", "cctz/", "yaml-cpp/"},
       false},
      {"bridge/store",
       {"bridge/contract/", "bridge/core/", "bridge/records/", "bridge/search/"},
       {"tl/", "SQLiteCpp/", "sqlite3.h", "pqxx/", "sys/", "fcntl.h", "unistd.h"},
       false},
      {"bridge/search", {}, {"libstemmer.h"}},
      {"bridge/net",
       {"bridge/contract/"},
       {"tl/", "httplib.h", "curl/", "openssl/", "arpa/", "netinet/", "sys/", "poll.h", "unistd.h",
        "fcntl.h"},
       false},
      {"bridge/run",
       {"bridge/contract/", "bridge/codec/", "bridge/core/", "bridge/records/", "bridge/load/",
        "bridge/store/", "bridge/net/"},
       {"tl/", "spdlog/", "fmt/", "cxxabi.h", "unistd.h", "malloc.h"},
       false},
      // The spool, and what looks into its files.
      {"bridge/run/files",
       {"bridge/contract/", "bridge/codec/digest.h", "bridge/core/text/", "bridge/store/files/",
        "bridge/net/spool.h"},
       {"tl/", "openssl/", "magic.h", "sys/", "fcntl.h", "poll.h", "spawn.h", "unistd.h"},
       false},
      {"bridge/cli",
       {"bridge/contract/", "bridge/codec/", "bridge/core/", "bridge/records/", "bridge/load/",
        "bridge/store/", "bridge/run/", "bridge/rehearse/", "bridge/views/",
        "connectors/registry.h"},
       {"tl/", "CLI/", "fmt/", "pthread.h", "sys/stat.h"},
       false},
      {"connectors", {"bridge/contract/", "connectors/"}, {"tl/"}},
      {"connectors/*",
       {"bridge/contract/", "bridge/codec/", "connectors/tracker/"},
       {"tl/", "nlohmann/"}},
  };
  return kRules;
}

std::vector<std::string> own_includes_of(const Source& source) {
  std::vector<std::string> found;
  std::istringstream lines(source.text);
  for (std::string line; std::getline(lines, line);) {
    if (auto include = include_in(line); include && include->ours)
      found.push_back(std::move(include->name));
  }
  return found;
}

std::vector<std::string> forbidden_in(const Source& source, const std::vector<FolderRule>& rules) {
  const std::string folder = folder_of(source.path);
  const FolderRule* rule = rule_for(folder, rules);
  if (rule == nullptr) return {source.path + ": the folder " + folder + " is not in the table"};
  std::vector<std::string> found;
  std::istringstream lines(source.text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    const std::string where = source.path + ":" + std::to_string(++number) + ": ";
    if (const auto include = include_in(line)) {
      const std::string why = why_not(*include, *rule, folder);
      if (!why.empty()) found.push_back(where + include->name + " " + why);
    }
    for (const std::string_view word : kImpureWords) {
      if (rule->pure && line.find(word) != line.npos)
        found.push_back(where + std::string(word) + " is not for a pure folder");
    }
  }
  return found;
}

std::vector<std::string> unguarded_json_in(const Source& source) {
  constexpr std::array<std::string_view, 3> kGuards{
      "bridge/codec/json.cpp", "bridge/records/json_reading.cpp", "bridge/records/json_reading.h"};
  constexpr std::array<std::string_view, 15> kWords{
      "son::parse(",    "son::accept(",   "son::sax_parse(", ".get<int>",    ".get<unsigned",
      ".get<long",      ".get<short",     ".get<float>",     ".get<double>", ".get<std::int",
      ".get<std::uint", ".get<std::size", ".get_to(",        ".value(\"",    ".flatten("};
  if (std::find(kGuards.begin(), kGuards.end(), source.path) != kGuards.end()) return {};
  std::vector<std::string> found;
  std::istringstream lines(source.text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    for (const std::string_view word : kWords) {
      if (line.find(word) == line.npos) continue;
      found.push_back(source.path + ":" + std::to_string(number) + ": " + std::string(word) +
                      " is for bridge/codec/json.cpp only");
    }
  }
  return found;
}

std::vector<std::string> unguarded_output_in(const Source& source) {
  constexpr std::array<std::string_view, 3> kGuards{"bridge/cli/print.cpp", "bridge/cli/print.h",
                                                    "bridge/cli/sink.cpp"};
  constexpr std::array<std::string_view, 7> kWords{
      "fmt::print", "std::cout", "std::cerr", "printf(", "puts(", "fwrite(", "putc("};
  if (!source.path.starts_with("bridge/cli/")) return {};
  if (std::find(kGuards.begin(), kGuards.end(), source.path) != kGuards.end()) return {};
  std::vector<std::string> found;
  for (const std::string_view word : kWords) {
    if (source.text.find(word) == source.text.npos) continue;
    found.push_back(source.path + ": " + std::string(word) + " goes around bridge/cli/print.h");
  }
  return found;
}

std::vector<std::string> misshapen(const Source& source) {
  std::vector<std::string> found;
  const auto lines = std::count(source.text.begin(), source.text.end(), '\n');
  if (lines > kLinesMost) {
    found.push_back(source.path + ": has " + std::to_string(lines) + " lines, more than " +
                    std::to_string(kLinesMost));
  }
  if (source.path.ends_with(".h") && source.text.find("#pragma once\n") == source.text.npos)
    found.push_back(source.path + ": has no #pragma once");
  return found;
}

}  // namespace saksbro::architecture
