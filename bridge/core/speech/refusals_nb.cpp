// Why trackers refuse, and what connectors do not read; their own words are arguments. The rows are
// the connectors': connectors/*/sentences_nb.inc.
#include <algorithm>
#include <array>

#include "bridge/core/speech/sentences.h"

namespace saksbro::core {
namespace {

auto in_their_order() {
  auto all = std::to_array<Translation>({
#include "connectors/every_sentence_nb.inc"  // written by config/cmake/connectors.cmake
  });
  std::sort(all.begin(), all.end(), [](const Translation& one, const Translation& two) {
    return one.english < two.english;
  });
  return all;
}

}  // namespace

std::span<const Translation> sentences_of_trackers() {
  static const auto kRefusals = in_their_order();
  return kRefusals;
}

}  // namespace saksbro::core
