#include "bridge/codec/rate_limit.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "bridge/codec/rfc3339.h"
#include "bridge/contract/settings.h"

namespace saksbro::codec {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr long long kSince1970 = 1'000'000'000;  // no server waits for 30 years
constexpr long long kLongest = 86'400;

milliseconds from_now(Instant then, Instant now) { return std::max(milliseconds(0), then - now); }

// "2026-03-26T16:00Z"
std::optional<Instant> moment(const std::string& text) {
  if (const auto whole = parse_rfc3339(text)) return whole;
  constexpr std::size_t kToMinutes = 16;
  return text.size() > kToMinutes ? parse_rfc3339(std::string(text).insert(kToMinutes, ":00"))
                                  : std::nullopt;
}

std::optional<milliseconds> reset_in(const std::string& text, Instant now) {
  if (const auto number = parse_whole_number(text); number && *number >= 0) {
    if (*number < kSince1970) return seconds(std::min(*number, kLongest));
    return from_now(Instant(seconds(std::min(*number, 100 * kSince1970))), now);
  }
  if (const auto then = moment(text)) return from_now(*then, now);
  return std::nullopt;
}

std::optional<long long> member_in(std::string_view item, std::string_view name) {
  const auto at = item.find(name);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view rest = item.substr(at + name.size());
  return parse_whole_number(rest.substr(0, rest.find_first_of("; ")));
}

std::optional<milliseconds> used_up_in(std::string_view list) {
  std::optional<milliseconds> wait;
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    const std::string_view item = list.substr(0, comma);
    const auto seconds_left = member_in(item, ";t=");
    if (member_in(item, ";r=") == 0 && seconds_left && *seconds_left >= 0)
      wait = std::max(wait.value_or(milliseconds(0)),
                      milliseconds(seconds(std::min(*seconds_left, kLongest))));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return wait;
}

}  // namespace

std::optional<milliseconds> wait_until_reset(const Headers& headers, Instant now) {
  for (const char* name : {"x-ratelimit-reset", "ratelimit-reset", "x-rate-limit-reset"}) {
    if (const auto header = headers.find(name); header != headers.end()) {
      if (const auto wait = reset_in(header->second, now)) return wait;
    }
  }
  for (const char* name : {"ratelimit", "beta-ratelimit"}) {
    if (const auto header = headers.find(name); header != headers.end()) {
      if (const auto wait = used_up_in(header->second)) return wait;
    }
  }
  return std::nullopt;
}

}  // namespace saksbro::codec
