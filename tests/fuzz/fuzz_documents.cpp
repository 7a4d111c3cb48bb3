// Marked-up text of other parties, read in each dialect and written in each. The first byte says in
// which it is read.
//
// What must hold: what is read is normalised and UTF-8; what is written is bounded; what was
// written once is read and written as it is.
#include "bridge/codec/json.h"
#include "bridge/codec/markup/dialects.h"
#include "bridge/codec/utf8.h"
#include "tests/fuzz/parts.h"

namespace saksbro::codec {
namespace {

using fuzz::require;

Document read_as(char dialect, const std::string& text) {
  switch (dialect % 6) {
    case 0:
      return document_from_plain(text);
    case 1:
      return document_from_markdown(text);
    case 2:
      return document_from_html(text);
    case 3:
      return document_from_wiki(text);
    case 4:
      return document_from_textile(text);
    default:
      break;
  }
  const auto adf = parse_json(text, "adf");
  return adf ? document_from_adf(*adf) : Document{};
}

void try_written(const std::string& text, std::size_t spoken) {
  require(!first_invalid_utf8(text), "what is written is UTF-8");
  require(text.size() <= 2'000 * (spoken + 1), "what is written is bounded");
}

void try_text(char dialect, const std::string& text) {
  const Document document = read_as(dialect, text);
  require(normalised(document) == document, "what is read is normalised");
  const std::size_t most = 4 * text.size() + 64;
  require(spoken_text(document).size() <= most, "what is read is bounded");
  for (const auto& write :
       {plain_text, markdown_text, html_of, wiki_text, textile_text, redmine_markdown_text})
    try_written(write(document), most);
  try_written(write_json(adf_of(document)), most);
}

}  // namespace
}  // namespace saksbro::codec

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace saksbro::codec;
  if (size == 0) return 0;
  const std::string text = repair_latin1({reinterpret_cast<const char*>(data + 1), size - 1});
  try_text(static_cast<char>(data[0] & 0x7FU), text);
  return 0;
}
