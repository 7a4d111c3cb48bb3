// Markdown as GitHub and GitLab read it.
#include <algorithm>
#include <functional>
#include <utility>

#include "bridge/codec/markup/dialects.h"
#include "bridge/codec/markup/redmine_words.h"
#include "bridge/codec/markup/sayable.h"
#include "bridge/codec/markup/words.h"
#include "bridge/contract/ascii.h"

namespace saksbro::codec {
namespace {

constexpr std::string_view kActing = "@#!~&%$^";  // GitLab's references, when a word follows
constexpr std::string_view kSigns = "\\`*_{}[]<>|~!&$^";  // Markdown's, wherever they stand
constexpr std::string_view kLineSigns = "#+-=:/";  // at the beginning of a line; "/close" too

// A letter, as far as Markdown's rules for the signs around a phrase need to know.
bool is_plain_letter_at(std::string_view text, bool last) {
  const char c = last ? text.back() : text.front();
  const bool latin = last ? text.size() > 1 && text[text.size() - 2] == '\xC3' : c == '\xC3';
  return latin || (is_ascii_word(c) && c != '_');
}

class MarkdownWords {
 public:
  explicit MarkdownWords(Shape where) : where_(where) {}

  std::string written(const Words& words) && {
    all(words);
    return std::move(out_);
  }

 private:
  void all(const Words& words) {
    for (const Inline& one : words) add(one);
  }

  void add(const Inline& one) {
    switch (one.kind) {
      case InlineKind::text:
        return text(one.text);
      case InlineKind::emphasis:
        return phrase("*", one.parts);
      case InlineKind::strong:
        return phrase("**", one.parts);
      case InlineKind::struck:
        return phrase("~~", one.parts);
      case InlineKind::code:
        return code(one.text);
      case InlineKind::link:
        return link(one);
      case InlineKind::image:
        return image(one);
      case InlineKind::line_break:
        out_ += where_ == Shape::cell ? "<br>" : where_ == Shape::heading ? " " : "  \n";
        return;
      case InlineKind::mention:  // sayable() has left none
        break;
    }
  }

  void text(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      const std::string_view rest = text.substr(at);
      const bool in_word = at > 0 && is_ascii_word(text[at - 1]);
      const std::size_t address = rest[0] == 'h' && !in_word && !in_link_ ? address_at(rest) : 0;
      if (address > 0) {
        autolink(rest.substr(0, address));
        at += address - 1;
      } else {
        sign(rest, in_word);
      }
    }
  }

  // The first of `rest`, so that it means itself.
  void sign(std::string_view rest, bool in_word) {
    const char c = rest[0];
    const char after = rest.size() > 1 ? rest[1] : ' ';
    const bool at_blank = out_.empty() || out_.back() == '\n' || out_.back() == ' ';
    const bool numbers = is_one_of(c, ".)") && only_digits_on_line();
    if (is_one_of(c, kSigns) || numbers || (is_one_of(c, kLineSigns) && line_start()) ||
        (c == '#' && at_blank))
      out_ += '\\';
    out_ += c;
    const bool acts = is_one_of(c, kActing) && is_word_byte(after) && !(c == '@' && in_word);
    const bool opens = (c == '%' && after == '{') || (c == '[' && is_one_of(after, "[T"));
    const bool leads =
        (c == ':' && after == '/') || (c == 'w' && rest.starts_with("www.") && !in_word);
    if (acts || opens || leads) out_ += kJoiner;
  }

  [[nodiscard]] bool line_start() const { return out_.empty() || out_.back() == '\n'; }

  // Twelve are more than the number of an item can have.
  [[nodiscard]] bool only_digits_on_line() const {
    std::size_t at = out_.size();
    while (at > 0 && out_.size() - at < 12 && is_digit(out_[at - 1])) --at;
    return at < out_.size() && (at == 0 || out_[at - 1] == '\n');
  }

  void apart_from_signs() {
    if (!out_.empty() && is_one_of(out_.back(), "*~`")) out_ += kJoiner;
  }

  void phrase(std::string_view sign, const Words& parts) {
    apart_from_signs();
    out_ += sign;
    const std::size_t begin = out_.size();
    all(parts);
    if (!is_plain_letter_at(std::string_view(out_).substr(begin), true)) out_ += kJoiner;
    if (!is_plain_letter_at(std::string_view(out_).substr(begin), false))
      out_.insert(begin, kJoiner);
    out_ += sign;
  }

  void code(std::string_view code) {
    apart_from_signs();
    const std::string fence = fence_around(code, '`', 1);
    const bool padded = is_one_of(code.front(), "` ") || is_one_of(code.back(), "` ");
    out_ += fence + (padded ? " " : "");
    for (const char c : code) {
      if (c == '|' && where_ == Shape::cell) out_ += '\\';
      out_ += c;
    }
    out_ += (padded ? " " : "") + fence;
  }

  void link(const Inline& one) {
    const std::string& target = one.target;
    if (target == spoken_text(one.parts) && address_at(target) == target.size())
      return autolink(target);
    out_ += '[';
    in_link_ = true;
    all(one.parts);
    in_link_ = false;
    out_ += "](";
    address(target);
    out_ += ')';
  }

  void autolink(std::string_view target) {
    out_ += '<';
    out_ += target;
    out_ += '>';
  }

  void address(std::string_view target) {
    const bool framed = target.find_first_of("()") != target.npos;
    if (framed) out_ += '<';
    for (std::size_t at = 0; at < target.size(); ++at) {
      const char c = target[at];
      if (c == '\\')
        out_ += "%5C";
      else if (c == '|')
        out_ += "%7C";
      else if (c == ' ')
        out_ += "%20";
      else if (c == '&' && target.substr(at, 34).find(';') != target.npos)
        out_ += "\\&";
      else
        out_ += c;
    }
    if (framed) out_ += '>';
  }

  void image(const Inline& one) {
    out_ += "![";
    text(one.text);
    out_ += "](";
    address(one.target);
    out_ += ')';
  }

  Shape where_;
  bool in_link_ = false;
  std::string out_;
};

// What differs between GitLab's Markdown and Redmine's: how words are written, and how far the
// blocks of an item are indented (Redmine takes off four blanks for each level).
struct Flavour {
  std::function<std::string(const Words& words, Shape where)> words;
  std::size_t item_indent = 0;  // 0: as long as the item's mark
};

class MarkdownWriter {
 public:
  explicit MarkdownWriter(Flavour flavour) : flavour_(std::move(flavour)) {}

  std::string blocks(const std::vector<Block>& blocks) const {
    std::string out;
    const Block* before = nullptr;
    for (const Block& one : blocks) {
      if (before) out += gap(*before, one, blocks.size() == 2);
      out += block(one);
      before = &one;
    }
    return out;
  }

 private:
  std::string block(const Block& block) const {
    switch (block.shape) {
      case Shape::heading:
        return std::string(static_cast<std::size_t>(block.level), '#') + " " +
               flavour_.words(block.words, Shape::heading);
      case Shape::list:
        return list(block);
      case Shape::quote:
        return with_margin(blocks(block.blocks), "> ", "> ");
      case Shape::code:
        return code(block);
      case Shape::table:
        return table(block);
      case Shape::rule:
        return "***";
      default:
        return flavour_.words(block.words, block.shape);
    }
  }

  std::string list(const Block& list) const {
    std::string out;
    int number = list.level;
    for (const Block& item : list.blocks) {
      const std::string mark = list.marked ? std::to_string(number++) + ". " : "- ";
      const std::size_t indent = std::max(flavour_.item_indent, mark.size());
      if (!out.empty()) out += '\n';
      out += with_margin(this->item(item.blocks), mark, std::string(indent, ' '));
    }
    return out;
  }

  // Words with nothing but a list below are no paragraph to Redmine.
  std::string item(std::vector<Block> blocks) const {
    const bool alone =
        blocks.size() == 1 || (blocks.size() == 2 && blocks.back().shape == Shape::list);
    if (alone && blocks.front().shape == Shape::paragraph) blocks.front().shape = Shape::item;
    return this->blocks(blocks);
  }

  std::string row(const Block& row) const {
    std::string out = "|";
    for (const Block& cell : row.blocks)
      out += " " + flavour_.words(cell.words, Shape::cell) + " |";
    return out;
  }

  std::string table(const Block& table) const {
    const std::size_t columns = table.blocks.front().blocks.size();
    std::string head = "|";
    std::string line = "|";
    for (std::size_t i = 0; i < columns; ++i) head += "  |", line += "---|";
    const bool has_head = table.blocks.front().marked;
    std::string out = has_head ? "" : head + "\n" + line;
    for (const Block& one : table.blocks) {
      if (!out.empty()) out += '\n';
      out += row(one);
      if (one.marked) out += "\n" + line;
    }
    return out;
  }

  // In Redmine each line of ``` or ~~~ ends the code, whatever began it.
  [[nodiscard]] std::string inert(const std::string& code) const {
    if (flavour_.item_indent == 0) return code;
    std::string out;
    for (const std::string_view line : lines_of(code)) {
      const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
      const std::string_view words = line.substr(indent);
      const bool fence = words.starts_with("```") || words.starts_with("~~~");
      if (!out.empty()) out += '\n';
      out.append(line.substr(0, indent)).append(fence ? kJoiner : "").append(words);
    }
    return out;
  }

  [[nodiscard]] std::string code(const Block& block) const {
    const std::string fence = fence_around(block.text, '`', 3);
    const bool known = std::all_of(block.language.begin(), block.language.end(),
                                   [](char c) { return is_ascii_word(c) || is_one_of(c, "+-#."); });
    return fence + (known ? block.language : "") + "\n" + inert(block.text) + "\n" + fence;
  }

  // Between two lists, a comment: they would be one.
  static std::string_view gap(const Block& before, const Block& block, bool only_two) {
    if (block.shape != Shape::list) return "\n\n";
    if (before.shape == Shape::list) return "\n\n<!-- -->\n\n";
    const bool words = before.shape == Shape::paragraph || before.shape == Shape::item;
    const bool may_follow = words && (!block.marked || block.level == 1);
    return may_follow && only_two ? "\n" : "\n\n";
  }

  Flavour flavour_;
};

}  // namespace

std::string markdown_text(const Document& document) {
  const auto words = [](const Words& all, Shape where) {
    return MarkdownWords(where).written(all);
  };
  return MarkdownWriter({words, 0}).blocks(sayable(document, names_a_file));
}

std::string redmine_markdown_text(const Document& document) {
  const Document said = with_phrases_in_lines(sayable(document, is_redmine_file));
  RedmineWords written(RedmineFormat::markdown, false);
  const auto words = [&](const Words& all, Shape where) { return written.written("", all, where); };
  return MarkdownWriter({words, 4}).blocks(said);
}

}  // namespace saksbro::codec
