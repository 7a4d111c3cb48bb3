#include "connectors/gitlab/texts.h"

#include <algorithm>

#include "bridge/codec/digest.h"
#include "bridge/codec/fit.h"
#include "bridge/codec/markup/dialects.h"

namespace saksbro::gitlab {
namespace {

constexpr std::size_t kTextBytesMost = 900'000;  // GitLab: 1,000,000 characters in a note
constexpr std::size_t kTitleMost = 255;
constexpr std::string_view kWordJoiner = "\xE2\x81\xA0";  // U+2060, which nobody sees
constexpr std::string_view kBegin = "<!-- saksbro ";
constexpr std::string_view kEnd = " -->";

std::string without_joiners(std::string_view text) {
  std::string plain(text);
  for (auto at = plain.find(kWordJoiner); at != std::string::npos; at = plain.find(kWordJoiner, at))
    plain.erase(at, kWordJoiner.size());
  return plain;
}

// The comment that marked() adds; empty when there is none.
std::string_view comment_in(std::string_view description) {
  const auto begin = description.rfind(kBegin);
  if (begin == std::string_view::npos) return {};
  const auto end = description.find(kEnd, begin);
  if (end == std::string_view::npos) return {};
  return description.substr(begin, end + kEnd.size() - begin);
}

}  // namespace

std::string written(const std::string& plain) {
  return codec::markdown_text(codec::document_from_plain(plain));
}

std::string written(const std::string& plain, std::string_view tail) {
  std::string text = written(plain);
  for (std::size_t most = kTextBytesMost; text.size() > kTextBytesMost; most -= most / 8)
    text = written(codec::cut_before_tail(plain, tail, most));
  return text;
}

std::string plain_of(std::string_view markdown) {
  std::string text(markdown);
  if (const auto comment = comment_in(text); !comment.empty())
    text.erase(static_cast<std::size_t>(comment.data() - text.data()), comment.size());
  return codec::plain_text(codec::document_from_markdown(text));
}

std::string title_written(std::string_view title) {
  std::string line(title);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return (c >= '\0' && c < ' ') || c == '\x7F'; }, ' ');
  std::string safe;
  for (std::size_t at = 0; at < line.size(); ++at) {
    safe += line[at];
    const bool last = at + 1 == line.size() || line[at + 1] == ' ';
    if (!last && std::string_view("@#!~%$&^").find(line[at]) != std::string_view::npos)
      safe += kWordJoiner;
  }
  return codec::cut_to(safe, kTitleMost, codec::Measure::code_points);
}

std::string title_of(std::string_view title) { return without_joiners(title); }

std::string marker_word(const std::string& marker) {
  return "bro" + codec::to_hex(codec::sha256(marker)).substr(0, 24);
}

std::string marked(const std::string& markdown, const std::string& marker) {
  return markdown + (markdown.empty() ? "" : "\n\n") + std::string(kBegin) + marker_word(marker) +
         " " + marker + std::string(kEnd);
}

std::string marker_in(std::string_view description) {
  std::string_view comment = comment_in(description);
  if (comment.empty()) return "";
  comment.remove_prefix(kBegin.size());
  comment.remove_suffix(kEnd.size());
  const auto blank = comment.find(' ');
  if (blank == std::string_view::npos) return "";
  std::string marker(comment.substr(blank + 1));
  return comment.substr(0, blank) == marker_word(marker) ? marker : "";
}

}  // namespace saksbro::gitlab
