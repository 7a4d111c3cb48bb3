#include "bridge/run/web/accept_language.h"

#include <algorithm>
#include <string>

#include "bridge/core/text/text.h"

namespace saksbro::run {
namespace {

// Thousandths; 0 for what is no weight.
int weight_of(std::string_view parameters) {
  const std::size_t at = parameters.find("q=");
  if (at == parameters.npos) return 1000;
  std::string_view digits = parameters.substr(at + 2);
  if (digits.starts_with('1')) return 1000;
  if (!digits.starts_with("0.")) return 0;
  int weight = 0;
  int place = 100;
  for (const char c : digits.substr(2, 3)) {
    if (c < '0' || c > '9') break;
    weight += (c - '0') * place;
    place /= 10;
  }
  return weight;
}

}  // namespace

core::Language wanted_language(std::string_view header) {
  int norwegian = 0;
  int english = 0;
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(','), header.size());
    const std::string_view range = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    const std::size_t semicolon = std::min(range.find(';'), range.size());
    const std::string tag = core::lower(core::trimmed(range.substr(0, semicolon)));
    const std::string primary = tag.substr(0, tag.find('-'));
    const int weight = weight_of(range.substr(semicolon));
    if (primary == "nb" || primary == "no" || primary == "nn")
      norwegian = std::max(norwegian, weight);
    if (primary == "en") english = std::max(english, weight);
  }
  return english > norwegian ? core::Language::en : core::Language::nb;
}

}  // namespace saksbro::run
