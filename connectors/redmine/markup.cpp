#include "connectors/redmine/markup.h"

#include <algorithm>
#include <array>

#include "bridge/codec/fit.h"

namespace saksbro::redmine {
namespace {

// U+2060: invisible, no line break, and neither a space nor a letter to Redmine's rules. Put
// between a sign and what makes it act, it disarms the sign, and can be taken out again without
// guessing.
constexpr std::string_view kJoiner = "\u2060";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || is_upper(c) || (c & '\x80') != 0; }
bool is_word(char c) { return is_letter(c) || is_digit(c); }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\0'; }
bool is_one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

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

  [[nodiscard]] char here() const { return text[at]; }
  [[nodiscard]] char before() const { return at == 0 ? '\n' : text[at - 1]; }
  [[nodiscard]] char after() const { return at + 1 < text.size() ? text[at + 1] : '\n'; }
  [[nodiscard]] std::string_view rest() const { return text.substr(at); }
};

// "http://..." and "https://..." stay links, where they stand alone: between blanks.
std::size_t address_length(const Spot& spot) {
  if (!is_blank(spot.before())) return 0;
  if (!spot.rest().starts_with("http://") && !spot.rest().starts_with("https://")) return 0;
  const auto end = std::min(spot.rest().find_first_of(" \t\n\"<>()[]{}|"), spot.rest().size());
  const bool alone = end == spot.rest().size() || is_blank(spot.rest()[end]);
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

bool is_ascii_word(char c) { return is_word(c) && (c & '\x80') == 0; }

bool is_in_mail_address(const Spot& spot) {
  return is_ascii_word(spot.before()) && is_ascii_word(spot.after());
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
      return (is_letter(spot.before()) || spot.before() == '"') && !is_blank(spot.after());
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
  if (spot.here() == '<') return !is_blank(spot.after());
  if (spot.here() == '&') return is_entity(spot.rest());
  return spot.here() == '@' && !is_in_mail_address(spot);
}

// Two of them make @code@, also across lines, which no joiner prevents; an entity does.
constexpr std::string_view kAtEntity = "&#64;";

bool may_be_code(const Spot& spot) {
  return spot.here() == '@' && spot.past.several_at && acts_in_redmine(spot);
}

void write_textile(std::string& out, const Spot& spot) {
  if (may_be_code(spot)) {
    out += kAtEntity;
    return;
  }
  if (acts_in_redmine(spot) || acts_in_textile(spot)) out += kJoiner;
  out += spot.here();
  if (needs_joiner_behind(spot)) out += kJoiner;
}

constexpr std::string_view kMarkdownSigns = "\\`*_[]<>|~!&^";

// "[x@y.no": Redmine makes "[[x@y.no]]", a link to a page, of an address that it has linked within
// brackets. A name before the '@' has 64 characters at most.
bool brackets_an_address(const Spot& spot) {
  if (spot.here() != '[') return false;
  std::size_t end = spot.at + 1;
  const std::size_t most = std::min(spot.text.size(), end + 65);
  while (end < most && (is_ascii_word(spot.text[end]) || is_one_of(spot.text[end], ".+-"))) ++end;
  return end < most && end > spot.at + 1 && spot.text[end] == '@';
}

void write_markdown(std::string& out, const Spot& spot) {
  const char c = spot.here();
  if (c == '\n' && spot.before() != '\n') out += "  ";  // else the lines would flow together
  if (acts_in_redmine(spot)) out += kJoiner;
  const bool acts_first =
      is_one_of(c, "#+-=:") || c == '\t' || (c == ' ' && spot.rest().starts_with("    "));
  const bool numbers = is_one_of(c, ".)") && is_digit(spot.before());
  if (spot.past.line_start && acts_first) out += kJoiner;
  if (is_one_of(c, kMarkdownSigns) || numbers) out += '\\';
  out += c;
  if (brackets_an_address(spot)) out += kJoiner;
}

// In one walk: each change in place would move all that follows it.
std::string with_each(std::string_view text, std::string_view part, std::string_view in_its_place) {
  std::string out;
  out.reserve(text.size());
  std::size_t from = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, from)) {
    out += text.substr(from, at - from);
    out += in_its_place;
    from = at + part.size();
  }
  return out += text.substr(from);
}

std::string with_lf(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      out += '\n';
    }
  }
  return out;
}

// "\*" -> "*", and the two blanks at a line's end that make a line break.
std::string without_backslashes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char after = i + 1 < text.size() ? text[i + 1] : '\0';
    const bool sign = is_one_of(after, kMarkdownSigns) || is_one_of(after, ".)");
    if (text[i] == '\\' && sign) ++i;
    if (text[i] == '\n' && out.ends_with("  ")) out.erase(out.size() - 2);
    out += text[i];
  }
  return out;
}

}  // namespace

std::string escaped(std::string_view plain, TextFormat format) {
  const std::string text = with_lf(plain);
  std::string out;
  Before past;
  past.several_at = text.find('@') != text.rfind('@');
  for (std::size_t at = 0; at < text.size(); ++at) {
    const Spot spot{text, at, past};
    if (const std::size_t length = address_length(spot); length > 0) {
      out += spot.rest().substr(0, length);
      for (const std::size_t end = at + length; at < end; ++at) past.pass(text, at);
      --at;
      continue;
    }
    format == TextFormat::textile ? write_textile(out, spot) : write_markdown(out, spot);
    past.pass(text, at);
  }
  return out;
}

std::string unescaped(std::string_view raw, TextFormat format) {
  const std::string text = with_lf(raw);
  if (format == TextFormat::markdown) {
    return without_backslashes(with_each(text, kJoiner, ""));
  }
  // The joiner last: in "&|#64;" it says that the writer meant these signs.
  return with_each(with_each(text, kAtEntity, "@"), kJoiner, "");
}

std::string one_line(std::string_view text, std::size_t most) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return (c >= '\0' && c < ' ') || c == '\x7F'; }, ' ');
  return codec::cut_to(line, most, codec::Measure::code_points);
}

}  // namespace saksbro::redmine
