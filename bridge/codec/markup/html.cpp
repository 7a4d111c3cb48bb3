#include "bridge/codec/markup/html.h"

#include "bridge/codec/utf8.h"

namespace saksbro::codec {
namespace {

void add_escaped(std::string& html, char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (c == '&') {
    html += "&amp;";
  } else if (c == '<') {
    html += "&lt;";
  } else if (c == '>') {
    html += "&gt;";
  } else if (c == '"') {
    html += "&quot;";
  } else if (c == '\'') {
    html += "&#39;";
  } else if ((byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F) {
    html += kReplacement;
  } else {
    html += c;
  }
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string html;
  html.reserve(text.size());
  while (!text.empty()) {
    const auto wrong = first_invalid_utf8(text);
    for (const char c : text.substr(0, wrong.value_or(text.size()))) add_escaped(html, c);
    if (!wrong) break;
    html += kReplacement;
    text.remove_prefix(*wrong + 1);
  }
  return html;
}

}  // namespace saksbro::codec
