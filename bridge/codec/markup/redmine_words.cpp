#include "bridge/codec/markup/redmine_words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "bridge/codec/markup/words.h"
#include "bridge/contract/ascii.h"

namespace saksbro::codec {
namespace {

constexpr std::string_view kEndOfLine = "\n";

// What a phrase's last sign, and an address, may stand before.
bool ends_a_clause(std::string_view after) {
  const char next = after.empty() ? '\n' : after[0];
  const char then = after.size() > 1 ? after[1] : '\n';
  if (is_one_of(next, " \n.,;):")) return true;
  return is_one_of(next, "?!") && then == ' ';
}

// What an address may stand before: it goes on to the next blank.
bool ends_an_address(std::string_view after) {
  const char next = after.empty() ? '\n' : after[0];
  const char then = after.size() > 1 ? after[1] : '\n';
  return is_one_of(next, " \n") || (is_one_of(next, ".,") && is_one_of(then, " \n"));
}

std::string spoken(const Words& words, std::size_t at, std::string_view after) {
  if (at >= words.size()) return std::string(after);
  const InlineKind kind = words[at].kind;
  if (kind == InlineKind::line_break) return std::string(kEndOfLine);
  const bool begins_with_sign =
      kind == InlineKind::link || kind == InlineKind::code || kind == InlineKind::image;
  return (begins_with_sign ? "\"" : "") + spoken_text(Words{words[at]}) + std::string(after);
}

std::size_t count_of_at(const Words& words) {
  std::size_t count = 0;
  for (const Inline& one : words) {
    if (one.kind == InlineKind::code) count += 2;
    for (const std::string* text : {&one.text, &one.target})
      count += static_cast<std::size_t>(std::count(text->begin(), text->end(), '@'));
    count += count_of_at(one.parts);
  }
  return count;
}

std::size_t count_of_at(const Document& document) {
  std::size_t count = 0;
  for (const Block& block : document) count += count_of_at(block.words) + count_of_at(block.blocks);
  return count;
}

bool has_break(const Words& words) {
  return std::any_of(words.begin(), words.end(), [](const Inline& one) {
    return one.kind == InlineKind::line_break || has_break(one.parts);
  });
}

Words in_lines(Words words) {
  Words out;
  for (Inline& one : words) {
    if (!has_break(one.parts)) {
      out.push_back(std::move(one));
      continue;
    }
    Inline line{one.kind, one.text, one.target, {}};
    for (Inline& part : in_lines(std::move(one.parts))) {
      if (part.kind != InlineKind::line_break) {
        line.parts.push_back(std::move(part));
        continue;
      }
      if (!line.parts.empty()) out.push_back(line);
      line.parts.clear();
      out.push_back(std::move(part));
    }
    if (!line.parts.empty()) out.push_back(std::move(line));
  }
  return out;
}

}  // namespace

std::string inert_code(std::string_view code) {
  static constexpr std::array<std::string_view, 8> kTags{
      "<pre", "</pre", "<code", "</code", "<kbd", "</kbd", "<notextile", "</notextile"};
  std::string out;
  for (std::size_t at = 0; at < code.size(); ++at) {
    const std::string begin = code[at] == '<' ? lower(std::string(code.substr(at, 12))) : "";
    const bool tag =
        !begin.empty() && std::any_of(kTags.begin(), kTags.end(),
                                      [&](std::string_view one) { return begin.starts_with(one); });
    if (code[at] == '%' && out.ends_with("x%x")) out += kJoiner;
    out += code[at];
    if (tag) out += kJoiner;
  }
  return out;
}

bool is_redmine_file(std::string_view target) {
  return names_a_file(target) && target.find('.') != target.npos &&
         target.find_first_of(" /?#&*_~%") == target.npos;
}

bool has_several_at(const Document& document) { return count_of_at(document) > 1; }

Document with_phrases_in_lines(Document document) {
  for (Block& block : document) {
    block.words = in_lines(std::move(block.words));
    block.blocks = with_phrases_in_lines(std::move(block.blocks));
  }
  return document;
}

std::string RedmineWords::written(std::string_view signs, const Words& words, Shape where) {
  where_ = where;
  pieces_.clear();
  if (!signs.empty()) sign(signs);
  all(words, kEndOfLine);
  if (where == Shape::heading && before() == '#') sign(kJoiner);
  return inert_in_redmine(pieces_, format_, several_at_);
}

void RedmineWords::all(const Words& words, std::string_view after) {
  for (std::size_t i = 0; i < words.size(); ++i) add(words[i], spoken(words, i + 1, after));
}

char RedmineWords::before() const {
  return pieces_.empty() || pieces_.back().text.empty() ? '\n' : pieces_.back().text.back();
}

void RedmineWords::sign(std::string_view sign) {
  pieces_.push_back({std::string(sign), true, false, false, false});
}

void RedmineWords::add(const Inline& one, std::string_view after) {
  switch (one.kind) {
    case InlineKind::text:
      return text(one.text);
    case InlineKind::emphasis:
      return phrase(textile() ? "_" : "*", one, after);
    case InlineKind::strong:
      return phrase(textile() ? "*" : "**", one, after);
    case InlineKind::struck:
      return phrase(textile() ? "-" : "~~", one, after);
    case InlineKind::code:
      return code(one.text, after);
    case InlineKind::link:
      return link(one, after);
    case InlineKind::image:
      return image(one, after);
    case InlineKind::line_break:
      return end_line();
    case InlineKind::mention:  // sayable() has left none
      break;
  }
}

// Redmine breaks the lines of a paragraph itself, and not those of an item.
void RedmineWords::end_line() {
  const bool breaks = where_ == Shape::paragraph || where_ == Shape::item || textile();
  if (where_ == Shape::item && !textile()) return sign("  \n");
  text(breaks ? "\n" : " ");
}

void RedmineWords::text(std::string_view said) {
  const bool phrase = phrases_ > 0;
  pieces_.push_back({std::string(said), false, phrase, in_link_, where_ == Shape::cell});
}

void RedmineWords::phrase(std::string_view sign, const Inline& one, std::string_view after) {
  // RedCloth looks behind one sign, and no more.
  const bool third = pieces_.size() > 1 && pieces_[pieces_.size() - 2].sign &&
                     !pieces_[pieces_.size() - 2].text.ends_with(' ');
  const bool opened = textile() && phrases_ > 0 && pieces_.back().sign && !third;
  const bool closes = textile() && phrases_ > 0 && after == "\n";
  const bool fits = (opened || is_one_of(before(), " \n(")) && (closes || ends_a_clause(after)) &&
                    (textile() || phrases_ == 0) && !in_link_;
  if (!fits) return all(one.parts, after);
  this->sign(sign);
  ++phrases_;
  const std::string words = spoken_text(one.parts);
  const bool attributes = is_one_of(words.front(), "([{<>=#");
  if (textile() && (attributes || words.size() < 2)) this->sign(kJoiner);
  all(one.parts, kEndOfLine);
  --phrases_;
  if (!textile() && is_one_of(before(), "*~\\")) this->sign(kJoiner);
  this->sign(sign);
}

void RedmineWords::code(std::string_view code, std::string_view after) {
  if (!textile()) {
    const std::string fence = fence_around(code, '`', 1);
    const bool padded = is_one_of(code.front(), "` ") || is_one_of(code.back(), "` ");
    if (before() == '`') sign(kJoiner);
    const bool ends_cell = where_ == Shape::cell && code.find('|') != code.npos;
    const bool ends_phrase = phrases_ > 0 && code.find_first_of("*~_`") != code.npos;
    if (ends_cell || ends_phrase || in_link_) return text(code);
    return sign(fence + (padded ? " " : "") + std::string(code) + (padded ? " " : "") + fence);
  }
  const bool plain = std::all_of(code.begin(), code.end(), [](char c) {
    return is_word_byte(c) || is_one_of(c, " .,:/()$-+*'_");
  });
  const char next = after.empty() ? '\n' : after[0];
  if (plain && phrases_ == 0 && !is_ascii_word(before()) && !is_ascii_word(next) &&
      before() != '@' && next != '@')
    return sign("@" + std::string(code) + "@");
  sign("<code>" + inert_code(code) + "</code>");
}

void RedmineWords::link(const Inline& one, std::string_view after) {
  const std::string shown = spoken_text(one.parts);
  const bool bare = shown == one.target && address_at(shown) == shown.size() &&
                    is_one_of(before(), " \n") && is_one_of(after.empty() ? '\n' : after[0], " \n");
  if (bare) return text(shown);
  const bool web = one.target.starts_with("http");
  const bool said = textile() && (!web || in_link_ || !ends_an_address(after));
  if (said || !web) {
    all(one.parts, after);
    if (!same_address(shown, one.target)) text(" <" + one.target + ">");
    return;
  }
  sign(textile() ? "\"" : "[");
  in_link_ = true;
  if (textile())
    text(shown);
  else
    all(one.parts, kEndOfLine);
  in_link_ = false;
  const std::string address = redmine_address(one.target);
  sign(textile() ? "\":" + address : "](" + address + ")");
}

void RedmineWords::image(const Inline& one, std::string_view after) {
  const bool plain = std::all_of(one.text.begin(), one.text.end(),
                                 [](char c) { return is_word_byte(c) || is_one_of(c, " .,-"); });
  const bool fits = is_one_of(before(), " \n") && ends_a_clause(after) && !after.starts_with(':');
  if (!plain || !fits || phrases_ > 0) {
    text(one.text.empty() ? one.target : one.text);
    if (!one.text.empty()) text(" (" + one.target + ")");
    return;
  }
  if (!textile()) {
    return sign("![" + one.text + "](" + one.target + ")");
  }
  sign("!" + one.target + (one.text.empty() ? "" : "(" + one.text + ")") + "!");
}

}  // namespace saksbro::codec
