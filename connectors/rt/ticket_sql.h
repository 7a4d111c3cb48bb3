// RT's search language, TicketSQL.
#pragma once

#include <string>
#include <string_view>

#include "bridge/contract/time.h"

namespace saksbro::rt {

// 'it\'s': backslash escapes ' and \ (measured: '' is an error, a bare \ is lost).
[[nodiscard]] std::string sql_text(std::string_view text);

// 'YYYY-MM-DD HH:MM:SS'. RT reads it in the zone of the user who asks: that must be UTC.
[[nodiscard]] std::string sql_time(Instant instant);

}  // namespace saksbro::rt
