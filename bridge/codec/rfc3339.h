// RFC 3339 times, and the date of HTTP headers (RFC 9110 5.6.7).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bridge/contract/time.h"

namespace saksbro::codec {

// "2026-11-23T09:32:11Z", with fraction, with +01:00, +0100 or +01; nothing without a zone.
[[nodiscard]] std::optional<Instant> parse_rfc3339(std::string_view text);

[[nodiscard]] std::string write_rfc3339(Instant instant);          // 2026-11-23T09:32:11.123Z
[[nodiscard]] std::string write_rfc3339_seconds(Instant instant);  // 2026-11-23T09:32:11Z

[[nodiscard]] std::optional<Instant> parse_http_date(
    std::string_view text);  // Mon, 23 Nov 2026 09:32:11 GMT

}  // namespace saksbro::codec
