// Jira's wiki markup, written.
#include <algorithm>

#include "bridge/codec/markup/dialects.h"
#include "bridge/codec/markup/line_markup.h"
#include "bridge/codec/markup/sayable.h"
#include "bridge/codec/markup/words.h"

namespace saksbro::codec {
namespace {

constexpr std::string_view kWikiPhraseSigns = "*_-+^~";
constexpr std::string_view kWikiSigns = "{}[]|!";

// "&#42;": where no backslash is read.
std::string as_entities(std::string_view text, std::string_view but) {
  std::string out;
  for (const char c : text) {
    const bool plain = is_word_byte(c) || c == ' ' || is_one_of(c, but);
    out += plain && c != '_' ? std::string(1, c) : "&#" + std::to_string(int{c}) + ";";
  }
  return out;
}

class WikiWords {
 public:
  // Where a line end would end the block, a break is a sign.
  explicit WikiWords(bool on_one_line) : on_one_line_(on_one_line) {}

  std::string written(const Words& words) && {
    all(words);
    return std::move(out_);
  }

 private:
  void all(const Words& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::string after =
          i + 1 < words.size() ? spoken_text(Words{words[i + 1]}) : std::string();
      add(words[i], !after.empty() && is_letter_byte(after.front()));
    }
  }

  void add(const Inline& one, bool before_word) {
    switch (one.kind) {
      case InlineKind::text:
        return text(one.text);
      case InlineKind::emphasis:
        return phrase('_', one.parts, before_word);
      case InlineKind::strong:
        return phrase('*', one.parts, before_word);
      case InlineKind::struck:
        return phrase('-', one.parts, before_word);
      case InlineKind::code:
        out_ += "{{" + as_entities(one.text, ".,/:=()") + "}}";
        return;
      case InlineKind::link:
        return link(one, before_word);
      case InlineKind::image:
        return image(one);
      case InlineKind::line_break:
        out_ += on_one_line_ ? "\\\\" : "\n";
        return;
      case InlineKind::mention:  // sayable() has left none
        break;
    }
  }

  [[nodiscard]] bool line_start() const { return out_.empty() || out_.back() == '\n'; }
  [[nodiscard]] bool behind_word() const { return !out_.empty() && is_letter_byte(out_.back()); }

  void text(std::string_view said) {
    if (line_start()) {
      out_ += quiet(said);
      // "h2. ", "bq. "
      if (said.substr(0, 4).ends_with(". ")) out_ += kJoiner;
    }
    for (std::size_t at = 0; at < said.size(); ++at) {
      const std::string_view rest = said.substr(at);
      const std::size_t address = rest[0] == 'h' && !behind_word() ? address_at(rest) : 0;
      if (address == 0) sign(said, at);
      out_ += said.substr(at, address);
      at += address > 0 ? address - 1 : 0;
    }
  }

  void sign(std::string_view said, std::size_t at) {
    const char c = said[at];
    const char after = at + 1 < said.size() ? said[at + 1] : ' ';
    const bool within_word = at > 0 && is_letter_byte(said[at - 1]) && is_letter_byte(after);
    if (c == '\\') {
      out_ += "&#92;";
      return;
    }
    if (c == '&' && after == '#') {
      out_ += "&#38;";
      return;
    }
    const bool joins = c == '?' || c == '#' || c == ':' || c == ';' || c == '(' || c == '@';
    const bool acts = is_one_of(c, kWikiSigns) ||
                      (is_one_of(c, kWikiPhraseSigns) && (!within_word || c == '_')) ||
                      (joins && !is_word_byte(after) && after != ' ' && !within_word) ||
                      (is_one_of(c, "#@(") && !within_word);
    if (acts) out_ += '\\';
    out_ += c;
    // "ABC-12" would be a link to a ticket there, whatever it was elsewhere.
    if (c == '-' && within_word && is_key_before(said.substr(0, at)) && after >= '0' &&
        after <= '9')
      out_ += kJoiner;
  }

  static bool is_key_before(std::string_view text) {
    std::size_t begin = text.size();
    while (begin > 0 && text.size() - begin < 20 && is_ascii_word(text[begin - 1])) --begin;
    return begin < text.size() && text[begin] >= 'A' && text[begin] <= 'Z';
  }

  // Within a word it would be no sign; across lines neither.
  void phrase(char sign, const Words& parts, bool before_word) {
    const bool lines = std::any_of(parts.begin(), parts.end(), [](const Inline& one) {
      return one.kind == InlineKind::line_break;
    });
    if (lines || before_word || behind_word()) return all(parts);
    out_ += sign;
    if (parts.front().kind == InlineKind::text && parts.front().text.starts_with("\u00A0"))
      out_ += kJoiner;
    all(parts);
    if (out_.back() == sign) out_ += kJoiner;
    out_ += sign;
  }

  void link(const Inline& one, bool before_word) {
    std::string target;
    for (const char c : one.target) {
      static constexpr std::string_view kHex = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(c);
      if (is_one_of(c, "|[]{}\\!"))
        target += {'%', kHex[byte / 16U], kHex[byte % 16U]};
      else
        target += c;
    }
    const std::string shown = spoken_text(one.parts);
    const bool bare = shown == target && !behind_word() && !before_word;
    if (bare && address_at(target) == target.size()) {
      out_ += target;
    } else if (shown == target) {
      out_ += "[" + target + "]";
    } else {
      out_ += "[" + as_entities(shown, ".,;()/?=") + "|" + target + "]";
    }
  }

  void image(const Inline& one) {
    if (behind_word()) out_ += kJoiner;
    out_ += "!" + one.target;
    if (!one.text.empty()) out_ += "|alt=" + as_entities(one.text, ".,:;()/?");
    out_ += "!";
  }

  bool on_one_line_;
  std::string out_;
};

bool is_wiki_file(std::string_view target) {
  return names_a_file(target) && target.find('.') != target.npos && target.find(' ') == target.npos;
}

std::string wiki_line(const Words& words) { return WikiWords(true).written(words); }

std::string wiki_table(const Block& table) {
  std::string out;
  for (const Block& row : table.blocks) {
    const std::string bar = row.marked ? "||" : "|";
    if (!out.empty()) out += '\n';
    out += bar;
    for (const Block& cell : row.blocks)
      out += (cell.words.empty() ? " " : wiki_line(cell.words)) + bar;
  }
  return out;
}

std::string wiki_code(const Block& block) {
  const bool has_code = block.text.find("{code") != std::string::npos;
  std::string text;
  for (std::size_t at = 0; at < block.text.size(); ++at) {
    text += block.text[at];
    if (std::string_view(block.text).substr(at).starts_with("{noformat")) text += kJoiner;
  }
  if (has_code) return "{noformat}\n" + text + "\n{noformat}";
  const bool known = std::all_of(block.language.begin(), block.language.end(), is_ascii_word);
  const bool told = known && !block.language.empty();
  return "{code" + (told ? ":" + block.language : "") + "}\n" + text + "\n{code}";
}

std::string wiki_blocks(const std::vector<Block>& blocks, bool in_quote);

std::string wiki_block(const Block& block, bool in_quote) {
  switch (block.shape) {
    case Shape::heading:
      return "h" + std::to_string(block.level) + ". " + wiki_line(block.words);
    case Shape::list:
      if (!stays_list(block)) return WikiWords(false).written(as_lines(block));
      return list_lines(block, wiki_line);
    case Shape::quote:
      if (in_quote) return WikiWords(false).written(as_lines(block));
      return "{quote}\n" + wiki_blocks(block.blocks, true) + "\n{quote}";
    case Shape::code:
      return wiki_code(block);
    case Shape::table:
      return wiki_table(block);
    case Shape::rule:
      return "----";
    default:
      return WikiWords(false).written(block.words);
  }
}

std::string wiki_blocks(const std::vector<Block>& blocks, bool in_quote) {
  std::string out;
  for (const Block& block : blocks) {
    if (!out.empty()) out += "\n\n";
    out += wiki_block(block, in_quote);
  }
  return out;
}

}  // namespace

std::string wiki_text(const Document& document) {
  return wiki_blocks(sayable(document, is_wiki_file), false);
}

}  // namespace saksbro::codec
