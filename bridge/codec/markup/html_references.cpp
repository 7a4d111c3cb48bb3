#include "bridge/codec/markup/html_references.h"

#include <cmark-gfm.h>
#include <libxml/HTMLparser.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>

#include "bridge/codec/markup/html.h"
#include "bridge/codec/windows_1252.h"
#include "bridge/contract/ascii.h"

namespace saksbro::codec {
namespace {

constexpr std::size_t kLongestName = 32;  // "CounterClockwiseContourIntegral" has 31

// cmark's table has all names of HTML 5; a document of one reference is how it is asked.
std::string named_character(const std::string& reference) {
  const std::unique_ptr<cmark_node, decltype(&cmark_node_free)> document(
      cmark_parse_document(reference.data(), reference.size(), CMARK_OPT_DEFAULT),
      &cmark_node_free);
  cmark_node* paragraph = document ? cmark_node_first_child(document.get()) : nullptr;
  cmark_node* text = paragraph == nullptr ? nullptr : cmark_node_first_child(paragraph);
  const char* literal = text == nullptr ? nullptr : cmark_node_get_literal(text);
  return literal == nullptr ? "" : literal;
}

// "#128", "#x80" -> 128.
std::optional<std::uint32_t> number_of(std::string_view name) {
  const bool hex = name.size() > 2 && (name[1] == 'x' || name[1] == 'X');
  const std::string_view digits = name.substr(hex ? 2 : 1);
  std::uint32_t point = 0;
  const auto [end, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), point, hex ? 16 : 10);
  if (problem != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return point;
}

class Pass {
 public:
  explicit Pass(std::string_view html) : html_(html), last_close_(html.rfind('>')) {}

  std::string rewritten() {
    std::string out;
    out.reserve(html_.size());
    for (std::size_t at = 0; at < html_.size();) {
      const std::size_t next = std::min(html_.find_first_of("&<", at), html_.size());
      out += html_.substr(at, next - at);
      at = next;
      if (at == html_.size()) break;
      if (html_[at] == '<') {
        const bool ends = last_close_ != html_.npos && at < last_close_;
        out += ends ? "<" : "&lt;";
        ++at;
      } else {
        at += reference(html_.substr(at), out);
      }
    }
    return out;
  }

 private:
  // Writes what `rest` begins with, and tells how much of it that was.
  std::size_t reference(std::string_view rest, std::string& out) {
    const std::size_t end = rest.substr(0, kLongestName + 2).find(';');
    const std::string_view name = end == rest.npos ? "" : rest.substr(1, end - 1);
    const std::string_view letters = name.substr(name.starts_with('#') ? 1 : 0);
    if (letters.empty() || !std::all_of(letters.begin(), letters.end(), is_ascii_alnum)) {
      out += '&';
      return 1;
    }
    out += name.front() == '#' ? numbered(name) : known(name);
    return end + 1;
  }

  static std::string numbered(std::string_view name) {
    const auto point = number_of(name);
    const bool surrogate = point && *point >= 0xD800 && *point <= 0xDFFF;
    const std::string whole = std::string(name) + ";";
    if (!point || *point == 0 || *point > 0x10FFFF || surrogate) return "&amp;" + whole;
    if (*point >= 0x80 && *point <= 0x9F) return windows_1252_character(static_cast<char>(*point));
    return "&" + whole;
  }

  std::string known(std::string_view name) {
    const std::string whole = "&" + std::string(name) + ";";
    const auto* letters = reinterpret_cast<const xmlChar*>(whole.c_str() + 1);
    const std::unique_ptr<xmlChar, void (*)(xmlChar*)> copy(
        xmlStrndup(letters, static_cast<int>(name.size())), [](xmlChar* one) { xmlFree(one); });
    if (htmlEntityLookup(copy.get()) != nullptr) return whole;
    auto [found, is_new] = names_.try_emplace(std::string(name));
    if (is_new) {
      const std::string text = named_character(whole);
      found->second = text == "&" || text.empty() ? "&amp;" + whole.substr(1) : escape_html(text);
    }
    return found->second;
  }

  std::string_view html_;
  std::size_t last_close_;
  std::map<std::string, std::string, std::less<>> names_;
};

}  // namespace

std::string with_plain_references(std::string_view html) { return Pass(html).rewritten(); }

}  // namespace saksbro::codec
