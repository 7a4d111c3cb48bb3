// Textile as Redmine means it (RedCloth 3 with its own rules), read.
#include <algorithm>
#include <array>
#include <utility>

#include "bridge/codec/fit.h"
#include "bridge/codec/markup/dialects.h"
#include "bridge/codec/markup/line_markup.h"
#include "bridge/codec/markup/preformatted.h"
#include "bridge/codec/markup/words.h"

namespace saksbro::codec {
namespace {

class TextileSigns final : public LineDialect {
 public:
  [[nodiscard]] const std::vector<PhraseSign>& signs() const override {
    static const std::vector<PhraseSign> kSigns{{'*', InlineKind::strong},
                                                {'_', InlineKind::emphasis},
                                                {'-', InlineKind::struck},
                                                {'+', InlineKind::emphasis}};
    return kSigns;
  }
  [[nodiscard]] bool doubles_signs() const override { return true; }

  [[nodiscard]] bool may_begin(std::string_view text, std::size_t at,
                               std::size_t width) const override {
    const char before = at > 0 ? text[at - 1] : ' ';
    const char after = at + width < text.size() ? text[at + width] : ' ';
    const bool doubled = width == 2 && text[at] != '*' && text[at] != '_';
    return is_one_of(before, " \t\n(>*_-+") && !doubled && !is_one_of(after, " \t\n") &&
           after != text[at];
  }

  [[nodiscard]] bool may_end(std::string_view text, std::size_t at,
                             std::size_t width) const override {
    const char after = at + width < text.size() ? text[at + width] : ' ';
    return at > 0 && !is_one_of(text[at - 1], " \t\n") && text[at - 1] != text[at] &&
           !is_letter_byte(after);
  }

  [[nodiscard]] Met met(std::string_view text, std::size_t at) const override {
    switch (text[at]) {
      case '&':
        return entity_at(text.substr(at));
      case '@':
        return code(text, at);
      case '<':
        return tag(text.substr(at));
      case '"':
        return link(text, at);
      case '!':
        return image(text, at);
      case 'h':
        return address(text, at);
      default:
        return {};
    }
  }

 private:
  // "@code@", "@|ruby|code@"
  static Met code(std::string_view text, std::size_t at) {
    if (at > 0 && is_ascii_word(text[at - 1])) return {};
    std::string_view inner = framed_at(text, at, '@');
    const std::size_t end = at + inner.size() + 2;
    if (inner.empty() || (end < text.size() && is_ascii_word(text[end]))) return {};
    if (const auto bar = inner.find('|', 1); inner.front() == '|' && bar + 1 < inner.size())
      inner.remove_prefix(bar + 1);
    return meant(end - at, InlineKind::code, with_entities_read(inner));
  }

  // <code> and <kbd>; what is between others' tags is text, as are these.
  static Met tag(std::string_view rest) {
    for (const std::string_view name : {"code", "kbd"}) {
      const std::string_view behind = rest.substr(1, 200);
      const std::size_t end = behind.find('>');
      const bool opens = behind.starts_with(name) && end != behind.npos &&
                         (end == name.size() || behind[name.size()] == ' ');
      if (!opens) continue;
      const std::string close = "</" + std::string(name) + ">";
      const std::size_t begin = end + 2;
      const std::size_t length = rest.substr(begin, 2'000).find(close);
      if (length == rest.npos) return {};
      const std::string words = without_joiners(rest.substr(begin, length));
      return meant(begin + length + close.size(), InlineKind::code, words);
    }
    return {};
  }

  // "words":https://...
  static Met link(std::string_view text, std::size_t at) {
    const std::string_view words = framed_at(text, at, '"');
    const std::size_t begin = at + words.size() + 3;
    if (words.empty() || begin >= text.size() || text[begin - 1] != ':') return {};
    const std::string target = url(text.substr(begin));
    if (target.empty()) return {};
    const bool bare = target.starts_with("www.");
    return meant(begin - at + target.size(), InlineKind::link, words,
                 bare ? "http://" + target : target);
  }

  // To the next blank, without the signs of the sentence around it.
  static std::string url(std::string_view rest) {
    constexpr std::array<std::string_view, 7> kSchemes{"/",       "http://", "https://", "ftp://",
                                                       "mailto:", "www.",    "tel:"};
    const auto begins = [&](std::string_view scheme) { return rest.starts_with(scheme); };
    if (std::none_of(kSchemes.begin(), kSchemes.end(), begins)) return "";
    std::string_view url = rest.substr(0, std::min(rest.find_first_of(" \t\n<"), rest.size()));
    const auto ends = [](char c) {
      return (c & '\x80') == 0 && !is_ascii_word(c) && !is_one_of(c, "=/;()-");
    };
    while (!url.empty() && (ends(url.back()) || url.ends_with(kJoiner)))
      url.remove_suffix(ends(url.back()) ? 1 : kJoiner.size());
    if (url.ends_with(')') &&
        std::count(url.begin(), url.end(), '(') < std::count(url.begin(), url.end(), ')'))
      url.remove_suffix(1);
    return url.size() > 1 && url.size() < 2'000 ? std::string(url) : "";
  }

  // "!bilde.png(Skjermen)!:https://..."
  static Met image(std::string_view text, std::size_t at) {
    if (at > 0 && !is_one_of(text[at - 1], " \t\n>")) return {};
    std::string_view inner = framed_at(text, at, '!');
    if (inner.empty() || inner.find(' ') < inner.find('(')) return {};
    std::size_t length = inner.size() + 2;
    if (is_one_of(inner.front(), "<>=")) inner.remove_prefix(1);
    const std::size_t open = std::min(inner.find('('), inner.size());
    const std::string_view name = inner.substr(0, open);
    const bool file = names_a_file(name) && name.find('.') != name.npos;
    const bool titled = open == inner.size() || inner.ends_with(')');
    if ((!file && web_address(name).empty()) || !titled) return {};
    std::string_view title = inner.substr(std::min(open + 1, inner.size()));
    if (!title.empty()) title.remove_suffix(1);
    const std::string shown = with_entities_read(title);
    const bool leads = at + length < text.size() && text[at + length] == ':';
    const std::string target = leads ? url(text.substr(at + length + 1)) : "";
    if (target.empty()) return meant(length, InlineKind::image, shown, name);
    length += 1 + target.size();
    return meant(length, InlineKind::link, shown.empty() ? name : shown, target);
  }

  static Met address(std::string_view text, std::size_t at) {
    if (at > 0 && is_word_byte(text[at - 1])) return {};
    const std::size_t length = address_at(text.substr(at));
    const std::string_view address = text.substr(at, length);
    return length == 0 ? Met{} : meant(length, InlineKind::link, address, address);
  }
};

using Lines = std::vector<std::string_view>;

// "h2. ", "bq(class). ", "p=. ": how much of the line that is.
std::size_t prefix_length(std::string_view line, std::string_view name) {
  if (!line.starts_with(name)) return 0;
  const std::size_t dot = line.substr(0, 60).find(". ");
  if (dot == line.npos || dot < name.size()) return 0;
  const std::string_view attributes = line.substr(name.size(), dot - name.size());
  const bool plain = attributes.empty() || is_one_of(attributes.front(), "({[<>=");
  return plain ? dot + 2 : 0;
}

bool is_textile_rule(std::string_view line) {
  std::string signs;
  for (const char c : line) {
    if (c != ' ') signs += c;
  }
  return signs.size() >= 3 && is_one_of(signs[0], "*-_") &&
         signs.find_first_not_of(signs[0]) == signs.npos && line.find("  ") == line.npos;
}

// "_. Sum", "\2=. Sum": the cell without what says how it is shown. `head`: it is one.
std::string_view bare_cell(std::string_view cell, bool& head) {
  const std::size_t dot = cell.substr(0, 40).find('.');
  const std::string_view told = cell.substr(0, dot);
  const bool signs = told.find_first_not_of("_\\/<>=^~-0123456789") == told.npos;
  const bool named = told.ends_with(')') || told.ends_with('}');
  const bool plain =
      dot == cell.npos || told.empty() || !is_one_of(told[0], "_\\/<>=^~-({") || (!signs && !named);
  head = head && !plain && told[0] == '_';
  return plain ? cell : cell.substr(dot + 1);
}

// Between bars; one in "[[Page|words]]" or in code is none.
Lines textile_cells(std::string_view line) {
  constexpr std::string_view kCodeEnd = "</code>";
  const std::size_t last_code = line.rfind(kCodeEnd);
  Lines cells;
  bool page = false;
  std::size_t begin = 1;
  for (std::size_t at = 1; at < line.size(); ++at) {
    if (line.substr(at).starts_with("[[")) page = true;
    if (line.substr(at).starts_with("]]")) page = false;
    if (line.substr(at).starts_with("<code>") && last_code != line.npos && at < last_code)
      at = line.find(kCodeEnd, at);
    if (line[at] != '|' || page) continue;
    cells.push_back(line.substr(begin, at - begin));
    begin = at + 1;
  }
  return cells;
}

class TextileReader {
 public:
  explicit TextileReader(std::string_view text) : text_(text) {}

  Document read() {
    Lines lines = lines_of(text_.text());
    blocks(lines, 0);
    return std::move(blocks_).take();
  }

 private:
  void blocks(const Lines& lines, std::size_t depth) {
    for (std::size_t at = 0; at < lines.size();) at = block(lines, at, depth);
  }

  std::size_t block(const Lines& lines, std::size_t at, std::size_t depth) {
    const std::string_view line = lines[at];
    if (line.find_first_not_of(" \t") == line.npos) {
      blocks_.end_all();
    } else if (const auto code = text_.block_at(line)) {
      blocks_.add(*code);
    } else if (line.starts_with('>') && depth < kBlockDepthMost) {
      return quote(lines, at, depth);
    } else if (is_textile_rule(line)) {
      blocks_.end_all();
      blocks_.add(Block{Shape::rule, 0, false, {}, {}, {}, {}});
    } else if (const std::size_t signs = item_signs(line, "*#"); signs > 0) {
      blocks_.item(line.substr(0, signs), line.substr(signs + 1));
    } else if (const std::size_t rows = row(lines, at); rows > 0) {
      return at + rows;
    } else if (const std::size_t count = blocks_.within() ? 0 : prefixed(lines, at); count > 0) {
      return at + count;
    } else {
      blocks_.line(line);
    }
    return at + 1;
  }

  std::size_t quote(const Lines& lines, std::size_t at, std::size_t depth) {
    Lines inner;
    for (; at < lines.size() && lines[at].starts_with('>'); ++at) {
      std::string_view rest = lines[at].substr(1);
      if (rest.starts_with(' ')) rest.remove_prefix(1);
      inner.push_back(rest);
    }
    blocks_.begin(Block{Shape::quote, 0, false, {}, {}, {}, {}});
    blocks(inner, depth + 1);
    blocks_.end();
    return at;
  }

  // "h1. ", "bq. ", "p. ": to the next blank line.
  std::size_t prefixed(const Lines& lines, std::size_t at) {
    static constexpr std::array<std::string_view, 8> kNames{"h1", "h2", "h3", "h4",
                                                            "h5", "h6", "bq", "p"};
    for (const std::string_view name : kNames) {
      const std::size_t prefix = prefix_length(lines[at], name);
      if (prefix == 0) continue;
      std::string words(lines[at].substr(prefix));
      std::size_t end = at + 1;
      for (; end < lines.size() && !lines[end].empty() && !text_.block_at(lines[end]); ++end)
        words.append("\n").append(lines[end]);
      if (name[0] == 'h') {
        blocks_.leaf(Shape::heading, name[1] - '0', words);
      } else if (name == "p") {
        blocks_.leaf(Shape::paragraph, 0, words);
      } else {
        blocks_.begin(Block{Shape::quote, 0, false, {}, {}, {}, {}});
        blocks_.line(words);
        blocks_.end();
      }
      return end - at;
    }
    return 0;
  }

  // How many lines the row has: it ends with the line that ends with a bar.
  std::size_t row(const Lines& lines, std::size_t at) {
    constexpr std::size_t kLinesMost = 20;
    if (!lines[at].starts_with('|')) return 0;
    std::string whole;
    for (std::size_t end = at; end < lines.size() && end < at + kLinesMost; ++end) {
      std::string_view line = lines[end];
      line = line.substr(0, line.find_last_not_of(" \t") + 1);
      if (line.empty()) return 0;
      whole.append(end == at ? "" : "\n").append(line);
      if (!line.ends_with('|') || whole.size() < 2) continue;
      Lines cells = textile_cells(whole);
      bool head = true;
      for (std::string_view& cell : cells) {
        bool marked = true;
        cell = bare_cell(cell, marked);
        head = head && marked;
      }
      blocks_.row(cells, head);
      return end + 1 - at;
    }
    return 0;
  }

  WithoutPreformatted text_;
  TextileSigns signs_;
  LineBlocks blocks_{signs_};
};

}  // namespace

Document document_from_textile(std::string_view text) {
  return TextileReader(with_unix_ends(clean_text(text))).read();
}

}  // namespace saksbro::codec
