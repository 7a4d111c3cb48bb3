#include "connectors/rt/ticket_sql.h"

#include "bridge/codec/rfc3339.h"

namespace saksbro::rt {

std::string sql_text(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

std::string sql_time(Instant instant) {
  std::string text = codec::write_rfc3339_seconds(instant);
  text.at(10) = ' ';
  text.pop_back();
  return "'" + text + "'";
}

}  // namespace saksbro::rt
