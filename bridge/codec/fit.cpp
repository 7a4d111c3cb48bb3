#include "bridge/codec/fit.h"

#include <utf8proc.h>

#include "bridge/codec/utf8.h"

namespace saksbro::codec {
namespace {

constexpr utf8proc_int32_t kBasicMost = 0xFFFF;

// Walks a text by its code points, and knows where characters begin.
class CodePoints {
 public:
  explicit CodePoints(std::string_view text) : text_(text) {}

  // False at the end. A byte that belongs to no code point is one alone.
  bool next() {
    at_ += bytes_;
    if (at_ >= text_.size()) return false;
    const utf8proc_int32_t before = point_;
    const auto* from = reinterpret_cast<const utf8proc_uint8_t*>(text_.data()) + at_;
    const auto length =
        utf8proc_iterate(from, static_cast<utf8proc_ssize_t>(text_.size() - at_), &point_);
    valid_ = length > 0;
    bytes_ = valid_ ? static_cast<std::size_t>(length) : 1;
    if (!valid_) point_ = 0xFFFD;
    begins_character_ = at_ == 0 || utf8proc_grapheme_break_stateful(before, point_, &state_);
    return true;
  }

  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  [[nodiscard]] utf8proc_int32_t point() const { return point_; }
  [[nodiscard]] bool valid() const { return valid_; }
  [[nodiscard]] bool begins_character() const { return begins_character_; }
  [[nodiscard]] std::string_view here() const { return text_.substr(at_, bytes_); }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t bytes_ = 0;
  utf8proc_int32_t point_ = 0;
  utf8proc_int32_t state_ = 0;
  bool valid_ = true;
  bool begins_character_ = true;
};

std::size_t size_of(std::string_view text, Measure measure) {
  if (measure == Measure::bytes) return text.size();
  std::size_t count = 0;
  for (CodePoints walk(text); walk.next();) ++count;
  return count;
}

bool is_text(const CodePoints& walk) {
  const utf8proc_int32_t point = walk.point();
  if (!walk.valid()) return false;
  if (point < 0x20) return point == '\t' || point == '\n' || point == '\r';
  if (point >= 0x7F && point < 0xA0) return false;
  return (point & 0xFFFE) != 0xFFFE && (point < 0xFDD0 || point > 0xFDEF);
}

}  // namespace

std::string cut_to(std::string_view text, std::size_t most, Measure measure,
                   std::string_view note) {
  if (size_of(text, measure) <= most) return std::string(text);
  if (size_of(note, measure) > most) note = {};
  const std::size_t room = most - size_of(note, measure);
  std::size_t characters_end = 0;  // where the last whole character ends that fits
  std::size_t points_end = 0;
  std::size_t size = 0;
  for (CodePoints walk(text); walk.next();) {
    if (walk.begins_character()) characters_end = walk.at();
    size += measure == Measure::bytes ? walk.bytes() : 1;
    if (size > room) break;
    points_end = walk.at() + walk.bytes();
  }
  std::string cut(text.substr(0, characters_end > 0 ? characters_end : points_end));
  return cut.append(note);
}

std::string cut_before_tail(std::string_view text, std::string_view tail, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  constexpr std::string_view kCut = "\n[…]";
  if (tail.empty() || !text.ends_with(tail) || tail.size() + kCut.size() + 2 > most)
    return cut_to(text, most, Measure::bytes, kCut);
  const std::string end = std::string(kCut) + "\n\n" + std::string(tail);
  return cut_to(text, most, Measure::bytes, end);
}

std::string clean_text(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  for (CodePoints walk(text); walk.next();) clean += is_text(walk) ? walk.here() : kReplacement;
  return clean;
}

std::string without_four_bytes(std::string_view text) {
  std::string basic;
  std::size_t begin = 0;  // of the character at hand, in `basic`
  bool replaced = false;  // it is
  for (CodePoints walk(text); walk.next();) {
    if (walk.begins_character()) {
      begin = basic.size();
      replaced = false;
    }
    if (!replaced) basic += walk.here();
    if (replaced || walk.point() <= kBasicMost) continue;
    basic.replace(begin, std::string::npos, kReplacement);
    replaced = true;
  }
  return basic;
}

Action with_texts(Action action, const std::function<std::string(const std::string&)>& change) {
  std::visit(
      [&](auto& one) {
        if constexpr (requires { one.title; }) one.title = change(one.title);
        if constexpr (requires { one.text; }) one.text = change(one.text);
        if constexpr (requires { one.fields; }) {
          for (auto& [name, value] : one.fields) value = change(value);
        }
      },
      action);
  if (auto* update = std::get_if<UpdateTicket>(&action); update != nullptr && update->comment)
    update->comment->text = change(update->comment->text);
  return action;
}

}  // namespace saksbro::codec
