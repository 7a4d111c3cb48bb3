#include "bridge/codec/mime/mime_flowed.h"

#include <algorithm>
#include <cstddef>

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

}  // namespace

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
