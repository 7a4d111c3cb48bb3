#include "bridge/codec/markup/redmine_signs.h"

#include <algorithm>
#include <array>

#include "bridge/codec/markup/words.h"
#include "bridge/contract/ascii.h"

namespace saksbro::codec {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || is_upper(c) || (c & '\x80') != 0; }
bool is_word(char c) { return is_letter(c) || is_digit(c); }
bool is_latin_word(char c) { return is_word(c) && (c & '\x80') == 0; }
bool is_blank_sign(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\0'; }

// What stands before a place, kept while the text is walked through: looked for at each sign, it
// would take the square of a long line's length.
struct Before {
  bool line_start = true;   // only blanks before it on its line
  bool bar = false;         // a '|' before it on its line
  bool address = false;     // '@' or "://" before it in its word
  bool several_at = false;  // the text has more than one '@'

  void pass(std::string_view text, std::size_t at) {
    const char c = text[at];
    const bool blank = c == ' ' || c == '\t' || c == '\n';
    line_start = c == '\n' || (line_start && (blank || c == '\0'));
    bar = c != '\n' && (bar || c == '|');
    const bool scheme = c == '/' && text.substr(0, at).ends_with(":/");
    address = !blank && (address || c == '@' || scheme);
  }
};

// One place in a text, and what is around it ('\0' and line ends look alike: blank).
struct Spot {
  std::string_view text;
  std::size_t at;
  Before past;
  const RedminePiece& piece;
  std::size_t end;  // of the piece

  [[nodiscard]] char here() const { return text[at]; }
  [[nodiscard]] char before() const { return at == 0 ? '\n' : text[at - 1]; }
  [[nodiscard]] char after() const { return at + 1 < text.size() ? text[at + 1] : '\n'; }
  [[nodiscard]] std::string_view rest() const { return text.substr(at); }
};

// "http://..." and "https://..." stay links, where they stand alone: between blanks.
std::size_t address_length(const Spot& spot) {
  if (!is_blank_sign(spot.before())) return 0;
  if (!spot.rest().starts_with("http://") && !spot.rest().starts_with("https://")) return 0;
  const auto end = std::min(spot.rest().find_first_of(" \t\n\"<>()[]{}|"), spot.end - spot.at);
  const bool alone = end == spot.rest().size() || is_blank_sign(spot.rest()[end]);
  // An entity would be read as one, @code@ too, a backslash as the escape of what follows; what
  // ends with '&' ends in RedCloth's own word for it.
  const auto address = spot.rest().substr(0, end);
  const bool plain = address.find_first_of(";@\\") == std::string_view::npos &&
                     address.find("&#") == std::string_view::npos && !address.ends_with('&');
  return alone && plain ? end : 0;
}

bool is_entity(std::string_view rest) {  // rest begins with '&'
  const auto end = rest.substr(0, 12).find(';');
  if (end == std::string_view::npos || end < 2) return false;
  const auto name = rest.substr(1, end - 1);
  return std::all_of(name.begin(), name.end(), [](char c) { return is_word(c) || c == '#'; });
}

bool is_in_mail_address(const Spot& spot) {
  return is_latin_word(spot.before()) && is_latin_word(spot.after());
}

// Links and macros of Redmine itself, the same in every format: #12, r12, user#5, user:kari, @kari,
// [[Page]], {{macro}}. The joiner goes in front of the sign.
bool acts_in_redmine(const Spot& spot) {
  switch (spot.here()) {
    case '.':
      return spot.text.substr(0, spot.at).ends_with("www");
    case 'r':
      return !is_word(spot.before()) && is_digit(spot.after());
    case '#':
      return is_word(spot.after());
    case ':':
      return (is_letter(spot.before()) || spot.before() == '"') && !is_blank_sign(spot.after());
    case '@':
      return !is_in_mail_address(spot);
    case '[':
    case '{':
      return spot.before() == spot.here();
    default:
      return false;
  }
}

// "h1.", "bq.", "p(class).", "fn1.", "table." open a block.
bool opens_textile_block(const Spot& spot) {
  if (!spot.past.line_start) return false;
  constexpr std::array kBlocks = {"h1", "h2", "h3", "h4", "h5",   "h6",
                                  "bq", "bc", "p",  "fn", "table"};
  return std::any_of(kBlocks.begin(), kBlocks.end(), [&](std::string_view block) {
    if (!spot.rest().starts_with(block)) return false;
    const auto next = spot.rest().find_first_not_of("0123456789", block.size());
    return next != std::string_view::npos && is_one_of(spot.rest()[next], ".({[<>=-");
  });
}

// RedCloth writes "x%x%" for '&' before it looks for addresses, and would take it for a part of
// one.
bool follows_an_address(const Spot& spot) {
  return spot.past.address || spot.text.substr(0, spot.at).ends_with("x%");
}

// A paragraph that begins with a blank is code.
bool begins_code(const Spot& spot) {
  return spot.here() == ' ' && spot.before() == '\n' &&
         (spot.at < 2 || spot.text[spot.at - 2] == '\n');
}

bool acts_in_textile(const Spot& spot) {
  const char c = spot.here();
  if (opens_textile_block(spot) || begins_code(spot)) return true;
  if (c == '|') return !spot.past.bar;  // of a table
  if (c == '&') return follows_an_address(spot);
  if (spot.past.line_start && is_one_of(c, "*#-|>")) return true;
  if (c == '{' && spot.before() == '\n' && spot.at > 0) return true;  // its line would not be one
  if (is_one_of(c, "*_-+^~%!=")) return !is_word(spot.before()) && !is_one_of(spot.after(), " \t");
  if (c == '?') return spot.after() == '?' && !is_word(spot.before());
  if (c == '(') return is_upper(spot.before());  // ABC(explained)
  if (c == '[')                                  // a footnote[1]
    return (is_word(spot.before()) || spot.before() == '_') && is_digit(spot.after());
  if (c == '%' && spot.before() == 'x') return true;  // "x%x%" is RedCloth's own word for '&'
  return false;
}

// Signs that the joiner must follow, as they act on what comes next.
bool needs_joiner_behind(const Spot& spot) {
  if (spot.here() == '<') return !is_blank_sign(spot.after());
  if (spot.here() == '&') return is_entity(spot.rest());
  return spot.here() == '@' && !is_in_mail_address(spot);
}

// Two of them make @code@, also across lines, which no joiner prevents; an entity does.
bool may_be_code(const Spot& spot) {
  return spot.here() == '@' && spot.past.several_at && acts_in_redmine(spot);
}

std::string entity(char c) { return "&#" + std::to_string(int{c}) + ";"; }

// "*a* b*": a phrase ends with the first sign of its kind that a sign or a blank follows.
bool may_end_phrase(const Spot& spot) {
  const bool within_word = is_word(spot.before()) && is_word(spot.after());
  return spot.piece.in_phrase && is_one_of(spot.here(), "*_-+^~%?") && !within_word;
}

void write_textile(std::string& out, const Spot& spot) {
  if (may_be_code(spot)) {
    out += entity('@');
    return;
  }
  const bool ends = may_end_phrase(spot);
  if (ends || acts_in_redmine(spot) || acts_in_textile(spot)) out += kJoiner;
  out += spot.here();
  if (ends || needs_joiner_behind(spot)) out += kJoiner;
}

constexpr std::string_view kMarkdownSigns = "\\`*_[]<>|~!&^";

// "[x@y.no": Redmine makes "[[x@y.no]]", a link to a page, of an address that it has linked within
// brackets. A name before the '@' has 64 characters at most.
bool brackets_an_address(const Spot& spot) {
  if (spot.here() != '[') return false;
  std::size_t end = spot.at + 1;
  const std::size_t most = std::min(spot.text.size(), end + 65);
  while (end < most && (is_latin_word(spot.text[end]) || is_one_of(spot.text[end], ".+-"))) ++end;
  return end < most && end > spot.at + 1 && spot.text[end] == '@';
}

void write_markdown(std::string& out, const Spot& spot) {
  const char c = spot.here();
  if (c == '\n' && out.ends_with("  ")) out += kJoiner;  // it would break the line twice
  if (acts_in_redmine(spot)) out += kJoiner;
  const bool acts_first =
      is_one_of(c, "#+-=:") || c == '\t' || (c == ' ' && spot.rest().starts_with("    "));
  const bool numbers = is_one_of(c, ".)") && is_digit(spot.before());
  if (spot.past.line_start && acts_first) out += kJoiner;
  if (is_one_of(c, kMarkdownSigns) || numbers) out += '\\';
  out += c;
  if (brackets_an_address(spot) || (c == '\\' && spot.piece.in_link)) out += kJoiner;
}

// No joiner keeps a bar from ending a cell, and a quotation mark the words of a link.
bool needs_entity(const Spot& spot, RedmineFormat format) {
  const bool textile = format == RedmineFormat::textile;
  return (spot.piece.in_cell && spot.here() == '|') ||
         (textile && spot.piece.in_link && is_one_of(spot.here(), "\"()[]{}|"));
}

}  // namespace

std::string inert_in_redmine(const std::vector<RedminePiece>& pieces, RedmineFormat format,
                             bool several_at) {
  std::string whole;
  for (const RedminePiece& piece : pieces) whole += piece.text;
  std::string out;
  Before past;
  past.several_at = several_at || whole.find('@') != whole.rfind('@');
  std::size_t at = 0;
  const auto copy_to = [&](std::size_t end) {
    out += std::string_view(whole).substr(at, end - at);
    for (; at < end; ++at) past.pass(whole, at);
  };
  for (const RedminePiece& piece : pieces) {
    const std::size_t end = at + piece.text.size();
    if (piece.sign) copy_to(end);
    while (at < end) {
      const Spot spot{whole, at, past, piece, end};
      if (const std::size_t length = address_length(spot); length > 0) {
        copy_to(at + length);
        continue;
      }
      if (needs_entity(spot, format))
        out += entity(spot.here());
      else
        format == RedmineFormat::textile ? write_textile(out, spot) : write_markdown(out, spot);
      past.pass(whole, at++);
    }
  }
  return out;
}

std::string redmine_address(std::string_view address) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (std::size_t at = 0; at < address.size(); ++at) {
    const char c = address[at];
    const bool last = at + 1 == address.size();
    const bool plain =
        !is_one_of(c, "()[]{}|\"\\^`<>;@*'") && (!last || is_latin_word(c) || is_one_of(c, "_=/-"));
    const auto byte = static_cast<unsigned char>(c);
    if (plain)
      out += c;
    else
      out += {'%', kHex[byte / 16U], kHex[byte % 16U]};
  }
  return out;
}

}  // namespace saksbro::codec
