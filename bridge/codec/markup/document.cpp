#include "bridge/codec/markup/document.h"

#include <algorithm>
#include <set>
#include <utility>

namespace saksbro::codec {
namespace {

bool has_parts(InlineKind kind) {
  return kind == InlineKind::emphasis || kind == InlineKind::strong || kind == InlineKind::struck ||
         kind == InlineKind::link;
}

bool is_gap(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Writes words anew, one after another: what belongs together grows together.
class Tidier {
 public:
  Words tidied(Words words) {
    Words out;
    add_all(out, std::move(words));
    trim_end(out);
    return out;
  }

 private:
  void add_all(Words& out, Words words) {
    for (Inline& one : words) add(out, std::move(one));
  }

  void add(Words& out, Inline one) {
    if (one.kind == InlineKind::text) return add_text(out, one.text);
    if (one.kind == InlineKind::line_break) return add_break(out);
    if (has_parts(one.kind)) return add_phrase(out, std::move(one));
    if (one.kind == InlineKind::code) std::replace(one.text.begin(), one.text.end(), '\n', ' ');
    if (one.text.empty() && one.target.empty()) return;
    if (one.kind == InlineKind::mention && one.text.empty()) one.text = one.target;
    pay(out);
    one.parts.clear();
    out.push_back(std::move(one));
    at_start_ = false;
  }

  void add_text(Words& out, std::string_view text) {
    while (!text.empty()) {
      std::size_t end = 0;
      while (end < text.size() && !is_gap(text[end])) ++end;
      if (end > 0) {
        pay(out);
        append(out, text.substr(0, end));
        at_start_ = false;
      }
      const std::size_t next = std::min(end, text.size());
      if (next < text.size()) {
        if (text[next] == '\n')
          add_break(out);
        else
          owed_ = !at_start_;
      }
      text.remove_prefix(std::min(next + 1, text.size()));
    }
  }

  // Breaks at the beginning say nothing; those at the end are taken off by tidied().
  void add_break(Words& out) {
    owed_ = false;
    if (!begun_) return;
    out.push_back({InlineKind::line_break, {}, {}, {}});
    at_start_ = true;
  }

  // The blanks at its ends are put outside.
  void add_phrase(Words& out, Inline one) {
    // Every dialect leads from an address of mail to it.
    const bool mail =
        one.kind == InlineKind::link && one.target == "mailto:" + spoken_text(one.parts);
    const bool known = mail || !within_.insert(one.kind).second;
    if (known) return add_all(out, std::move(one.parts));
    const bool before = owed_;
    Words parts;
    owed_ = false;
    const bool start = at_start_;
    at_start_ = start || before;
    Words given = std::move(one.parts);
    if (one.kind == InlineKind::link && spoken_text(given).empty())
      given = {{InlineKind::text, one.target, {}, {}}};
    add_all(parts, std::move(given));
    within_.erase(one.kind);
    if (parts.empty()) {
      owed_ = before || owed_;
      at_start_ = start;
      return;
    }
    finish(out, std::move(one), std::move(parts), before && !start);
  }

  // Breaks at a phrase's ends stand beside it.
  void finish(Words& out, Inline one, Words parts, bool blank_before) {
    std::size_t leading = 0;
    while (leading < parts.size() && parts[leading].kind == InlineKind::line_break) ++leading;
    std::size_t trailing = parts.size();
    while (trailing > leading && parts[trailing - 1].kind == InlineKind::line_break) --trailing;
    if (blank_before && leading == 0) append(out, " ");
    out.insert(out.end(), parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(leading));
    if (trailing > leading) {
      one.text.clear();
      one.parts.assign(parts.begin() + static_cast<std::ptrdiff_t>(leading),
                       parts.begin() + static_cast<std::ptrdiff_t>(trailing));
      const bool joins = !out.empty() && out.back().kind == one.kind &&
                         out.back().target == one.target && one.kind != InlineKind::link;
      if (joins)
        join(out.back().parts, std::move(one.parts));
      else
        out.push_back(std::move(one));
    }
    out.insert(out.end(), parts.begin() + static_cast<std::ptrdiff_t>(trailing), parts.end());
  }

  static void join(Words& out, Words more) {
    for (Inline& one : more) {
      const bool same = !out.empty() && has_parts(one.kind) && one.kind != InlineKind::link &&
                        out.back().kind == one.kind;
      if (one.kind == InlineKind::text) {
        append(out, one.text);
      } else if (same) {
        join(out.back().parts, std::move(one.parts));
      } else {
        out.push_back(std::move(one));
      }
    }
  }

  void pay(Words& out) {
    if (owed_ && !at_start_) append(out, " ");
    owed_ = false;
    begun_ = true;
  }

  static void append(Words& out, std::string_view text) {
    if (out.empty() || out.back().kind != InlineKind::text)
      out.push_back({InlineKind::text, {}, {}, {}});
    out.back().text += text;
  }

  static void trim_end(Words& out) {
    while (!out.empty() && out.back().kind == InlineKind::line_break) out.pop_back();
  }

  bool at_start_ = true;  // of a line
  bool begun_ = false;    // there is a word
  bool owed_ = false;     // a blank
  std::set<InlineKind> within_;
};

constexpr std::string_view kHardBlank = "\u00A0";

// A line of U+00A0 alone is how editors write an empty one.
bool says_nothing(const Words& words) {
  return std::all_of(words.begin(), words.end(), [](const Inline& one) {
    if (one.kind == InlineKind::line_break) return true;
    if (has_parts(one.kind)) return says_nothing(one.parts);
    if (one.kind != InlineKind::text) return false;
    for (std::string_view text = one.text; !text.empty();) {
      const bool hard = text.starts_with(kHardBlank);
      if (!hard && !is_gap(text.front())) return false;
      text.remove_prefix(hard ? kHardBlank.size() : 1);
    }
    return true;
  });
}

std::string code_text(std::string text) {
  std::erase(text, '\r');
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

bool is_empty(const Block& block) {
  switch (block.shape) {
    case Shape::paragraph:
    case Shape::heading:
      return block.words.empty();
    case Shape::code:
      return block.text.empty();
    case Shape::rule:
    case Shape::cell:
      return false;
    case Shape::row:
      return std::all_of(block.blocks.begin(), block.blocks.end(),
                         [](const Block& cell) { return cell.words.empty(); });
    default:
      return block.blocks.empty();
  }
}

// What a list or a table has besides items, rows and cells is put into one of them.
Block wrapped(Shape shape, Block block) {
  if (block.shape == shape) return block;
  Block around;
  around.shape = shape;
  if (shape == Shape::cell) {
    around.words = std::move(block.words);
    if (around.words.empty())
      around.words = {{InlineKind::text, spoken_text(Document{std::move(block)}), {}, {}}};
  } else if (shape == Shape::row) {
    around.blocks.push_back(wrapped(Shape::cell, std::move(block)));
  } else {
    around.blocks.push_back(std::move(block));
  }
  return around;
}

// Those that a document, a quote and an item have.
std::vector<Block> at_home(std::vector<Block> blocks, Shape parent) {
  std::vector<Block> out;
  for (Block& block : blocks) {
    if (parent == Shape::list) block = wrapped(Shape::item, std::move(block));
    if (parent == Shape::table) block = wrapped(Shape::row, std::move(block));
    if (parent == Shape::row) block = wrapped(Shape::cell, std::move(block));
    const bool stray =
        parent == Shape::quote && (block.shape == Shape::item || block.shape == Shape::row);
    if (stray) {
      out.insert(out.end(), std::make_move_iterator(block.blocks.begin()),
                 std::make_move_iterator(block.blocks.end()));
      continue;
    }
    if (parent == Shape::quote && block.shape == Shape::cell) block.shape = Shape::paragraph;
    out.push_back(std::move(block));
  }
  return out;
}

constexpr std::size_t kColumnsMost = 100;  // with more, rows stay as long as they are

// Only the first row can be a head; all rows are as long as the longest.
void square(Block& table) {
  std::size_t columns = 0;
  for (const Block& row : table.blocks) columns = std::max(columns, row.blocks.size());
  Block empty;
  empty.shape = Shape::cell;
  for (Block& row : table.blocks) {
    row.marked = row.marked && &row == &table.blocks.front();
    if (columns <= kColumnsMost) row.blocks.resize(columns, empty);
  }
}

std::vector<Block> tidy_blocks(std::vector<Block> blocks, Shape parent);

Block tidy_block(Block block) {
  block.words = Tidier().tidied(std::move(block.words));
  if (says_nothing(block.words)) block.words.clear();
  block.text = code_text(std::move(block.text));
  if (block.shape == Shape::heading) block.level = std::clamp(block.level, 1, 6);
  if (block.shape == Shape::list) block.level = block.marked ? std::max(block.level, 0) : 0;
  const Shape parent = block.shape == Shape::item ? Shape::quote : block.shape;
  block.blocks = tidy_blocks(std::move(block.blocks), parent);
  if (block.shape == Shape::table) square(block);
  return block;
}

std::vector<Block> tidy_blocks(std::vector<Block> blocks, Shape parent) {
  std::vector<Block> out;
  for (Block& block : at_home(std::move(blocks), parent)) {
    Block tidy = tidy_block(std::move(block));
    if (!is_empty(tidy)) out.push_back(std::move(tidy));
  }
  return out;
}

void speak(std::string& out, const Words& words) {
  for (const Inline& one : words) {
    if (one.kind == InlineKind::line_break) out += ' ';
    out += one.text;
    speak(out, one.parts);
  }
}

void speak(std::string& out, const Document& document) {
  for (const Block& block : document) {
    if (!out.empty() && !out.ends_with(' ')) out += ' ';
    out += block.text;
    speak(out, block.words);
    speak(out, block.blocks);
  }
}

}  // namespace

Document normalised(Document document) { return tidy_blocks(std::move(document), Shape::quote); }

std::string spoken_text(const Words& words) {
  std::string out;
  speak(out, words);
  return out;
}

std::string spoken_text(const Document& document) {
  std::string out;
  speak(out, document);
  return out;
}

}  // namespace saksbro::codec
