#include "bridge/codec/markup/html_text.h"

#include "bridge/codec/markup/html_reader.h"

namespace saksbro::codec {

std::string text_from_html(std::string_view html) {
  HtmlReader reader;
  read_html(html, reader);
  return std::move(reader).take();
}

}  // namespace saksbro::codec
