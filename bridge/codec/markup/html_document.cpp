// A page as a document. Which of its elements are shown, and which are quotations, html_reader.h
// knows.
#include <algorithm>
#include <array>
#include <utility>

#include "bridge/codec/markup/dialects.h"
#include "bridge/codec/markup/document_builder.h"
#include "bridge/codec/markup/html_reader.h"
#include "bridge/codec/markup/words.h"

namespace saksbro::codec {
namespace {

std::string_view attribute(const HtmlAttributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string_view{} : found->second;
}

struct Meaning {
  std::string_view name;
  InlineKind phrase;
};
constexpr std::array<Meaning, 9> kPhrases{{{"em", InlineKind::emphasis},
                                           {"i", InlineKind::emphasis},
                                           {"cite", InlineKind::emphasis},
                                           {"dfn", InlineKind::emphasis},
                                           {"b", InlineKind::strong},
                                           {"strong", InlineKind::strong},
                                           {"del", InlineKind::struck},
                                           {"s", InlineKind::struck},
                                           {"strike", InlineKind::struck}}};
constexpr std::array<std::string_view, 4> kCodes{"code", "tt", "kbd", "samp"};
constexpr std::array<std::string_view, 22> kLines{
    "div",     "dl",         "dt",     "dd",    "address",    "center", "form",    "main",
    "section", "header",     "footer", "nav",   "article",    "aside",  "caption", "body",
    "figure",  "figcaption", "tr",     "table", "blockquote", "li"};

template <std::size_t N>
bool is_in(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

int heading_level(std::string_view name) {
  const bool heading = name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
  return heading ? name[1] - '0' : 0;
}

// "cid:image001.png@01DA" is named "image001.png".
std::string picture_name(std::string_view shown, std::string_view source) {
  if (!shown.empty() || !source.starts_with("cid:")) return std::string(shown);
  source.remove_prefix(4);
  return std::string(source.substr(0, source.find('@')));
}

class HtmlDocument final : public HtmlEvents {
 public:
  void begins(std::string_view name, const HtmlAttributes& attributes) override {
    Open open{std::string(name), Kind::nothing, is_hidden(name, attributes)};
    if (open.hidden) ++hidden_;
    if (hidden_ == 0) begin_shown(open, attributes);
    open_.push_back(std::move(open));
  }

  void ends(std::string_view name) override {
    if (open_.empty() || open_.back().name != name) return;
    const Open open = std::move(open_.back());
    open_.pop_back();
    if (open.hidden) --hidden_;
    if (!open.hidden && hidden_ == 0) end_shown(open);
  }

  void says(std::string_view text) override {
    if (hidden_ > 0) return;
    if (code_depth_ > 0) {
      code_.text += without_joiners(text);
      return;
    }
    std::string words = without_joiners(text);
    if (verbatim_ == 0)
      std::replace_if(
          words.begin(), words.end(), [](char c) { return is_one_of(c, "\t\r\n\f"); }, ' ');
    const bool blank = words.find_first_not_of(' ') == words.npos;
    if (blank && (!builder_.in_words() || owed_ > 0)) return;
    settle();
    builder_.text(words);
  }

  Document take() && {
    while (!open_.empty()) ends(std::string(open_.back().name));
    return std::move(builder_).take();
  }

 private:
  enum class Kind { nothing, block, phrase, code, verbatim, line, paragraph, table, row, cell };
  struct Open {
    std::string name;
    Kind kind = Kind::nothing;
    bool hidden = false;
  };
  struct Table {
    bool decided = false;
    bool of_data = false;  // it shows its cells; else it is mere layout
  };

  void begin_shown(Open& open, const HtmlAttributes& attributes) {
    const std::string_view name = open.name;
    if (code_depth_ > 0) return inside_code(open, attributes);
    if (name == "br")
      ++owed_;
    else if (name == "hr")
      whole(Block{Shape::rule, 0, false, {}, {}, {}, {}});
    else if (name == "img")
      picture(attributes);
    else if (name == "pre")
      begin_preformatted(open, attributes);
    else if (is_in(kCodes, name))
      begin_code(open);
    else if (name == "table" || name == "td" || name == "th")
      begin_table(open, attributes);
    else if (name == "tr" && !tables_.empty())
      begin_row(open);
    else if (!begin_phrase(open, attributes))
      begin_block(open, attributes);
  }

  void inside_code(Open& open, const HtmlAttributes& attributes) {
    constexpr std::string_view kLanguage = "language-";
    const std::string_view kind = attribute(attributes, "class");
    if (in_block_ && kind.starts_with(kLanguage)) code_.language = kind.substr(kLanguage.size());
    if (open.name == "br") code_.text += '\n';
    if (!is_in(kCodes, open.name)) return;
    open.kind = Kind::code;
    ++code_depth_;
  }

  bool begin_phrase(Open& open, const HtmlAttributes& attributes) {
    const auto known = std::find_if(kPhrases.begin(), kPhrases.end(),
                                    [&](const Meaning& one) { return one.name == open.name; });
    const std::string target = open.name == "a" ? web_address(attribute(attributes, "href")) : "";
    if (known == kPhrases.end() && target.empty()) return false;
    settle();
    open.kind = Kind::phrase;
    builder_.phrase(Inline{target.empty() ? known->phrase : InlineKind::link, {}, target, {}});
    return true;
  }

  void begin_block(Open& open, const HtmlAttributes& attributes) {
    Block block;
    if (const int level = heading_level(open.name); level > 0) {
      block.shape = Shape::heading;
      block.level = level;
    } else if (open.name == "ul" || open.name == "ol") {
      block.shape = Shape::list;
      block.marked = open.name == "ol";
      const std::string start(attribute(attributes, "start").substr(0, 6));
      const bool number = !start.empty() && start.find_first_not_of("0123456789") == start.npos;
      block.level = number ? std::stoi(start) : 1;
    } else if (open.name == "li") {
      block.shape = Shape::item;
    } else if (open.name == "blockquote" && is_quotation(attributes)) {
      block.shape = Shape::quote;
    } else {
      return begin_line(open);
    }
    open.kind = Kind::block;
    owed_ = 0;
    builder_.begin(std::move(block));
  }

  void begin_line(Open& open) {
    if (open.name == "p")
      open.kind = Kind::paragraph;
    else if (is_in(kLines, open.name))
      open.kind = Kind::line;
    if (open.kind != Kind::nothing) owe(open.kind == Kind::paragraph ? 2 : 1);
  }

  // Thunderbird writes plain text so: that is no code.
  void begin_preformatted(Open& open, const HtmlAttributes& attributes) {
    if (!attribute(attributes, "class").starts_with("moz-")) return begin_code(open);
    open.kind = Kind::verbatim;
    ++verbatim_;
    owe(1);
  }

  void begin_code(Open& open) {
    open.kind = Kind::code;
    if (code_depth_++ > 0) return;
    code_ = Block{Shape::code, 0, false, {}, {}, {}, {}};
    in_block_ = open.name == "pre";
  }

  void end_code() {
    if (--code_depth_ > 0) return;
    if (in_block_) {
      if (code_.text.starts_with('\n')) code_.text.erase(0, 1);
      whole(std::move(code_));
    } else if (!code_.text.empty()) {
      settle();
      builder_.add(Inline{InlineKind::code, std::move(code_.text), {}, {}});
    }
  }

  void begin_table(Open& open, const HtmlAttributes& attributes) {
    if (open.name == "table") {
      const std::string_view border = attribute(attributes, "border");
      tables_.push_back({!border.empty() && border != "0", !border.empty() && border != "0"});
      open.kind = Kind::table;
      if (tables_.back().decided)
        begin(Shape::table);
      else
        owe(1);
      return;
    }
    if (tables_.empty()) return;
    Table& table = tables_.back();
    if (!table.decided) decide(table, open.name == "th");
    open.kind = Kind::cell;
    if (!table.of_data) return builder_.text(" ");
    begin(Shape::cell);
    heads_ = heads_ && open.name == "th";
  }

  // By its first cell: its row has begun.
  void decide(Table& table, bool of_data) {
    table = {true, of_data};
    if (!of_data) return;
    begin(Shape::table);
    begin(Shape::row);
    heads_ = true;
  }

  void begin_row(Open& open) {
    open.kind = Kind::row;
    if (!tables_.back().of_data) return owe(1);
    begin(Shape::row);
    heads_ = true;
  }

  void begin(Shape shape) {
    owed_ = 0;
    builder_.begin(Block{shape, 0, false, {}, {}, {}, {}});
  }

  void end_shown(const Open& open) {
    switch (open.kind) {
      case Kind::nothing:
        return;
      case Kind::phrase:
        return builder_.end_phrase();
      case Kind::code:
        return end_code();
      case Kind::verbatim:
        --verbatim_;
        return owe(1);
      case Kind::line:
        return owe(1);
      case Kind::paragraph:
        return owe(2);
      case Kind::block:
        return end_block();
      default:
        return end_of_table(open.kind);
    }
  }

  void end_of_table(Kind kind) {
    const bool of_data = !tables_.empty() && tables_.back().of_data;
    if (kind == Kind::table && !tables_.empty()) tables_.pop_back();
    if (!of_data) return kind == Kind::cell ? builder_.text(" ") : owe(1);
    if (kind == Kind::row && heads_) builder_.mark();
    end_block();
  }

  void end_block() {
    owed_ = 0;
    builder_.end();
  }

  void whole(Block block) {
    owed_ = 0;
    builder_.add(std::move(block));
  }

  // What is one pixel large tells its sender that the mail was opened.
  void picture(const HtmlAttributes& attributes) {
    const std::string_view width = attribute(attributes, "width");
    const std::string_view shown = attribute(attributes, "alt");
    std::string_view source = attribute(attributes, "src");
    if (source.starts_with("data:")) source = {};
    if (shown.empty() && (width == "0" || width == "1")) return;
    if (shown.empty() && source.empty()) return;
    settle();
    builder_.add(Inline{InlineKind::image,
                        without_joiners(picture_name(shown, source)),
                        std::string(source.substr(0, 2'000)),
                        {}});
  }

  // Line ends before what comes: two make another paragraph.
  void owe(int ends) { owed_ = std::max(owed_, ends); }

  void settle() {
    const int ends = std::exchange(owed_, 0);
    if (ends > 1) builder_.paragraph_ends();
    if (ends > 0) builder_.add(Inline{InlineKind::line_break, {}, {}, {}});
  }

  DocumentBuilder builder_;
  std::vector<Open> open_;
  std::vector<Table> tables_;
  Block code_;
  int code_depth_ = 0;
  bool in_block_ = false;  // the code is
  int verbatim_ = 0;
  int owed_ = 0;
  int hidden_ = 0;
  bool heads_ = false;  // the row has had no other cells
};

}  // namespace

Document document_from_html(std::string_view html) {
  HtmlDocument document;
  read_html(html, document);
  return std::move(document).take();
}

}  // namespace saksbro::codec
