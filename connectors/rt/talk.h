// The conversation with RT about one command, written as if the calls were made on the spot.
//
// Each look() and write() takes the next exchange of the transcript. When the transcript has no
// more, or the exchange ends the matter, the Step to return is the error: so a verb reads from top
// to bottom, and `if (!x) return x.error();` is where it waits.
#pragma once

#include <string>

#include "bridge/codec/json.h"
#include "connectors/rt/rt_system.h"

namespace saksbro::rt {

using codec::Json;

template <class T>
using Told = tl::expected<T, Step>;

struct Reply {
  std::string call;  // "GET /REST/2.0/ticket/7", for messages
  int status = 0;
  Json body;         // null when there is none, or no JSON
  std::string etag;  // of a ticket: the number of its last transaction
  Instant at{};      // by RT's clock
};

class Talk {
 public:
  Talk(const RtSettings& settings, Transcript so_far) : settings_(settings), so_far_(so_far) {}

  // GET. A 403 is handed over only when asked for; else it stops the whole system (credentials).
  enum class Forbidden { stops_system, is_told };
  [[nodiscard]] Told<Reply> look(const std::string& path,
                                 Forbidden forbidden = Forbidden::stops_system);
  // As look(), and only 200 with a JSON object will do.
  [[nodiscard]] Told<Reply> need(const std::string& path);

  // With `if_match`, RT refuses when the ticket has changed since it was seen: that ends the
  // attempt, and the next one begins with a look.
  [[nodiscard]] Told<Reply> write(const std::string& method, const std::string& path,
                                  const Json& body, const std::string& if_match = {});

  [[nodiscard]] const RtSettings& settings() const { return settings_; }

 private:
  [[nodiscard]] Told<Reply> exchange(Call call, Forbidden forbidden);

  const RtSettings& settings_;
  Transcript so_far_;
  std::size_t used_ = 0;
};

// What RT said in a refusal, or in the list of sentences that a PUT is answered with.
[[nodiscard]] std::string said(const Reply& reply);

// RT says "Permission Denied" with 200, 400 or 403; `right` is the one that is probably missing.
[[nodiscard]] Outcome refusal(const Reply& reply, const std::string& right);

[[nodiscard]] inline tl::unexpected<Step> ended(Outcome outcome) {
  return tl::unexpected<Step>(Step{std::move(outcome)});
}

[[nodiscard]] Call get(const RtSettings& settings, const std::string& path);

}  // namespace saksbro::rt
