#include "tests/architecture/circles.h"

#include <algorithm>
#include <functional>

namespace saksbro::architecture {
namespace {

bool is_header(const std::string& path) { return path.ends_with(".h"); }

std::string module_of(const std::string& path) { return path.substr(0, path.rfind('.')); }

std::string home_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

using Name = std::function<std::string(const std::string& path)>;

// Only what is among the sources counts.
Includes includes_between(const std::vector<Source>& sources, const Name& name) {
  std::set<std::string> known;
  for (const Source& one : sources) known.insert(one.path);
  Includes found;
  for (const Source& one : sources) {
    for (const std::string& other : own_includes_of(one)) {
      if (known.contains(other) && name(one.path) != name(other))
        found[name(one.path)].insert(name(other));
    }
  }
  return found;
}

std::set<std::string> reached_from(const Includes& includes, const std::string& start) {
  std::set<std::string> reached;
  std::vector<std::string> open{start};
  while (!open.empty()) {
    const auto next = includes.find(open.back());
    open.pop_back();
    if (next == includes.end()) continue;
    for (const std::string& one : next->second) {
      if (reached.insert(one).second) open.push_back(one);
    }
  }
  return reached;
}

}  // namespace

Includes header_includes(const std::vector<Source>& sources) {
  std::vector<Source> headers;
  std::copy_if(sources.begin(), sources.end(), std::back_inserter(headers),
               [](const Source& one) { return is_header(one.path); });
  return includes_between(headers, [](const std::string& path) { return path; });
}

Includes module_includes(const std::vector<Source>& sources) {
  return includes_between(sources, module_of);
}

Includes folder_includes(const std::vector<Source>& sources) {
  return includes_between(sources, home_of);
}

std::vector<std::string> circles_in(const Includes& includes) {
  std::map<std::string, std::set<std::string>> reached;
  for (const auto& [from, to] : includes) reached[from] = reached_from(includes, from);
  std::set<std::string> told;
  std::vector<std::string> circles;
  for (const auto& [from, others] : reached) {
    if (!others.contains(from) || told.contains(from)) continue;
    std::string circle;
    for (const auto& [one, back] : reached) {
      if (!others.contains(one) || !back.contains(from)) continue;
      told.insert(one);
      circle += (circle.empty() ? "" : " <-> ") + one;
    }
    circles.push_back(circle);
  }
  return circles;
}

std::vector<std::string> upward_in(const Includes& folders,
                                   const std::vector<std::string>& bottom_up) {
  const auto level = [&](const std::string& folder) {
    return std::find(bottom_up.begin(), bottom_up.end(), folder) - bottom_up.begin();
  };
  const auto levels = static_cast<std::ptrdiff_t>(bottom_up.size());
  std::vector<std::string> found;
  for (const auto& [from, others] : folders) {
    if (level(from) == levels) continue;
    for (const std::string& to : others) {
      if (level(to) != levels && level(to) > level(from)) found.push_back(from + " includes " + to);
    }
  }
  return found;
}

}  // namespace saksbro::architecture
