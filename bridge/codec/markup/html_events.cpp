#include "bridge/codec/markup/html_events.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <memory>

#include "bridge/codec/fit.h"
#include "bridge/codec/markup/html_references.h"
#include "bridge/codec/markup/html_text.h"

namespace saksbro::codec {
namespace {

// At each end tag libxml2 looks through the elements that are open. So that a page of elements that
// never end takes time by its length too, it is fed in pieces, and a parser that has so many open
// is let go.
constexpr std::size_t kPiece = 4'096;
constexpr int kOpenMost = 400;
// What comes is within a body, whatever it brings itself. Further bodies are none; but each lets
// one end of a body pass, so that what stands behind is read, too.
constexpr std::string_view kAround = "<html><body><body><body><body><body><body><body><body>";

struct Stream {
  HtmlEvents& events;
  bool letting_go = false;  // the ends that a parser makes up at its own end say nothing
};

std::string_view xml_text_of(const xmlChar* text) {
  return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

void on_begin(void* stream, const xmlChar* name, const xmlChar** attributes) {
  auto& self = *static_cast<Stream*>(stream);
  HtmlAttributes all;
  for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2)
    all.emplace(xml_text_of(attributes[0]), xml_text_of(attributes[1]));
  if (!self.letting_go) self.events.begins(xml_text_of(name), all);
}

void on_end(void* stream, const xmlChar* name) {
  auto& self = *static_cast<Stream*>(stream);
  if (!self.letting_go) self.events.ends(xml_text_of(name));
}

void on_text(void* stream, const xmlChar* text, int length) {
  static_cast<Stream*>(stream)->events.says(
      xml_text_of(text).substr(0, static_cast<std::size_t>(length)));
}

// Of scripts and styles.
void on_cdata(void*, const xmlChar*, int) {}

using Parser = std::unique_ptr<htmlParserCtxt, void (*)(htmlParserCtxtPtr)>;

Parser new_parser(Stream& stream) {
  xmlSAXHandler handler{};
  handler.startElement = on_begin;
  handler.endElement = on_end;
  handler.characters = on_text;
  handler.ignorableWhitespace = on_text;
  handler.cdataBlock = on_cdata;
  Parser parser(
      htmlCreatePushParserCtxt(&handler, &stream, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8),
      htmlFreeParserCtxt);
  if (parser) {
    htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                         HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                         HTML_PARSE_NOIMPLIED | HTML_PARSE_IGNORE_ENC);
    htmlParseChunk(parser.get(), kAround.data(), static_cast<int>(kAround.size()), 0);
  }
  return parser;
}

// A piece ends before a tag where there is one, and never within a character.
std::size_t piece_of(std::string_view html) {
  if (html.size() <= kPiece) return html.size();
  const std::size_t tag = html.rfind('<', kPiece);
  if (tag != html.npos && tag > 0) return tag;
  std::size_t end = kPiece;
  while (end > 1 && (static_cast<unsigned char>(html[end]) & 0xC0U) == 0x80U) --end;
  return end;
}

void feed(Stream& stream, std::string_view html) {
  Parser parser = new_parser(stream);
  while (!html.empty() && parser) {
    const std::size_t piece = piece_of(html);
    htmlParseChunk(parser.get(), html.data(), static_cast<int>(piece), 0);
    html.remove_prefix(piece);
    if (parser->nameNr <= kOpenMost && !html.empty()) continue;
    stream.letting_go = !html.empty();
    htmlParseChunk(parser.get(), nullptr, 0, 1);
    stream.letting_go = false;
    parser = html.empty() ? Parser(nullptr, htmlFreeParserCtxt) : new_parser(stream);
  }
}

}  // namespace

void read_html(std::string_view html, HtmlEvents& events) {
  static const bool started = [] {
    xmlInitParser();
    return true;
  }();
  static_cast<void>(started);
  Stream stream{events};
  feed(stream, with_plain_references(clean_text(cut_to(html, kHtmlBytesMost, Measure::bytes, ""))));
}

bool is_strange_tag(std::string_view tag) {
  std::string name(tag.substr(0, tag.find_first_of(" \t\n>", 1)));
  std::erase_if(name, [](char c) { return c == '<' || c == '/'; });
  const bool word = !name.empty() && name.find_first_of(":!?@.") == name.npos;
  return word && htmlTagLookup(reinterpret_cast<const xmlChar*>(name.c_str())) == nullptr;
}

}  // namespace saksbro::codec
