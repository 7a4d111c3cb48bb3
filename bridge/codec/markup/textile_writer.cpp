// Textile as Redmine means it, written.
#include <algorithm>

#include "bridge/codec/markup/dialects.h"
#include "bridge/codec/markup/line_markup.h"
#include "bridge/codec/markup/redmine_words.h"
#include "bridge/codec/markup/sayable.h"
#include "bridge/codec/markup/words.h"

namespace saksbro::codec {
namespace {

// A line end within <pre>, which gets no quotation's sign: it is read before quotations are.
constexpr char kLineEndOfCode = '\x02';

class TextileWriter {
 public:
  explicit TextileWriter(const Document& document)
      : words_(RedmineFormat::textile, has_several_at(document)) {}

  std::string written(const Document& document) {
    std::string out = blocks(document);
    std::replace(out.begin(), out.end(), kLineEndOfCode, '\n');
    return out;
  }

 private:
  std::string blocks(const std::vector<Block>& blocks) {
    std::string out;
    for (const Block& one : blocks) {
      if (!out.empty()) out += "\n\n";
      out += block(one);
    }
    return out;
  }

  std::string block(const Block& block) {
    switch (block.shape) {
      case Shape::heading:
        return line("h" + std::to_string(block.level) + ". ", block.words);
      case Shape::list:
        return list(block);
      case Shape::quote:
        return with_margin(blocks(block.blocks), "> ", "> ");
      case Shape::code:
        return code(block);
      case Shape::table:
        return table(block);
      case Shape::rule:
        return "---";
      default:
        return line("", block.words);
    }
  }

  std::string line(std::string_view signs, const Words& words) {
    return words_.written(signs, words, Shape::paragraph);
  }

  std::string list(const Block& list) {
    if (!stays_list(list)) return line("", as_lines(list));
    return list_lines(list, [&](const Words& words) {
      // The signs of an item are written by list_lines(): a blank stands for them.
      return line(" ", words).substr(1);
    });
  }

  static std::string code(const Block& block) {
    std::string text = inert_code(block.text);
    std::replace(text.begin(), text.end(), '\n', kLineEndOfCode);
    const bool named = !block.language.empty() &&
                       std::all_of(block.language.begin(), block.language.end(), is_ascii_word);
    const std::string end{kLineEndOfCode};
    return named
               ? "<pre><code class=\"" + block.language + "\">" + end + text + end + "</code></pre>"
               : "<pre>" + end + text + end + "</pre>";
  }

  std::string table(const Block& table) {
    std::string out;
    for (const Block& row : table.blocks) {
      out += out.empty() ? "|" : "\n|";
      for (const Block& cell : row.blocks)
        out += (row.marked ? "_. " : "") + this->cell(cell) + "|";
    }
    return out;
  }

  // "(grey). " and "-. " would say how it is shown.
  std::string cell(const Block& cell) {
    if (cell.words.empty()) return " ";
    // A blank stands for the bar, behind which a phrase may begin.
    const std::string words = words_.written(" ", cell.words, Shape::cell).substr(1);
    const bool acts = is_one_of(words.front(), "\\/<>=()^~{[.");
    return (acts ? std::string(kJoiner) : "") + words;
  }

  RedmineWords words_;
};

}  // namespace

std::string textile_text(const Document& document) {
  const Document said = with_phrases_in_lines(sayable(document, is_redmine_file));
  return TextileWriter(said).written(said);
}

}  // namespace saksbro::codec
