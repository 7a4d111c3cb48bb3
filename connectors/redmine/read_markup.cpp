#include "connectors/redmine/read_markup.h"

#include <algorithm>

namespace saksbro::redmine {
namespace {

constexpr std::string_view kClose = "</pre>";

// "<pre>" or "<pre class=...>" at `at`, where no backslash makes a sign of it: its length, else 0.
std::size_t opening_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (!rest.starts_with("<pre>") && !rest.starts_with("<pre ")) return 0;
  if (at > 0 && text[at - 1] == '\\') return 0;
  const std::size_t end = rest.find('>');
  return end == rest.npos ? 0 : end + 1;
}

// "<code class="ruby">x</code>" -> "x"
std::string_view without_code_tags(std::string_view text) {
  if (text.starts_with("<code")) {
    const std::size_t end = text.find('>');
    if (end != text.npos) text.remove_prefix(end + 1);
  }
  const std::size_t last = text.find_last_not_of(" \n");
  if (last == text.npos) return text;
  constexpr std::string_view kCodeEnd = "</code>";
  const std::string_view written = text.substr(0, last + 1);
  return written.ends_with(kCodeEnd) ? written.substr(0, written.size() - kCodeEnd.size()) : text;
}

// Longer than any run of backticks in the code.
std::string fence_for(std::string_view code) {
  std::size_t longest = 2;
  std::size_t run = 0;
  for (const char c : code) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return std::string(longest + 1, '`');
}

void add_code(std::string& out, std::string_view code) {
  code = without_code_tags(code);
  if (code.starts_with('\n')) code.remove_prefix(1);
  const std::string fence = fence_for(code);
  if (!out.empty() && !out.ends_with('\n')) out += '\n';
  out += fence + "\n";
  out += code;
  if (!out.ends_with('\n')) out += '\n';
  out += fence;
}

std::string with_fences(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = text[at] == '<' ? opening_at(text, at) : 0;
    if (length == 0) {
      out += text[at++];
      continue;
    }
    const std::size_t begin = at + length;
    const std::size_t end = std::min(text.find(kClose, begin), text.size());
    add_code(out, text.substr(begin, end - begin));
    at = std::min(end + kClose.size(), text.size());
    if (at < text.size() && text[at] != '\n') out += '\n';
  }
  return out;
}

// "bq. ", "bq(class). ": how much of the line that is.
std::size_t quotation_mark(std::string_view line) {
  if (!line.starts_with("bq")) return 0;
  const std::size_t dot = line.find(". ");
  const bool plain = dot == 2 || (dot != line.npos && dot < 40 && line[2] == '(');
  return plain ? dot + 2 : 0;
}

// A block ends with a blank line. In code there are no blocks.
std::string with_quotation_marks(std::string_view text) {
  std::string out;
  bool in_code = false;
  bool in_quotation = false;
  for (bool first = true; !text.empty() || first; first = false) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (line.starts_with("```")) in_code = !in_code;
    const std::size_t mark = in_code ? 0 : quotation_mark(line);
    in_quotation = !line.empty() && !in_code && (in_quotation || mark > 0);
    if (!first) out += '\n';
    if (in_quotation) out += "> ";
    out += line.substr(mark);
    if (end != std::string_view::npos && text.empty()) out += '\n';
  }
  return out;
}

std::string with_unix_lines(std::string_view raw) {
  std::string text;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const bool pair = raw[i] == '\r' && i + 1 < raw.size() && raw[i + 1] == '\n';
    if (!pair) text += raw[i] == '\r' ? '\n' : raw[i];
  }
  return text;
}

}  // namespace

std::string read_as_text(std::string_view raw, TextFormat format) {
  const std::string fenced = with_fences(with_unix_lines(raw));
  return unescaped(format == TextFormat::textile ? with_quotation_marks(fenced) : fenced, format);
}

}  // namespace saksbro::redmine
