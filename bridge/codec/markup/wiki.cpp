// Jira's wiki markup, read.
#include <algorithm>

#include "bridge/codec/markup/dialects.h"
#include "bridge/codec/markup/line_markup.h"
#include "bridge/codec/markup/words.h"

namespace saksbro::codec {
namespace {

constexpr std::size_t kCodeMost = 2'000;  // what stands between "{{" and "}}"

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
        return text.substr(at).starts_with("&#") ? entity_at(text.substr(at)) : Met{};
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

  // {{code}}, and macros that say how a text is shown: {color:red}, {*}.
  static Met brace(std::string_view text, std::size_t at) {
    if (text.substr(at).starts_with("{{")) {
      const std::string_view rest = text.substr(at + 2, kCodeMost);
      const std::size_t end = rest.substr(0, rest.find('\n')).find("}}");
      if (end == rest.npos || end == 0) return {};
      return meant(end + 4, InlineKind::code, with_entities_read(rest.substr(0, end)));
    }
    const std::string_view inner = framed_at(text, at, '}');
    const std::string_view name = inner.substr(0, inner.find(':'));
    const bool shows = name == "color" || name == "anchor";
    return shows ? Met{inner.size() + 2, std::nullopt} : Met{};
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
    return meant(inner.size() + 2, InlineKind::image, with_entities_read(shown), name);
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
    return std::move(blocks_).take();
  }

 private:
  using Lines = std::vector<std::string_view>;

  std::size_t line(const Lines& lines, std::size_t at) {
    const std::string_view line =
        lines[at].substr(std::min(lines[at].find_first_not_of(' '), lines[at].size()));
    if (line.empty()) {
      blocks_.end_all();
    } else if (is_code(line)) {
      return code(lines, at, line);
    } else if (line == "{quote}") {
      if (quoted_)
        blocks_.end();
      else
        blocks_.begin(Block{Shape::quote, 0, false, {}, {}, {}, {}});
      quoted_ = !quoted_;
    } else if (line == "----") {
      blocks_.end_all();
      blocks_.add(Block{Shape::rule, 0, false, {}, {}, {}, {}});
    } else if (const std::size_t signs = item_signs(line, "*#-"); signs > 0) {
      blocks_.item(line.substr(0, signs), line.substr(signs + 1));
    } else if (line.starts_with('|')) {
      row(line);
    } else if (!block(line)) {
      blocks_.line(line);
    }
    return at + 1;
  }

  // "h2. words", "bq. words"
  bool block(std::string_view line) {
    const bool heading = line.size() > 3 && line[0] == 'h' && line[1] >= '1' && line[1] <= '6' &&
                         line.substr(2).starts_with(". ");
    if (!heading && !line.starts_with("bq. ")) return false;
    if (heading) {
      blocks_.leaf(Shape::heading, line[1] - '0', line.substr(4));
    } else {
      blocks_.begin(Block{Shape::quote, 0, false, {}, {}, {}, {}});
      blocks_.line(line.substr(4));
      blocks_.end();
    }
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
      blocks_.line(line);
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
    blocks_.add(std::move(block));
    return at;
  }

  void row(std::string_view line) {
    const bool head = line.starts_with("||");
    std::string bars;
    for (const char c : line) {
      if (!head || c != '|' || !bars.ends_with('|')) bars += c;
    }
    blocks_.row(cells_of(bars), head);
  }

  WikiSigns signs_;
  LineBlocks blocks_{signs_};
  bool quoted_ = false;
};

}  // namespace

Document document_from_wiki(std::string_view text) {
  return WikiReader().read(with_unix_ends(text));
}

}  // namespace saksbro::codec
