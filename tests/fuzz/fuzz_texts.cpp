// The small formats: HTML to text and back, JSON, forms, IMAP's lines, times, UTF-8. The first part
// is tried by all of them.
//
// What must hold: JSON that was read can be copied, written, and is read as the same; what comes
// out of a page shows as what went in; UTF-8 is UTF-8 once repaired.
#include "bridge/codec/base32.h"
#include "bridge/codec/digest.h"
#include "bridge/codec/form.h"
#include "bridge/codec/imap.h"
#include "bridge/codec/json.h"
#include "bridge/codec/mail_address.h"
#include "bridge/codec/markup/html.h"
#include "bridge/codec/markup/html_text.h"
#include "bridge/codec/rfc3339.h"
#include "bridge/codec/url.h"
#include "bridge/codec/utf8.h"
#include "tests/fuzz/parts.h"

namespace saksbro::codec {
namespace {

using fuzz::require;

bool is_utf8(std::string_view text) { return !first_invalid_utf8(text); }

void try_json(std::string_view text, Bytes bytes) {
  const auto json = parse_json(text, "fuzz", bytes);
  if (!json) return require(!json.error().what.empty(), "an error says what is wrong");
  const Json copy = *json;
  const std::string written = write_json(copy);
  require(is_utf8(written), "JSON is written as UTF-8");
  const auto again = parse_json(written, "again");
  require(again.has_value() && write_json(*again) == written, "JSON is read as it was written");
  for (const char* path : {"", "id", "issue.id", "a.b.c.d"}) {
    static_cast<void>(integer_at(copy, path));
    const auto found = text_at(copy, path);
    require(!found || is_utf8(*found), "a text of JSON is UTF-8");
    static_cast<void>(flag_at(copy, path));
  }
}

void try_html(std::string_view text) {
  const std::string read = text_from_html(text);
  require(read.size() <= 16 * text.size() + 64, "the length of a page's text is bounded");
  require(is_utf8(read), "a page's text is UTF-8");
  const std::string escaped = escape_html(text);
  require(is_utf8(escaped), "a page is UTF-8");
  require(escaped.find_first_of("<>\"'") == std::string::npos, "no sign of HTML is left");
}

void try_form(std::string_view text) {
  const auto form = read_form(text);
  if (!form) return;
  for (const auto& [name, value] : *form) {
    require(is_utf8(name) && is_utf8(value), "a form's fields are UTF-8");
    require(fuzz::is_plain_text(typed_words(value)), "typed words are plain text");
  }
}

void try_times(std::string_view text) {
  if (const auto time = parse_rfc3339(text)) {
    require(parse_rfc3339(write_rfc3339(*time)) == time, "a time is read as it was written");
  }
  static_cast<void>(parse_http_date(text));
}

void try_mail_words(std::string_view text) {
  if (const auto address = mail_address(text)) {
    require(mail_address(*address) == *address, "an address is one again");
    require(address->find_first_of("\r\n <>,\"") == std::string::npos, "an address is one word");
  }
  if (const auto mailbox = mailbox_from(text)) {
    require(mail_address(mailbox->address) == mailbox->address, "a mailbox has an address");
  }
  for (const ImapFetched& one : read_fetched(text)) {
    require(one.uid > 0, "what was fetched has a number");
    require(!one.body || one.body->size() <= text.size(), "a body is of its line");
  }
  const auto found = read_search(text);
  for (std::size_t i = 1; i < found.size(); ++i) {
    require(found[i - 1] < found[i], "numbers ascend, each once");
  }
}

}  // namespace
}  // namespace saksbro::codec

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace saksbro::codec;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try_json(text, Bytes::utf8);
  try_json(text, Bytes::latin1_allowed);
  try_html(text);
  try_form(text);
  try_times(text);
  try_mail_words(text);
  require(is_utf8(repair_latin1(text)), "repaired, it is UTF-8");
  require(from_base32(to_base32(text)) == text, "base32 is read as it was written");
  require(from_base64(to_base64(text)) == text, "base64 is read as it was written");
  require(from_hex(to_hex(text)) == text, "hex is read as it was written");
  require(percent_encode(text).find_first_of("/?#&= \r\n") == std::string::npos,
          "encoded, no sign of a URL is left");
  return 0;
}
