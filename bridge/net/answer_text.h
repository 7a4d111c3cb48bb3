// Answers as bytes. Pure.
#pragma once

#include <chrono>
#include <string>

#include "bridge/contract/time.h"
#include "bridge/net/http_server.h"
#include "bridge/net/request_head.h"

namespace saksbro::net {

// What the sender is told of the connection.
struct Keeping {
  bool kept = false;
  std::chrono::seconds idle{0};  // how long it may wait before it asks again
};

// A header that is none (a line break in it) is left out: an answer never becomes two.
[[nodiscard]] std::string answer_text(const Response& response, const std::string& method,
                                      Keeping keeping, Instant now);

// Always the last one of its connection.
enum class Told { whole, head_only };
[[nodiscard]] std::string refusal_text(const Refusal& refusal, Told told, Instant now);

// "Sun, 06 Nov 1994 08:49:37 GMT"
[[nodiscard]] std::string http_date(Instant now);

[[nodiscard]] std::string error_body(const std::string& why);

}  // namespace saksbro::net
