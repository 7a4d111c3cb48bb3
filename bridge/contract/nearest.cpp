#include "bridge/contract/nearest.h"

#include <algorithm>
#include <cstddef>

namespace saksbro {
namespace {

std::vector<char32_t> code_points(std::string_view text) {
  std::vector<char32_t> points;
  for (const char raw : text) {
    const auto byte = static_cast<unsigned char>(raw);
    const bool continues = (byte & 0xC0U) == 0x80U;
    if (continues && !points.empty()) {
      points.back() = (points.back() << 6U) | (byte & 0x3FU);
    } else {
      points.push_back(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte);
    }
  }
  return points;
}

std::size_t edits(const std::vector<char32_t>& from, const std::vector<char32_t>& to) {
  std::vector<std::size_t> row(to.size() + 1);
  for (std::size_t j = 0; j <= to.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t above = row[j];
      row[j] =
          std::min({above + 1, row[j - 1] + 1, diagonal + (from[i - 1] == to[j - 1] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

std::optional<std::string> nearest(std::string_view word,
                                   const std::vector<std::string>& candidates) {
  const auto wanted = code_points(word.substr(0, 64));
  std::optional<std::string> best;
  std::size_t best_edits = std::max<std::size_t>(1, wanted.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edits(wanted, code_points(candidate));
    if (distance < best_edits) {
      best_edits = distance;
      best = candidate;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const auto near = nearest(word, candidates);
  return near ? "; did you mean \"" + *near + "\"?" : "";
}

Phrase perhaps_meant(std::string_view word, const std::vector<std::string>& candidates) {
  const auto near = nearest(word, candidates);
  return near ? Phrase("; did you mean \"{near}\"?", {{"near", *near}}) : Phrase();
}

std::string did_you_mean_one_of(std::string_view word, const std::vector<std::string>& candidates) {
  if (std::string near = did_you_mean(word, candidates); !near.empty()) return near;
  std::string all;
  for (const std::string& one : candidates) all += (all.empty() ? "" : ", ") + one;
  return "; expected one of " + all;
}

}  // namespace saksbro
