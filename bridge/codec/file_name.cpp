#include "bridge/codec/file_name.h"

#include <algorithm>

#include "bridge/codec/fit.h"

namespace saksbro::codec {
namespace {

constexpr std::size_t kBytesMost = 200;

void erase_all(std::string& text, std::string_view part) {
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at))
    text.erase(at, part.size());
}

std::string_view without_ends(std::string_view text) {
  const auto first = text.find_first_not_of(" .");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" .") - first + 1);
}

}  // namespace

std::string shown_file_name(std::string_view given) {
  std::string name = clean_text(given.substr(given.find_last_of("/\\") + 1));
  std::erase_if(name, [](char c) { return c == '\n' || c == '\r' || c == '\t'; });
  // U+FFFD, too: it stands where something was that nobody should see.
  for (const char* turning :
       {"\uFFFD", "\u200B", "\u200E", "\u200F", "\u2028", "\u2029", "\u202A", "\u202B", "\u202C",
        "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069", "\uFEFF"}) {
    erase_all(name, turning);
  }
  name = cut_to(without_ends(name), kBytesMost, Measure::bytes);
  return name.empty() ? "?" : name;
}

}  // namespace saksbro::codec
