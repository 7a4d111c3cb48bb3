// Plain text, in the form in which connectors give texts.
#include <algorithm>
#include <optional>

#include "bridge/codec/markup/dialects.h"
#include "bridge/codec/markup/document_builder.h"
#include "bridge/codec/markup/sayable.h"
#include "bridge/codec/markup/words.h"

namespace saksbro::codec {
namespace {

constexpr std::string_view kFixedBlank = "\u00A0";

// "  * ", "12. ": what stands before an item.
struct ItemMark {
  std::size_t indent = 0;
  std::size_t width = 0;  // with the indent
  bool numbered = false;
  int number = 0;
};

std::size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

bool is_blank_line(std::string_view line) { return line.find_first_not_of(" \t") == line.npos; }

std::optional<ItemMark> item_mark(std::string_view line) {
  ItemMark mark;
  mark.indent = indent_of(line);
  line.remove_prefix(mark.indent);
  for (const std::string_view bullet : {"* ", "- ", "• "}) {
    if (!line.starts_with(bullet)) continue;
    mark.width = mark.indent + bullet.size();
    return mark;
  }
  const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  if (digits == 0 || digits > 6 || !line.substr(digits).starts_with(". ")) return std::nullopt;
  mark.numbered = true;
  mark.number = std::stoi(std::string(line.substr(0, digits)));
  mark.width = mark.indent + digits + 2;
  return mark;
}

bool is_rule_line(std::string_view line) {
  return line.size() >= 3 && line.find_first_not_of('-') == line.npos;
}

std::size_t fence_length(std::string_view line) {
  const std::size_t run = std::min(line.find_first_not_of('`'), line.size());
  return run >= 3 ? run : 0;
}

bool begins_block(std::string_view line) {
  return line.starts_with('>') || fence_length(line) > 0 || is_rule_line(line) || item_mark(line);
}

class PlainReader {
 public:
  Document read(std::string_view text) {
    blocks(lines_of(text), 0);
    return std::move(builder_).take();
  }

 private:
  using Lines = std::vector<std::string_view>;

  void blocks(const Lines& lines, std::size_t depth) {
    const bool deep = depth + 2 >= kBlockDepthMost;
    for (std::size_t at = 0; at < lines.size();) {
      if (is_blank_line(lines[at])) {
        builder_.paragraph_ends();
        ++at;
      } else if (lines[at].starts_with('>') && !deep) {
        at = quote(lines, at, depth);
      } else if (fence_length(lines[at]) > 0) {
        at = code(lines, at);
      } else if (is_rule_line(lines[at])) {
        builder_.add(Block{Shape::rule, 0, false, {}, {}, {}, {}});
        ++at;
      } else if (item_mark(lines[at]) && !deep) {
        at = list(lines, at, depth);
      } else {
        line(lines[at++]);
      }
    }
    builder_.paragraph_ends();
  }

  std::size_t quote(const Lines& lines, std::size_t at, std::size_t depth) {
    Lines inner;
    for (; at < lines.size() && lines[at].starts_with('>'); ++at) {
      std::string_view rest = lines[at].substr(1);
      if (rest.starts_with(' ')) rest.remove_prefix(1);
      inner.push_back(rest);
    }
    builder_.begin(Block{Shape::quote, 0, false, {}, {}, {}, {}});
    blocks(inner, depth + 1);
    builder_.end();
    return at;
  }

  std::size_t code(const Lines& lines, std::size_t at) {
    Block block{Shape::code, 0, false, {}, {}, {}, {}};
    const std::size_t fence = fence_length(lines[at]);
    const std::string_view language = lines[at].substr(fence);
    if (language.find_first_of(" `") == language.npos) block.language = language;
    for (++at; at < lines.size(); ++at) {
      const bool closes = fence_length(lines[at]) >= fence &&
                          lines[at].find_first_not_of('`') == std::string_view::npos;
      if (closes) break;
      block.text += without_joiners(lines[at]) + "\n";
    }
    builder_.add(std::move(block));
    return std::min(at + 1, lines.size());
  }

  std::size_t list(const Lines& lines, std::size_t at, std::size_t depth) {
    const ItemMark first = *item_mark(lines[at]);
    builder_.begin(Block{Shape::list, first.number, first.numbered, {}, {}, {}, {}});
    while (at < lines.size()) {
      const auto mark = item_mark(lines[at]);
      if (!mark || mark->indent != first.indent || mark->numbered != first.numbered) break;
      Lines inner{lines[at].substr(mark->width)};
      for (++at; belongs(lines, at, first.indent + 2); ++at)
        inner.push_back(lines[at].substr(std::min(indent_of(lines[at]), mark->width)));
      builder_.begin(Block{Shape::item, 0, false, {}, {}, {}, {}});
      blocks(inner, depth + 2);
      builder_.end();
    }
    builder_.end();
    return at;
  }

  // Lines below an item's that are indented, and one blank line before such.
  static bool belongs(const Lines& lines, std::size_t at, std::size_t indent) {
    if (at >= lines.size()) return false;
    if (!is_blank_line(lines[at])) return indent_of(lines[at]) >= indent;
    return at + 1 < lines.size() && !is_blank_line(lines[at + 1]) &&
           indent_of(lines[at + 1]) >= indent;
  }

  void line(std::string_view text) {
    if (builder_.in_words()) builder_.add(Inline{InlineKind::line_break, {}, {}, {}});
    std::string words;
    bool after_blank = true;  // such a blank would be lost
    for (std::size_t at = 0; at < text.size();) {
      const bool in_word = at > 0 && is_word_byte(text[at - 1]);
      const std::size_t address = text[at] == 'h' && !in_word ? address_at(text.substr(at)) : 0;
      if (address > 0) {
        builder_.text(without_joiners(words));
        words.clear();
        link(text.substr(at, address));
        at += address;
        after_blank = false;
        continue;
      }
      const bool blank = text[at] == ' ' || text[at] == '\t';
      if (blank && after_blank)
        words += kFixedBlank;
      else
        words += blank ? ' ' : text[at];
      after_blank = blank;
      ++at;
    }
    builder_.text(without_joiners(words));
  }

  void link(std::string_view address) {
    builder_.phrase(Inline{InlineKind::link, {}, std::string(address), {}});
    builder_.text(address);
    builder_.end_phrase();
  }

  DocumentBuilder builder_;
};

std::string plain_words(const Words& words) {
  std::string out;
  for (const Inline& one : words) {
    const std::string text =
        one.kind == InlineKind::line_break ? "\n" : one.text + plain_words(one.parts);
    out += text;
    const bool leads = one.kind == InlineKind::link && !same_address(text, one.target);
    if (leads) out += " <" + one.target + ">";
  }
  return out;
}

// What only looks like a quotation or an item is told from one.
std::string guarded(std::string_view words) {
  std::string out;
  while (true) {
    const std::size_t end = words.find('\n');
    std::string line;
    for (std::string_view rest = words.substr(0, end); !rest.empty();) {
      const bool fixed = rest.starts_with(kFixedBlank);
      line += fixed ? ' ' : rest.front();
      rest.remove_prefix(fixed ? kFixedBlank.size() : 1);
    }
    const std::size_t indent = indent_of(line);
    if (begins_block(std::string_view(line).substr(indent))) line.insert(indent, kJoiner);
    out += line;
    if (end == words.npos) return out;
    out += '\n';
    words.remove_prefix(end + 1);
  }
}

std::string plain_blocks(const std::vector<Block>& blocks, bool in_item);

std::string plain_list(const Block& list) {
  std::string out;
  int number = list.level;
  for (const Block& item : list.blocks) {
    const std::string mark = list.marked ? std::to_string(number++) + ". " : "* ";
    if (!out.empty()) out += '\n';
    out += with_margin(plain_blocks(item.blocks, true), mark, std::string(mark.size(), ' '));
  }
  return out;
}

std::string plain_row(const Block& row) {
  std::string out;
  for (const Block& cell : row.blocks) {
    if (&cell != &row.blocks.front()) out += " | ";
    std::string words = plain_words(cell.words);
    std::replace(words.begin(), words.end(), '\n', ' ');
    out += words;
  }
  return guarded(out);
}

std::string plain_block(const Block& block) {
  std::string out;
  switch (block.shape) {
    case Shape::list:
      return plain_list(block);
    case Shape::quote:
      return with_margin(plain_blocks(block.blocks, false), "> ", "> ");
    case Shape::code: {
      const std::string fence = fence_around(block.text, '`', 3);
      return fence + block.language + "\n" + block.text + "\n" + fence;
    }
    case Shape::rule:
      return "---";
    case Shape::table:
      for (const Block& row : block.blocks) out += (out.empty() ? "" : "\n") + plain_row(row);
      return out;
    default:
      return guarded(plain_words(block.words));
  }
}

std::string plain_blocks(const std::vector<Block>& blocks, bool in_item) {
  std::string out;
  const Block* before = nullptr;
  for (const Block& block : blocks) {
    const bool below =
        in_item && before && before->shape == Shape::paragraph && block.shape == Shape::list;
    if (before) out += below ? "\n" : "\n\n";
    out += plain_block(block);
    before = &block;
  }
  return out;
}

}  // namespace

Document document_from_plain(std::string_view text) {
  return PlainReader().read(with_unix_ends(text));
}

std::string plain_text(const Document& document) {
  return plain_blocks(sayable(document, shows_no_picture), false);
}

}  // namespace saksbro::codec
