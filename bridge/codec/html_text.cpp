#include "bridge/codec/html_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

namespace saksbro::codec {
namespace {

constexpr std::size_t kLongestEntity = 10;

using Named = std::pair<std::string_view, std::string_view>;
constexpr std::array<Named, 13> kNamed{{{"amp", "&"},
                                        {"lt", "<"},
                                        {"gt", ">"},
                                        {"quot", "\""},
                                        {"apos", "'"},
                                        {"nbsp", " "},
                                        {"aelig", "æ"},
                                        {"oslash", "ø"},
                                        {"aring", "å"},
                                        {"AElig", "Æ"},
                                        {"Oslash", "Ø"},
                                        {"Aring", "Å"},
                                        {"hellip", "…"}}};

// What ends a line of text, at its beginning and at its end.
constexpr std::array<std::string_view, 16> kBlocks{"p",     "div",        "li",  "ul", "ol", "tr",
                                                   "table", "blockquote", "h1",  "h2", "h3", "h4",
                                                   "h5",    "h6",         "pre", "hr"};

std::string utf8(std::uint32_t point) {
  const auto low = [&](unsigned shift) {
    return static_cast<char>(0x80U | ((point >> shift) & 0x3FU));
  };
  if (point < 0x80) return {static_cast<char>(point)};
  if (point < 0x800) return {static_cast<char>(0xC0U | (point >> 6U)), low(0)};
  if (point < 0x10000) return {static_cast<char>(0xE0U | (point >> 12U)), low(6), low(0)};
  return {static_cast<char>(0xF0U | (point >> 18U)), low(12), low(6), low(0)};
}

// "#229", "#xE5" -> "å".
std::optional<std::string> numbered(std::string_view entity) {
  const bool hex = entity.size() > 2 && (entity[1] == 'x' || entity[1] == 'X');
  const std::string_view digits = entity.substr(hex ? 2 : 1);
  std::uint32_t point = 0;
  const auto [end, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), point, hex ? 16 : 10);
  if (problem != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  if (point == 0 || point > 0x10FFFF || surrogate) return std::nullopt;
  return point == 0xA0 ? " " : utf8(point);
}

std::optional<std::string> decoded(std::string_view entity) {
  if (entity.starts_with('#')) return numbered(entity);
  const auto found = std::find_if(kNamed.begin(), kNamed.end(),
                                  [&](const Named& named) { return named.first == entity; });
  if (found == kNamed.end()) return std::nullopt;
  return std::string(found->second);
}

// Lower case; empty when it is no tag: "3<4", "a < b".
std::string tag_name(std::string_view tag) {
  if (tag.starts_with('/')) tag.remove_prefix(1);
  std::string name;
  for (const char c : tag) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool letter = lower >= 'a' && lower <= 'z';
    const bool digit = c >= '0' && c <= '9' && !name.empty();
    if (!letter && !digit) break;
    name += lower;
  }
  return name;
}

class Writer {
 public:
  explicit Writer(std::string_view html) : rest_(html) {}

  std::string text() && {
    while (!rest_.empty()) step();
    const auto end = text_.find_last_not_of(" \n");
    text_.erase(end == std::string::npos ? 0 : end + 1);
    return std::move(text_);
  }

 private:
  void step() {
    if (rest_.starts_with('<') && tag()) return;
    if (rest_.starts_with('&') && entity()) return;
    character(rest_.front());
    rest_.remove_prefix(1);
  }

  bool tag() {
    if (rest_.starts_with("<!--")) return skip_past("-->", 4);
    if (unclosed_) return false;
    const std::string name = tag_name(rest_.substr(1));
    const bool declaration = rest_.substr(1).starts_with('!');
    // Before its end is looked for: a text of '<' alone would be gone through for each of them.
    if (name.empty() && !declaration) return false;
    const auto close = rest_.find('>');
    unclosed_ = close == std::string_view::npos;  // no later tag closes either: look no more
    if (unclosed_) return false;
    const bool opens = rest_[1] != '/';
    rest_.remove_prefix(close + 1);
    if (name == "br") text_ += '\n';
    if (name == "pre") preformatted_ = opens;
    if (opens && (name == "td" || name == "th")) blank();
    if (std::find(kBlocks.begin(), kBlocks.end(), name) != kBlocks.end()) block(opens, name);
    if (opens && (name == "style" || name == "script")) {
      skip_past("</" + name, 0);
      skip_past(">", 0);
    }
    return true;
  }

  void block(bool opens, std::string_view name) {
    line_end();
    if (!opens && name == "p") text_ += '\n';
    if (opens && name == "li") text_ += "* ";
  }

  void line_end() {
    while (!text_.empty() && text_.back() == ' ') text_.pop_back();
    const bool at_start = text_.empty() || text_.back() == '\n';
    if (!at_start) text_ += '\n';
  }

  bool skip_past(std::string_view end, std::size_t from) {
    const auto found = rest_.find(end, from);
    rest_.remove_prefix(found == std::string_view::npos ? rest_.size() : found + end.size());
    return true;
  }

  bool entity() {
    const auto end = rest_.substr(0, kLongestEntity).find(';');
    if (end == std::string_view::npos) return false;
    const auto text = decoded(rest_.substr(1, end - 1));
    if (!text) return false;
    text_ += *text;
    rest_.remove_prefix(end + 1);
    return true;
  }

  // Line ends in the source are blanks to the reader, and a run of blanks is one.
  void character(char c) {
    const bool is_blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (preformatted_ || !is_blank) {
      if (c != '\r') text_ += c;
    } else {
      blank();
    }
  }

  void blank() {
    if (!text_.empty() && text_.back() != ' ' && text_.back() != '\n') text_ += ' ';
  }

  std::string_view rest_;
  std::string text_;
  bool preformatted_ = false;
  bool unclosed_ = false;
};

}  // namespace

std::string text_from_html(std::string_view html) { return Writer(html).text(); }

}  // namespace saksbro::codec
