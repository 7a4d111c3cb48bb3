#include "bridge/codec/markup/html_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "bridge/contract/ascii.h"

namespace saksbro::codec {
namespace {

constexpr std::size_t kLinkMost = 2'000;
constexpr std::size_t kIndentMost = 8;  // lists within lists

template <std::size_t N>
bool is_any_name(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_hidden_by_kind(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kHidden{
      "head", "title", "script", "style", "template", "select", "object", "svg", "math"};
  return is_any_name(name, kHidden);
}

// How many line ends there are around it at least.
std::size_t lines_before(std::string_view name) {
  static constexpr std::array<std::string_view, 31> kBlocks{
      "p",       "div",    "ul",      "ol",   "table",   "tr",     "h1",        "h2",
      "h3",      "h4",     "h5",      "h6",   "hr",      "dl",     "dt",        "dd",
      "address", "center", "form",    "main", "section", "header", "footer",    "nav",
      "article", "aside",  "caption", "body", "figure",  "pre",    "blockquote"};
  return is_any_name(name, kBlocks) ? 1 : 0;
}

std::size_t lines_after(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kParagraphs{"p",  "h1", "h2", "h3",
                                                               "h4", "h5", "h6", "hr"};
  return is_any_name(name, kParagraphs) ? 2 : lines_before(name);
}

std::string_view value_of(const HtmlAttributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string_view{} : found->second;
}

// A style without its blanks, in lower case: "display:none;color:red".
std::string style_of(const HtmlAttributes& attributes) {
  std::string style;
  for (const char c : value_of(attributes, "style")) {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') style += lower(c);
  }
  return style;
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// An address that says something to who reads it elsewhere: not "#top", "cid:1", "javascript:...".
std::string address_of(std::string_view href) {
  static constexpr std::array<std::string_view, 5> kSchemes{"http://", "https://", "ftp://",
                                                            "mailto:", "tel:"};
  const std::string_view whole = without_blanks(href);
  const std::string begin = lower(std::string(whole.substr(0, 8)));
  const bool known = std::any_of(kSchemes.begin(), kSchemes.end(), [&](std::string_view scheme) {
    return begin.starts_with(scheme);
  });
  if (!known || whole.size() > kLinkMost) return "";
  std::string address;
  for (const char c : whole) {
    if (static_cast<unsigned char>(c) > 0x20 && c != '<' && c != '>') address += c;
  }
  return address;
}

// "www.example.no" and "https://www.example.no/" say the same.
std::string_view bare(std::string_view address) {
  for (const std::string_view scheme : {"http://", "https://", "mailto:", "tel:"}) {
    if (address.starts_with(scheme)) address.remove_prefix(scheme.size());
  }
  if (address.ends_with('/')) address.remove_suffix(1);
  return address;
}

}  // namespace

bool is_hidden(std::string_view name, const HtmlAttributes& attributes) {
  return is_hidden_by_kind(name) || attributes.contains("hidden") ||
         style_of(attributes).find("display:none") != std::string::npos;
}

bool is_quotation(const HtmlAttributes& attributes) {
  const bool cited = value_of(attributes, "type") == "cite" || attributes.contains("cite") ||
                     value_of(attributes, "class").find("quote") != std::string_view::npos;
  return cited || style_of(attributes).find("border:none") == std::string::npos;
}

void HtmlReader::begins(std::string_view name, const HtmlAttributes& attributes) {
  Open open;
  open.name = name;
  open.hidden = is_hidden(name, attributes);
  if (open.hidden) ++hidden_;
  if (hidden_ == 0) begin_shown(open, attributes);
  open_.push_back(std::move(open));
}

void HtmlReader::begin_shown(Open& open, const HtmlAttributes& attributes) {
  const std::string_view name = open.name;
  if (name == "br") {
    lines_.line_break();
  } else if (name == "img") {
    lines_.words(value_of(attributes, "alt"));
  } else if (name == "li") {
    begin_item();
  } else if (name == "td" || name == "th") {
    begin_cell(name);
  } else if (name == "ul" || name == "ol") {
    lists_.push_back({name == "ol", 0});
    lines_.new_block(1);
  } else if (name == "table") {
    const std::string_view border = value_of(attributes, "border");
    tables_.push_back({!border.empty() && border != "0"});
    lines_.new_block(1);
  } else if (name == "blockquote" && is_quotation(attributes)) {
    open.quoted = true;
    lines_.quote();
  } else if (name == "a") {
    open.address = address_of(value_of(attributes, "href"));
    open.begun = lines_.written();
  } else if (const std::size_t lines = lines_before(name); lines > 0) {
    lines_.new_block(lines);
    if (name == "pre") begin_preformatted(open, attributes);
  }
}

// Thunderbird writes plain text so: that is no code.
void HtmlReader::begin_preformatted(Open& open, const HtmlAttributes& attributes) {
  open.verbatim = true;
  open.fenced = !value_of(attributes, "class").starts_with("moz-") && verbatim_ == 0;
  if (open.fenced) lines_.fence();
  ++verbatim_;
  at_verbatim_start_ = true;
}

void HtmlReader::begin_item() {
  std::string mark = "* ";
  if (!lists_.empty()) {
    const std::size_t depth = std::min(lists_.size() - 1, kIndentMost);
    ++lists_.back().item;
    if (lists_.back().numbered) mark = std::to_string(lists_.back().item) + ". ";
    mark.insert(0, 2 * depth, ' ');
  }
  lines_.mark(mark);
}

void HtmlReader::begin_cell(std::string_view name) {
  if (name == "th" && !tables_.empty()) tables_.back().lined = true;
  lines_.cell(!tables_.empty() && tables_.back().lined ? " | " : " ");
}

void HtmlReader::ends(std::string_view name) {
  if (open_.empty() || open_.back().name != name) return;
  const Open open = std::move(open_.back());
  open_.pop_back();
  if (open.hidden) --hidden_;
  if (!open.hidden && hidden_ == 0) end_shown(open);
}

void HtmlReader::end_shown(const Open& open) {
  if (open.verbatim) --verbatim_;
  if (open.fenced) lines_.fence();
  if (open.quoted) lines_.unquote();
  if (!open.address.empty()) end_link(open);
  const bool is_list = open.name == "ul" || open.name == "ol";
  if (is_list && !lists_.empty()) lists_.pop_back();
  if (open.name == "table" && !tables_.empty()) tables_.pop_back();
  if (open.name == "li") lines_.new_block(1);
  const std::size_t lines = std::min<std::size_t>(lines_after(open.name), lists_.empty() ? 2 : 1);
  if (lines > 0) lines_.new_block(lines);
}

void HtmlReader::end_link(const Open& open) {
  const std::string_view text = without_blanks(lines_.since(open.begun));
  if (text == open.address || bare(text) == bare(open.address)) return;
  lines_.words((text.empty() ? "<" : " <") + open.address + ">");
}

void HtmlReader::says(std::string_view text) {
  if (hidden_ > 0) return;
  if (verbatim_ == 0) return lines_.words(text);
  if (at_verbatim_start_ && text.starts_with('\n')) text.remove_prefix(1);
  at_verbatim_start_ = false;
  lines_.verbatim(text);
}

}  // namespace saksbro::codec
