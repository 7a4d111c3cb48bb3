// A tracker that nobody has, for the tests of connectors/tracker: "Desk", at https://desk.test/api.
#pragma once

#include <string>
#include <vector>

#include "connectors/tracker/conversation.h"

namespace saksbro::tracker {

inline constexpr const char* kNow = "Mon, 23 Nov 2026 12:00:00 GMT";

struct DeskSettings {
  std::string queue = "IT";
  std::string marker_field = "Key";
};

[[nodiscard]] inline Dialect dialect_of(const DeskSettings&) {
  return {"Desk",
          "https://desk.test/api",
          {{"accept", "application/json"}, {"x-key", "secret"}},
          [](const Reply& reply) {
            return Outcome{Rejected{Phrase("Desk says " + std::to_string(reply.status))}};
          }};
}

using DeskConversation = ConversationOf<DeskSettings>;

[[nodiscard]] inline Exchange answered(const std::string& method, const std::string& path,
                                       int status, const std::string& body, Headers headers = {}) {
  const Repeat repeat = method == "GET" ? Repeat::harmless : Repeat::never;
  headers.emplace("date", kNow);
  return {Call{method, "https://desk.test/api" + path, {}, "", repeat},
          Answer{status, std::move(headers), body},
          {}};
}

// What a step comes to, in a line: "GET https://desk.test/api/tickets/7", "rejected: ...".
[[nodiscard]] inline std::string shown(const Step& step) {
  if (const auto* call = std::get_if<Call>(&step)) return call->method + " " + call->url;
  const Outcome& outcome = std::get<Outcome>(step);
  if (const auto* delivered = std::get_if<Delivered>(&outcome))
    return "delivered: " + delivered->key.text() + " " + delivered->snapshot;
  if (const auto* rejected = std::get_if<Rejected>(&outcome))
    return "rejected: " + in_english(rejected->why);
  const auto& later = std::get<RetryLater>(outcome);
  return (later.scope == Scope::system ? "the system waits: " : "later: ") + in_english(later.why);
}

template <class T>
[[nodiscard]] std::string why_not(const StepOr<T>& value) {
  return value ? "it has a value" : shown(value.error());
}

}  // namespace saksbro::tracker
