#include "tests/architecture/helper_names.h"

#include <map>
#include <optional>
#include <sstream>
#include <string_view>

namespace saksbro::architecture {
namespace {

struct Helper {
  std::string name;
  std::string alias;  // the whole line, of an alias only
};

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The last word before `end`.
std::string word_before(std::string_view line, std::size_t end) {
  while (end > 0 && !is_word(line[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && is_word(line[begin - 1])) --begin;
  return std::string(line.substr(begin, end - begin));
}

std::string word_after(std::string_view line, std::string_view start) {
  std::size_t end = start.size();
  while (end < line.size() && is_word(line[end])) ++end;
  return std::string(line.substr(start.size(), end - start.size()));
}

// What a line at the left margin defines, as clang-format writes it.
std::optional<Helper> helper_on(std::string_view line) {
  if (line.empty() || !(is_word(line[0]) || line[0] == '[')) return std::nullopt;
  for (const char* no : {"namespace ", "static_assert", "template ", "return ", "public:"}) {
    if (line.starts_with(no)) return std::nullopt;
  }
  for (const char* kind : {"struct ", "class ", "enum class ", "enum "}) {
    if (line.starts_with(kind)) return Helper{word_after(line, kind), ""};
  }
  if (line.starts_with("using ")) {
    const bool alias = line.find('=') != line.npos;
    return alias ? std::optional(Helper{word_after(line, "using "), std::string(line)})
                 : std::nullopt;
  }
  const std::size_t from = line.starts_with("[[") ? line.find("]]") + 2 : 0;
  const std::size_t end = line.find_first_of("({=[;", from);
  if (end == line.npos) return std::nullopt;
  return Helper{word_before(line, end), ""};
}

std::vector<Helper> helpers_of(const Source& source) {
  std::vector<Helper> all;
  std::istringstream lines(source.text);
  bool within = false;
  bool literal = false;  // in R"(...)", whose lines are no code
  for (std::string line; std::getline(lines, line);) {
    if (line == "namespace {") within = true;
    if (line == "}  // namespace") within = false;
    if (within && !literal) {
      if (auto helper = helper_on(line)) all.push_back(*helper);
    }
    if (line.find("R\"") != line.npos) literal = true;
    if (line.find(")\"") != line.npos || line.find(")sql\"") != line.npos) literal = false;
  }
  return all;
}

}  // namespace

std::vector<std::string> names_given_twice(const std::vector<Source>& sources) {
  struct Known {
    std::string path;
    std::string alias;
  };
  std::map<std::string, Known> known;  // by folder and name
  std::vector<std::string> found;
  for (const Source& source : sources) {
    if (!source.path.ends_with(".cpp")) continue;
    const std::string folder = source.path.substr(0, source.path.rfind('/'));
    for (const Helper& helper : helpers_of(source)) {
      const auto [at, added] =
          known.try_emplace(folder + " " + helper.name, Known{source.path, helper.alias});
      const bool same = !helper.alias.empty() && helper.alias == at->second.alias;
      if (added || at->second.path == source.path || same) continue;
      found.push_back(at->second.path + " and " + source.path + " both have a helper named \"" +
                      helper.name + "\"");
    }
  }
  return found;
}

}  // namespace saksbro::architecture
