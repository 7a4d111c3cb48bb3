#include "bridge/codec/mime/mime_words.h"

#include <optional>

#include "bridge/codec/digest.h"
#include "bridge/codec/mime/mime_charset.h"

namespace saksbro::codec {
namespace {

constexpr std::size_t kWordMost = 1000;

struct Word {
  std::string charset;
  std::string bytes;
  std::size_t length = 0;  // as written
};

std::optional<std::string> from_base64_word(std::string_view text) {
  std::string base64(text);
  while (base64.size() % 4 != 0) base64 += '=';
  return from_base64(base64);
}

// "Bel=F8p_mangler"
std::string from_quoted_word(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto hex = text[at] == '=' ? from_hex(text.substr(at + 1, 2)) : std::nullopt;
    if (hex && hex->size() == 1) {
      bytes += *hex;
      at += 2;
    } else {
      bytes += text[at] == '_' ? ' ' : text[at];
    }
  }
  return bytes;
}

// The encoded word that `text` begins with: "=?charset*language?B?...?=".
std::optional<Word> word_at(std::string_view text) {
  if (!text.starts_with("=?")) return std::nullopt;
  const auto charset_end = text.substr(0, 41).find('?', 2);
  if (charset_end == text.npos || charset_end == 2) return std::nullopt;
  const std::string_view encoding = text.substr(charset_end, 3);
  const bool base64 = encoding == "?B?" || encoding == "?b?";
  if (!base64 && encoding != "?Q?" && encoding != "?q?") return std::nullopt;
  // No further: each "=?" would look through all that follows.
  const auto end = text.substr(0, charset_end + kWordMost + 2).find("?=", charset_end + 3);
  if (end == text.npos || end - charset_end > kWordMost) return std::nullopt;
  const std::string_view written = text.substr(charset_end + 3, end - charset_end - 3);
  auto bytes = base64 ? from_base64_word(written) : from_quoted_word(written);
  if (!bytes) return std::nullopt;
  const std::string_view charset = text.substr(2, charset_end - 2);
  return Word{std::string(charset.substr(0, charset.find('*'))), std::move(*bytes), end + 2};
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
    std::string text;
    for (;;) {
      const auto gap = header.find_first_not_of(" \t\r\n");
      auto next = gap == header.npos ? std::nullopt : word_at(header.substr(gap));
      if (!next) break;
      header.remove_prefix(gap + next->length);
      if (next->charset == word->charset) {
        word->bytes += next->bytes;
        continue;
      }
      text += text_in_utf8(word->bytes, word->charset);
      word = std::move(next);
    }
    text += text_in_utf8(word->bytes, word->charset);
    merged += "=?utf-8?B?" + to_base64(text) + "?=";
  }
  return merged;
}

}  // namespace saksbro::codec
