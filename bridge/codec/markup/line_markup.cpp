#include "bridge/codec/markup/line_markup.h"

#include <algorithm>
#include <utility>

#include "bridge/codec/markup/dialects.h"
#include "bridge/codec/markup/words.h"

namespace saksbro::codec {
namespace {

constexpr std::size_t kListsDeepMost = 9;

constexpr std::size_t kFrameMost = 2'000;

class WordsReader {
 public:
  WordsReader(std::string_view text, const LineDialect& dialect, DocumentBuilder& builder)
      : text_(text), dialect_(dialect), builder_(builder) {}

  void read() {
    find_what_stands_there();
    find_phrases();
    for (std::size_t at = 0; at < text_.size();) {
      if (met_at_ < met_.size() && met_[met_at_].first == at) {
        at += say(met_[met_at_++].second);
        continue;
      }
      sign(at);
      ++at;
    }
    flush();
  }

 private:
  // First what is no phrase: a sign in code or in an address ends none.
  void find_what_stands_there() {
    for (std::size_t at = 0; at < text_.size();) {
      Met met = dialect_.met(text_, at);
      if (met.length == 0) {
        ++at;
        continue;
      }
      const std::size_t length = met.length;
      met_.emplace_back(at, std::move(met));
      at += length;
    }
  }

  struct Opened {
    std::size_t at;
    std::size_t width;
  };

  [[nodiscard]] std::size_t width_at(std::size_t at) const {
    const bool doubled = at + 1 < text_.size() && text_[at + 1] == text_[at];
    return doubled && dialect_.doubles_signs() ? 2 : 1;
  }

  void note(std::size_t at, std::size_t width, char what) {
    begins_[at] = what;
    if (width == 2) begins_[at + 1] = kBeside;
  }

  // Pairs of signs, none of which cross: an open one within a pair that closes is a sign only.
  void find_phrases() {
    begins_.assign(text_.size(), 0);
    std::vector<Opened> open;
    std::size_t next = 0;
    for (std::size_t at = 0; at < text_.size(); ++at) {
      if (next < met_.size() && met_[next].first == at) {
        at += met_[next++].second.length - 1;
        continue;
      }
      const auto& signs = dialect_.signs();
      if (text_[at] == '\n') open.clear();
      const auto sign = std::find_if(signs.begin(), signs.end(),
                                     [&](const PhraseSign& one) { return one.sign == text_[at]; });
      if (sign == signs.end()) continue;
      const std::size_t width = width_at(at);
      const auto same = std::find_if(open.rbegin(), open.rend(), [&](const Opened& one) {
        return text_[one.at] == text_[at] && one.width == width;
      });
      if (same != open.rend() && dialect_.may_end(text_, at, width)) {
        note(same->at, width, kBegins);
        note(at, width, kEnds);
        open.erase(same.base() - 1, open.end());
      } else if (dialect_.may_begin(text_, at, width) && same == open.rend()) {
        open.push_back({at, width});
      } else if (dialect_.may_begin(text_, at, width)) {
        same->at = at;
        open.erase(same.base(), open.end());
      }
      at += width - 1;
    }
  }

  void sign(std::size_t at) {
    if (begins_[at] == kBeside) return;
    if (begins_[at] == 0) {
      words_ += text_[at];
      return;
    }
    flush();
    if (begins_[at] == kEnds) return builder_.end_phrase();
    for (const PhraseSign& one : dialect_.signs()) {
      if (one.sign == text_[at]) builder_.phrase(Inline{one.phrase, {}, {}, {}});
    }
  }

  std::size_t say(const Met& met) {
    if (!met.one) return met.length;
    if (met.one->kind == InlineKind::text) {
      words_ += met.one->text;
      return met.length;
    }
    flush();
    if (met.one->kind != InlineKind::link) {
      builder_.add(*met.one);
      return met.length;
    }
    builder_.phrase(Inline{InlineKind::link, {}, met.one->target, {}});
    if (met.one->text == met.one->target)
      builder_.text(met.one->text);
    else
      WordsReader(met.one->text, dialect_, builder_).read();
    builder_.end_phrase();
    return met.length;
  }

  void flush() { builder_.text(without_joiners(std::exchange(words_, {}))); }

  std::string_view text_;
  const LineDialect& dialect_;
  DocumentBuilder& builder_;
  std::vector<std::pair<std::size_t, Met>> met_;
  std::size_t met_at_ = 0;
  static constexpr char kBegins = 1;  // a phrase
  static constexpr char kEnds = 2;
  static constexpr char kBeside = 3;  // the other one of a doubled sign
  std::vector<char> begins_;
  std::string words_;
};

void add_list_lines(std::string& out, const Block& list, const std::string& above,
                    const LineWriter& line) {
  const std::string signs = above + (list.marked ? '#' : '*');
  for (const Block& item : list.blocks) {
    std::size_t lists = item.blocks.size();
    while (lists > 0 && stays_list(item.blocks[lists - 1])) --lists;
    Words words;
    for (std::size_t i = 0; i < lists; ++i) {
      if (i > 0) words.push_back({InlineKind::line_break, {}, {}, {}});
      const Words lines = as_lines(item.blocks[i]);
      words.insert(words.end(), lines.begin(), lines.end());
    }
    if (!out.empty()) out += '\n';
    out += signs + " " + line(words);
    for (std::size_t i = lists; i < item.blocks.size(); ++i)
      add_list_lines(out, item.blocks[i], signs, line);
  }
}

}  // namespace

void read_words(std::string_view text, const LineDialect& dialect, DocumentBuilder& builder) {
  WordsReader(text, dialect, builder).read();
}

bool LineDialect::may_begin(std::string_view text, std::size_t at, std::size_t width) const {
  const bool behind_word = at > 0 && is_letter_byte(text[at - 1]);
  const char after = at + width < text.size() ? text[at + width] : ' ';
  return !behind_word && !is_one_of(after, " \t\n") && after != text[at];
}

bool LineDialect::may_end(std::string_view text, std::size_t at, std::size_t width) const {
  const bool before_word = at + width < text.size() && is_letter_byte(text[at + width]);
  return at > 0 && !before_word && !is_one_of(text[at - 1], " \t\n") && text[at - 1] != text[at];
}

Met meant(std::size_t length, InlineKind kind, std::string_view text, std::string_view target) {
  return {length, Inline{kind, std::string(text), std::string(target), {}}};
}

Met entity_at(std::string_view rest) {
  const std::size_t end = rest.substr(0, 12).find(';');
  if (!rest.starts_with('&') || end == rest.npos) return {};
  const std::string whole(rest.substr(0, end + 1));
  const std::string said = spoken_text(document_from_html(whole));
  return said.empty() || said == whole ? Met{} : meant(whole.size(), InlineKind::text, said);
}

std::string with_entities_read(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const Met one = text[i] == '&' ? entity_at(text.substr(i)) : Met{};
    out += one.length > 0 ? one.one->text : std::string(1, text[i]);
    if (one.length > 0) i += one.length - 1;
  }
  return without_joiners(out);
}

std::string_view framed_at(std::string_view text, std::size_t at, char close) {
  const std::string_view rest = text.substr(at + 1, kFrameMost);
  const std::size_t end = rest.find_first_of(std::string{close, '\n'});
  return end == rest.npos || rest[end] != close ? std::string_view{} : rest.substr(0, end);
}

bool is_letter_byte(char c) { return c != '_' && is_word_byte(c); }

std::size_t item_signs(std::string_view line, std::string_view bullets) {
  const std::size_t signs = line.find_first_not_of(bullets);
  return signs != line.npos && signs > 0 && line[signs] == ' ' ? signs : 0;
}

void ListLevels::item(std::string_view signs) {
  signs = signs.substr(0, kListsDeepMost);
  std::size_t same = 0;
  while (same < signs.size() && same < levels_.size() && signs[same] == levels_[same]) ++same;
  while (levels_.size() > same) leave();
  if (same == signs.size()) builder_.end();  // of the item before
  for (; same < signs.size(); ++same) {
    const bool numbered = signs[same] == '#';
    builder_.begin(Block{Shape::list, numbered ? 1 : 0, numbered, {}, {}, {}, {}});
    levels_ += signs[same];
    if (same + 1 < signs.size()) builder_.begin(Block{Shape::item, 0, false, {}, {}, {}, {}});
  }
  builder_.begin(Block{Shape::item, 0, false, {}, {}, {}, {}});
}

void ListLevels::end() {
  while (!levels_.empty()) leave();
}

void ListLevels::leave() {
  builder_.end();
  builder_.end();
  levels_.pop_back();
}

void LineBlocks::line(std::string_view words) {
  if (!words_.empty()) words_ += '\n';
  end_table();
  words_ += words;
}

void LineBlocks::item(std::string_view signs, std::string_view words) {
  flush();
  end_table();
  levels_.item(signs);
  words_ = words;
}

void LineBlocks::row(const std::vector<std::string_view>& cells, bool head) {
  flush();
  levels_.end();
  if (!in_table_) builder_.begin(Block{Shape::table, 0, false, {}, {}, {}, {}});
  in_table_ = true;
  builder_.begin(Block{Shape::row, 0, head, {}, {}, {}, {}});
  for (const std::string_view cell : cells) {
    builder_.begin(Block{Shape::cell, 0, false, {}, {}, {}, {}});
    read_words(cell, dialect_, builder_);
    builder_.end();
  }
  builder_.end();
}

void LineBlocks::leaf(Shape shape, int level, std::string_view words) {
  end_all();
  builder_.begin(Block{shape, level, false, {}, {}, {}, {}});
  read_words(words, dialect_, builder_);
  builder_.end();
}

void LineBlocks::add(Block block) {
  flush();
  end_table();
  builder_.add(std::move(block));
}

void LineBlocks::begin(Block block) {
  end_all();
  builder_.begin(std::move(block));
}

void LineBlocks::end() {
  end_all();
  builder_.end();
}

void LineBlocks::end_all() {
  flush();
  levels_.end();
  end_table();
  builder_.paragraph_ends();
}

Document LineBlocks::take() && {
  end_all();
  return std::move(builder_).take();
}

void LineBlocks::flush() {
  if (!words_.empty()) read_words(words_, dialect_, builder_);
  words_.clear();
  if (!levels_.open()) builder_.paragraph_ends();
}

void LineBlocks::end_table() {
  if (in_table_) builder_.end();
  in_table_ = false;
}

bool stays_list(const Block& block) {
  return block.shape == Shape::list && (!block.marked || block.level == 1);
}

std::string list_lines(const Block& list, const LineWriter& line) {
  std::string out;
  add_list_lines(out, list, "", line);
  return out;
}

Words as_lines(const Block& block) {
  const auto add_line = [](Words& out, std::string_view before, const Words& line) {
    if (!out.empty()) out.push_back({InlineKind::line_break, {}, {}, {}});
    if (!before.empty()) out.push_back({InlineKind::text, std::string(before), {}, {}});
    out.insert(out.end(), line.begin(), line.end());
  };
  Words out = block.words;
  if (block.shape == Shape::heading) out = {{InlineKind::strong, {}, {}, block.words}};
  if (block.shape == Shape::rule) out = {{InlineKind::text, "---", {}, {}}};
  for (const std::string_view line : lines_of(block.text))
    add_line(out, "",
             line.empty() ? Words{} : Words{{InlineKind::code, std::string(line), {}, {}}});
  int number = block.level;
  for (const Block& inner : block.blocks) {
    std::string before;
    if (block.shape == Shape::quote) before = "> ";
    if (block.shape == Shape::list) before = block.marked ? std::to_string(number++) + ". " : "* ";
    if (block.shape == Shape::row && &inner != &block.blocks.front()) {
      out.push_back({InlineKind::text, " | ", {}, {}});
      out.insert(out.end(), inner.words.begin(), inner.words.end());
    } else {
      add_line(out, before, as_lines(inner));
    }
  }
  return out;
}

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  bool linked = false;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '\\') {
      ++at;
    } else if (line[at] == '[') {
      linked = true;
    } else if (line[at] == ']') {
      linked = false;
    } else if (line[at] == '|' && !linked) {
      if (at > 0) cells.push_back(line.substr(begin, at - begin));
      begin = at + 1;
    }
  }
  if (begin < line.size()) cells.push_back(line.substr(begin));
  return cells;
}

}  // namespace saksbro::codec
