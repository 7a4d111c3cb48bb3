// The conversation with Redmine about one command, written as if the calls were made on the spot.
//
// Each look() and write() takes the next exchange of the transcript. When the transcript has no
// more, or the exchange ends the matter, the Step to return is the error: so a verb reads from top
// to bottom, and `if (!x) return x.error();` is where it waits.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bridge/codec/json.h"
#include "connectors/redmine/redmine_system.h"

namespace saksbro::redmine {

using codec::Json;

template <class T>
using Told = tl::expected<T, Step>;

struct Reply {
  std::string call;  // "GET /issues/7.json", for messages
  int status = 0;
  Json body;     // null when there is none
  Instant at{};  // by the server's clock
};

class Talk {
 public:
  Talk(const RedmineSettings& settings, Transcript so_far) : settings_(settings), so_far_(so_far) {}

  // GET. A 403 is handed over only when asked for; else it stops the whole system (credentials).
  enum class Forbidden { stops_system, is_told };
  [[nodiscard]] Told<Reply> look(const std::string& path,
                                 Forbidden forbidden = Forbidden::stops_system);
  // With the key that is for groups, which Redmine shows to administrators only.
  [[nodiscard]] Told<Reply> look_at_groups(const std::string& path);
  // As look(), and only 200 with JSON will do.
  [[nodiscard]] Told<Reply> need(const std::string& path);

  [[nodiscard]] Told<Reply> write(const std::string& method, const std::string& path,
                                  const Json& body);

  [[nodiscard]] const RedmineSettings& settings() const { return settings_; }

 private:
  [[nodiscard]] Told<Reply> exchange(Call call, Forbidden forbidden);

  const RedmineSettings& settings_;
  Transcript so_far_;
  std::size_t used_ = 0;
};

// How a call ended that Redmine answered with something other than 2xx.
[[nodiscard]] Outcome refusal(const Reply& reply);

[[nodiscard]] inline tl::unexpected<Step> ended(Outcome outcome) {
  return tl::unexpected<Step>(Step{std::move(outcome)});
}

[[nodiscard]] Call get(const RedmineSettings& settings, const std::string& path);

}  // namespace saksbro::redmine
