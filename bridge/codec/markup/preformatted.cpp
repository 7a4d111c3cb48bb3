#include "bridge/codec/markup/preformatted.h"

#include <algorithm>
#include <charconv>

#include "bridge/codec/markup/words.h"

namespace saksbro::codec {
namespace {

// A control character: clean_text() has left none in the text.
constexpr char kStandsForCode = '\x02';
constexpr std::string_view kClose = "</pre>";

// "<pre>" or "<pre class=...>", where no backslash makes a sign of it: its length, else 0.
std::size_t opening_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, 200);
  if (!rest.starts_with("<pre>") && !rest.starts_with("<pre ")) return 0;
  if (at > 0 && text[at - 1] == '\\') return 0;
  const std::size_t end = rest.find('>');
  return end == rest.npos ? 0 : end + 1;
}

// <code class="ruby">, class='ruby'
std::string language_in(std::string_view tag) {
  const std::size_t at = tag.find("class=");
  if (at == tag.npos) return "";
  const std::string_view told = tag.substr(at + 6);
  if (told.size() < 2 || !is_one_of(told[0], "\"'")) return "";
  return std::string(told.substr(1, told.substr(1).find(told[0])));
}

// "<code class="ruby">x</code>" -> "x"
Block code_in(std::string_view text) {
  Block block{Shape::code, 0, false, {}, {}, {}, {}};
  if (text.starts_with("<code")) {
    const std::size_t end = text.find('>');
    if (end != text.npos) {
      block.language = language_in(text.substr(0, end));
      text.remove_prefix(end + 1);
    }
  }
  const std::string_view written = text.substr(0, text.find_last_not_of(" \n") + 1);
  constexpr std::string_view kCodeEnd = "</code>";
  if (written.ends_with(kCodeEnd)) text = written.substr(0, written.size() - kCodeEnd.size());
  if (text.starts_with('\n')) text.remove_prefix(1);
  block.text = without_joiners(text);
  return block;
}

// What a line begins with that is within quotations: "> > ".
std::string_view quotation_signs(std::string_view line) {
  line = line.substr(0, 2 * kBlockDepthMost);
  return line.substr(0, std::min(line.find_first_not_of("> "), line.size()));
}

}  // namespace

WithoutPreformatted::WithoutPreformatted(std::string_view text) {
  std::size_t line = 0;  // where the line begins in text_
  bool comments_end = true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = text[at] == '<' ? opening_at(text, at) : 0;
    if (length > 0) {
      const std::size_t begin = at + length;
      const std::size_t end = std::min(text.find(kClose, begin), text.size());
      const std::string signs(quotation_signs(std::string_view(text_).substr(line)));
      if (text_.size() - line > signs.size()) text_ += "\n" + signs;
      add(text.substr(begin, end - begin));
      at = std::min(end + kClose.size(), text.size());
      if (at < text.size() && text[at] != '\n') text_ += "\n" + signs;
      line = text_.rfind('\n') == std::string::npos ? 0 : text_.rfind('\n') + 1;
      continue;
    }
    if (comments_end && text.substr(at).starts_with("<!--")) {
      const std::size_t end = text.find("-->", at + 4);
      comments_end = end != text.npos;
      if (comments_end) {
        at = end + 3;
        continue;
      }
    }
    text_ += text[at++];
    if (text_.back() == '\n') line = text_.size();
  }
}

void WithoutPreformatted::add(std::string_view code) {
  text_ += kStandsForCode + std::to_string(blocks_.size());
  blocks_.push_back(code_in(code));
}

std::optional<Block> WithoutPreformatted::block_at(std::string_view line) const {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  if (!line.starts_with(kStandsForCode)) return std::nullopt;
  std::size_t number = 0;
  std::from_chars(line.data() + 1, line.data() + line.size(), number);
  return number < blocks_.size() ? std::optional(blocks_[number]) : std::nullopt;
}

}  // namespace saksbro::codec
