#include "bridge/codec/markup/line_markup.h"

#include <algorithm>
#include <utility>

#include "bridge/codec/markup/words.h"

namespace saksbro::codec {
namespace {

constexpr std::size_t kListsDeepMost = 9;

// A phrase begins behind a blank or a sign and before a word, and ends the other way round.
bool may_begin(std::string_view text, std::size_t at) {
  const bool behind_word = at > 0 && is_letter_byte(text[at - 1]);
  const char after = at + 1 < text.size() ? text[at + 1] : ' ';
  return !behind_word && !is_one_of(after, " \t\n") && after != text[at];
}

bool may_end(std::string_view text, std::size_t at) {
  const bool before_word = at + 1 < text.size() && is_letter_byte(text[at + 1]);
  return at > 0 && !before_word && !is_one_of(text[at - 1], " \t\n") && text[at - 1] != text[at];
}

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

  // Pairs of signs, none of which cross: an open one within a pair that closes is a sign only.
  void find_phrases() {
    begins_.assign(text_.size(), 0);
    std::vector<std::pair<std::size_t, const PhraseSign*>> open;
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
      const auto same = std::find_if(open.rbegin(), open.rend(), [&](const auto& one) {
        return one.second->sign == text_[at];
      });
      if (same != open.rend() && may_end(text_, at)) {
        begins_[same->first] = 1;
        begins_[at] = 2;
        open.erase(same.base() - 1, open.end());
      } else if (may_begin(text_, at) && same == open.rend()) {
        open.emplace_back(at, &*sign);
      } else if (may_begin(text_, at)) {
        same->first = at;
        open.erase(same.base(), open.end());
      }
    }
  }

  void sign(std::size_t at) {
    if (begins_[at] == 0) {
      words_ += text_[at];
      return;
    }
    flush();
    if (begins_[at] == 2) return builder_.end_phrase();
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
  std::vector<char> begins_;  // 1: a phrase begins there, 2: it ends
  std::string words_;
};

}  // namespace

void read_words(std::string_view text, const LineDialect& dialect, DocumentBuilder& builder) {
  WordsReader(text, dialect, builder).read();
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
