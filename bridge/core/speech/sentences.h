// The Norwegian of each sentence, by its English and in the order of its bytes: two who add one
// seldom meet. Internal to core.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>

namespace saksbro::core {

struct Translation {
  std::string_view english;
  std::string_view norwegian;
};

[[nodiscard]] std::span<const Translation> sentences_of_the_bridge();
[[nodiscard]] std::span<const Translation> sentences_of_the_command_line();
[[nodiscard]] std::span<const Translation> sentences_of_trackers();  // why they refuse
[[nodiscard]] std::span<const Translation> sentences_of_the_way();   // why nothing came of it

constexpr bool in_order(std::span<const Translation> all) {
  return std::is_sorted(all.begin(), all.end(), [](const Translation& one, const Translation& two) {
    return one.english < two.english;
  });
}

}  // namespace saksbro::core
