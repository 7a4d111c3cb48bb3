// Foreign text as Redmine gets it. The first byte says which format.
//
// What must hold: read back, it is what went in; escaped twice, it is not less; a line is one.
#include "bridge/codec/utf8.h"
#include "connectors/redmine/markup.h"
#include "connectors/redmine/read_markup.h"
#include "tests/fuzz/parts.h"

namespace saksbro::redmine {
namespace {

using fuzz::require;

void try_text(const std::string& text, TextFormat format) {
  const std::string written = escaped(text, format);
  require(!codec::first_invalid_utf8(written), "what is written is UTF-8");
  require(written.size() <= 16 * text.size() + 16, "escaping is bounded");
  require(unescaped(written, format) == text, "escaped text is read back as it was");
  require(read_as_text(written, format) == text, "and no markup is seen in it");
  require(read_as_text(text, format).size() <= 8 * text.size() + 16, "what is read is bounded");
}

void try_line(const std::string& text) {
  for (const std::size_t most : {1U, 2U, 60U, 255U}) {
    const std::string line = one_line(text, most);
    require(!codec::first_invalid_utf8(line), "a cut line is UTF-8");
    require(line.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos,
            "a line is one");
    std::size_t count = 0;
    for (const char c : line) count += (c & '\xC0') != '\x80' ? 1 : 0;
    require(count <= most, "a line is no longer than it may be");
  }
}

// Line ends become LF, and our own invisible sign is taken out: neither is a person's word.
std::string plain(std::string_view text) {
  std::string out = codec::repair_latin1(text);
  std::erase(out, '\r');
  std::erase(out, '\0');
  for (auto at = out.find("\u2060"); at != std::string::npos; at = out.find("\u2060")) {
    out.erase(at, 3);
  }
  return out;
}

}  // namespace
}  // namespace saksbro::redmine

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace saksbro::redmine;
  const std::string text = plain({reinterpret_cast<const char*>(data), size});
  try_text(text, TextFormat::textile);
  try_text(text, TextFormat::markdown);
  try_line(text);
  return 0;
}
