// Jira's wiki markup, read.
#include <algorithm>
#include <array>
#include <charconv>

#include "bridge/codec/markup/dialects.h"
#include "bridge/codec/markup/line_markup.h"
#include "bridge/codec/markup/words.h"

namespace saksbro::codec {
namespace {

constexpr std::size_t kFrameMost =
    2'000;  // what stands between "[" and "]", "!" and "!", "{" and "}"

// What stands between the sign at `at` and the next `close`, on the same line; nothing if it is
// empty.
std::string_view framed_at(std::string_view text, std::size_t at, char close) {
  const std::string_view rest = text.substr(at + 1, kFrameMost);
  const std::size_t end = rest.find_first_of(std::string{close, '\n'});
  return end == rest.npos || rest[end] != close ? std::string_view{} : rest.substr(0, end);
}

Met meant(std::size_t length, InlineKind kind, std::string_view text,
          std::string_view target = {}) {
  return {length, Inline{kind, std::string(text), std::string(target), {}}};
}

class WikiSigns final : public LineDialect {
 public:
  [[nodiscard]] const std::vector<PhraseSign>& signs() const override {
    static const std::vector<PhraseSign> kSigns{{'*', InlineKind::strong},
                                                {'_', InlineKind::emphasis},
                                                {'-', InlineKind::struck},
                                                {'+', InlineKind::emphasis}};
    return kSigns;
  }

  [[nodiscard]] Met met(std::string_view text, std::size_t at) const override {
    switch (text[at]) {
      case '\\':
        return escape(text.substr(at));
      case '&':
        return entity(text.substr(at));
      case '{':
        return brace(text, at);
      case '[':
        return bracket(text, at);
      case '!':
        return image(text, at);
      case 'h':
        return address(text, at);
      default:
        return {};
    }
  }

 private:
  static Met escape(std::string_view rest) {
    if (rest.size() < 2) return {};
    if (rest[1] == '\\') return meant(2, InlineKind::line_break, "");
    const bool sign = !is_letter_byte(rest[1]) && !is_one_of(rest[1], " \t\n");
    return sign ? meant(2, InlineKind::text, rest.substr(1, 1)) : Met{};
  }

  static Met entity(std::string_view rest) {
    const std::size_t end = rest.substr(0, 12).find(';');
    if (!rest.starts_with("&#") || end == rest.npos) return {};
    const std::string whole(rest.substr(0, end + 1));
    const std::string said = spoken_text(document_from_html(whole));
    return said.empty() || said == whole ? Met{} : meant(whole.size(), InlineKind::text, said);
  }

  // {{code}}, and macros that say how a text is shown: {color:red}, {*}.
  static Met brace(std::string_view text, std::size_t at) {
    if (text.substr(at).starts_with("{{")) {
      const std::string_view rest = text.substr(at + 2, kFrameMost);
      const std::size_t end = rest.substr(0, rest.find('\n')).find("}}");
      if (end == rest.npos || end == 0) return {};
      return meant(end + 4, InlineKind::code, unescaped(rest.substr(0, end)));
    }
    const std::string_view inner = framed_at(text, at, '}');
    const std::string_view name = inner.substr(0, inner.find(':'));
    const bool shows = name == "color" || name == "anchor";
    return shows ? Met{inner.size() + 2, std::nullopt} : Met{};
  }

  static std::string unescaped(std::string_view code) {
    std::string out;
    for (std::size_t i = 0; i < code.size(); ++i) {
      const Met one = code[i] == '&' ? entity(code.substr(i)) : Met{};
      out += one.length > 0 ? one.one->text : std::string(1, code[i]);
      if (one.length > 0) i += one.length - 1;
    }
    return without_joiners(out);
  }

  static Met bracket(std::string_view text, std::size_t at) {
    const std::string_view inner = framed_at(text, at, ']');
    if (inner.empty()) return {};
    const std::size_t length = inner.size() + 2;
    if (inner.starts_with('~')) {
      std::string_view account = inner.substr(1);
      const bool cloud = account.starts_with("accountid:");
      return meant(length, InlineKind::mention, cloud ? account.substr(10) : account, account);
    }
    const std::size_t bar = inner.find('|');
    const std::string_view target = bar == inner.npos ? inner : inner.substr(bar + 1);
    const std::string_view bare = target.substr(0, target.find('|'));
    if (web_address(bare).empty()) return {};
    return meant(length, InlineKind::link, bar == inner.npos ? bare : inner.substr(0, bar), bare);
  }

  static Met image(std::string_view text, std::size_t at) {
    const std::string_view inner = framed_at(text, at, '!');
    const std::string_view name = inner.substr(0, inner.find('|'));
    const bool web = !web_address(name).empty();
    const bool file =
        names_a_file(name) && name.find('.') != name.npos && name.find(' ') == name.npos;
    if (!web && !file) return {};
    const std::size_t alt = inner.find("alt=");
    const std::string_view shown = alt == inner.npos ? std::string_view{} : inner.substr(alt + 4);
    return meant(inner.size() + 2, InlineKind::image, unescaped(shown), name);
  }

  static Met address(std::string_view text, std::size_t at) {
    if (at > 0 && is_word_byte(text[at - 1])) return {};
    const std::size_t length = address_at(text.substr(at));
    return length == 0
               ? Met{}
               : meant(length, InlineKind::link, text.substr(at, length), text.substr(at, length));
  }
};

class WikiReader {
 public:
  Document read(std::string_view text) {
    const auto lines = lines_of(text);
    for (std::size_t at = 0; at < lines.size();) at = line(lines, at);
    end_all();
    return std::move(builder_).take();
  }

 private:
  using Lines = std::vector<std::string_view>;

  std::size_t line(const Lines& lines, std::size_t at) {
    const std::string_view line =
        lines[at].substr(std::min(lines[at].find_first_not_of(' '), lines[at].size()));
    if (line.empty()) {
      end_all();
    } else if (is_code(line)) {
      return code(lines, at, line);
    } else if (line == "{quote}") {
      end_all();
      if (quoted_)
        builder_.end();
      else
        builder_.begin(Block{Shape::quote, 0, false, {}, {}, {}, {}});
      quoted_ = !quoted_;
    } else if (line == "----") {
      end_all();
      builder_.add(Block{Shape::rule, 0, false, {}, {}, {}, {}});
    } else if (const std::size_t signs = item_signs(line, "*#-"); signs > 0) {
      flush();
      end_table();
      levels_.item(line.substr(0, signs));
      words_ = line.substr(signs + 1);
    } else if (line.starts_with('|')) {
      row(line);
    } else if (!block(line)) {
      if (!words_.empty()) words_ += '\n';
      end_table();
      words_ += line;
    }
    return at + 1;
  }

  // "h2. words", "bq. words"
  bool block(std::string_view line) {
    const bool heading = line.size() > 3 && line[0] == 'h' && line[1] >= '1' && line[1] <= '6' &&
                         line.substr(2).starts_with(". ");
    if (!heading && !line.starts_with("bq. ")) return false;
    end_all();
    Block block{heading ? Shape::heading : Shape::quote,
                heading ? line[1] - '0' : 0,
                false,
                {},
                {},
                {},
                {}};
    builder_.begin(std::move(block));
    read_words(line.substr(4), signs_, builder_);
    builder_.end();
    return true;
  }

  static bool is_code(std::string_view line) {
    return line.starts_with("{code}") || line.starts_with("{code:") ||
           line.starts_with("{noformat}");
  }

  // To the line that ends with the same macro; without one, it is text.
  std::size_t code(const Lines& lines, std::size_t at, std::string_view line) {
    const std::string_view macro = line.starts_with("{code") ? "{code}" : "{noformat}";
    const std::size_t close = line.find('}');
    if (close == line.npos) {
      words_ += line;
      return at + 1;
    }
    Block block{Shape::code, 0, false, {}, {}, {}, {}};
    const std::string_view settings = line.substr(0, close);
    const std::size_t colon = settings.find(':');
    const std::string_view told = colon == line.npos ? "" : settings.substr(colon + 1);
    const std::string_view language = told.substr(0, told.find('|'));
    if (language.find('=') == language.npos) block.language = language;
    std::string_view rest = line.substr(close + 1);
    for (bool first = true; at < lines.size(); first = false) {
      if (!first) rest = lines[at];
      const std::size_t end = rest.find(macro);
      const std::string_view part = rest.substr(0, end);
      ++at;
      if (!(first && part.empty())) block.text += without_joiners(part) + "\n";
      if (end != rest.npos) break;
    }
    flush();
    end_table();
    builder_.add(std::move(block));
    return at;
  }

  void row(std::string_view line) {
    flush();
    levels_.end();
    if (!in_table_) builder_.begin(Block{Shape::table, 0, false, {}, {}, {}, {}});
    in_table_ = true;
    const bool head = line.starts_with("||");
    std::string bars;
    for (const char c : line) {
      if (!head || c != '|' || !bars.ends_with('|')) bars += c;
    }
    builder_.begin(Block{Shape::row, 0, head, {}, {}, {}, {}});
    for (const std::string_view cell : cells_of(bars)) {
      builder_.begin(Block{Shape::cell, 0, false, {}, {}, {}, {}});
      read_words(cell, signs_, builder_);
      builder_.end();
    }
    builder_.end();
  }

  void flush() {
    if (!words_.empty()) read_words(words_, signs_, builder_);
    words_.clear();
    if (!levels_.open()) builder_.paragraph_ends();
  }

  void end_table() {
    if (in_table_) builder_.end();
    in_table_ = false;
  }

  void end_all() {
    flush();
    levels_.end();
    end_table();
    builder_.paragraph_ends();
  }

  DocumentBuilder builder_;
  ListLevels levels_{builder_};
  WikiSigns signs_;
  std::string words_;
  bool quoted_ = false;
  bool in_table_ = false;
};

}  // namespace

Document document_from_wiki(std::string_view text) {
  return WikiReader().read(with_unix_ends(text));
}

}  // namespace saksbro::codec
