#include "bridge/codec/mime/mime_flowed.h"

#include <algorithm>
#include <cstddef>
#include <memory>

#include "bridge/codec/mime/gmime_values.h"
#include "bridge/contract/ascii.h"

namespace saksbro::codec {
namespace {

struct Line {
  std::size_t depth = 0;  // of quotation
  std::string_view text;  // without stuffing
  bool flows = false;     // goes on in the next line
};

Line read_line(std::string_view raw) {
  Line line;
  if (raw.ends_with('\r')) raw.remove_suffix(1);
  line.depth = std::min(raw.find_first_not_of('>'), raw.size());
  line.text = raw.substr(line.depth);
  if (line.text.starts_with(' ')) line.text.remove_prefix(1);
  line.flows = line.text.ends_with(' ') && line.text != "-- ";
  return line;
}

// The value of the topmost Content-Type, unfolded.
std::string content_type_in(std::string_view headers) {
  constexpr std::string_view kName = "content-type:";
  std::string value;
  for (bool found = false; !headers.empty();) {
    const std::size_t end = std::min(headers.find('\n'), headers.size());
    const std::string_view line = headers.substr(0, end);
    headers.remove_prefix(std::min(end + 1, headers.size()));
    if (found) {
      if (!line.starts_with(' ') && !line.starts_with('\t')) break;
      value += line;
    } else if (lower(std::string(line.substr(0, kName.size()))) == kName) {
      found = true;
      value = line.substr(kName.size());
    }
  }
  std::erase_if(value, [](char c) { return c == '\r' || c == '\0'; });
  return value;
}

}  // namespace

LineFlow line_flow(std::string_view headers) {
  const std::string value = content_type_in(headers);
  if (value.empty()) return {};
  start_gmime_once();
  const std::unique_ptr<GMimeContentType, Unref> type(
      g_mime_content_type_parse(nullptr, value.c_str()));
  if (!parameter_is(type.get(), "format", "flowed")) return {};
  return {true, parameter_is(type.get(), "delsp", "yes")};
}

std::string unflowed(std::string_view text, bool delsp) {
  std::string out;
  bool goes_on = false;  // the line before flows into this one
  std::size_t depth = 0;
  for (bool first = true; !text.empty() || first; first = false) {
    const std::size_t end = text.find('\n');
    const Line line = read_line(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    // Only lines of the same depth are one paragraph; a blank line and a signature are none.
    if (!goes_on || line.depth != depth || line.text.empty() || line.text == "-- ") {
      if (!first) out += '\n';
      if (line.depth > 0) out += std::string(line.depth, '>') + " ";
    }
    out += line.flows && delsp ? line.text.substr(0, line.text.size() - 1) : line.text;
    goes_on = line.flows;
    depth = line.depth;
  }
  return out;
}

}  // namespace saksbro::codec
