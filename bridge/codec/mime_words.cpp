#include "bridge/codec/mime_words.h"

#include <optional>

#include "bridge/codec/digest.h"

namespace saksbro::codec {
namespace {

struct Word {
  std::string charset;
  std::string bytes;
  std::size_t length = 0;  // as written
};

// The base64 word that `text` begins with.
std::optional<Word> word_at(std::string_view text) {
  if (!text.starts_with("=?")) return std::nullopt;
  const auto charset_end = text.substr(0, 41).find('?', 2);
  if (charset_end == text.npos) return std::nullopt;
  const std::string_view encoding = text.substr(charset_end, 3);
  if (encoding != "?B?" && encoding != "?b?") return std::nullopt;
  constexpr std::size_t kLongest =
      1000;  // no further: each "=?" would look through all that follows
  const auto end = text.substr(0, charset_end + kLongest + 2).find("?=", charset_end + 3);
  if (end == text.npos || end - charset_end > kLongest) return std::nullopt;
  std::string base64(text.substr(charset_end + 3, end - charset_end - 3));
  while (base64.size() % 4 != 0 && base64.size() < 1000) base64 += '=';
  auto bytes = from_base64(base64);
  if (!bytes) return std::nullopt;
  return Word{std::string(text.substr(2, charset_end - 2)), std::move(*bytes), end + 2};
}

}  // namespace

std::string with_merged_words(std::string_view header) {
  std::string merged;
  while (!header.empty()) {
    auto word = word_at(header);
    if (!word) {
      merged += header.front();
      header.remove_prefix(1);
      continue;
    }
    header.remove_prefix(word->length);
    for (;;) {
      const auto gap = header.find_first_not_of(" \t\r\n");
      if (gap == header.npos || gap == 0) break;
      const auto next = word_at(header.substr(gap));
      if (!next || next->charset != word->charset) break;
      word->bytes += next->bytes;
      header.remove_prefix(gap + next->length);
    }
    merged += "=?" + word->charset + "?B?" + to_base64(word->bytes) + "?=";
  }
  return merged;
}

}  // namespace saksbro::codec
