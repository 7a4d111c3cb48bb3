// The conversation with a tracker about one command, for trackers that speak JSON over HTTP.
//
// Each look() and write() takes the next exchange of the transcript. When the transcript has no
// more, the Step to return is that call; when the exchange ends the matter (no answer, 5xx, wrong
// credentials: codec/settle.h), it is the outcome. See step_or.h.
#pragma once

#include <optional>
#include <string>

#include "bridge/codec/json.h"
#include "bridge/contract/command.h"
#include "connectors/tracker/step_or.h"

namespace saksbro::tracker {

using codec::Json;

struct Reply {
  std::string call;  // "GET /issues/7.json", for messages
  int status = 0;
  Json body;                      // null when there is none, or no JSON
  std::string etag;               // "" when the tracker sends none
  Instant at{};                   // by the tracker's own clock, where it tells the time
  std::optional<BlobRef> blob{};  // of a download that succeeded
  std::uint64_t blob_bytes = 0;   // see Answer
  Headers headers{};              // "x-next-page", where pages are told so
};

// What differs between trackers. Made from a connector's settings, once a conversation.
struct Dialect {
  std::string tracker;  // "Redmine", for messages
  std::string root;     // what paths are appended to: "https://rt.example/REST/2.0"
  Headers headers;      // of each call: credentials, "accept"
  // How a look ended that need() had answered with something other than 200.
  Outcome (*refusal)(const Reply& reply) = nullptr;
  codec::Bytes bytes = codec::Bytes::utf8;
};

// "GET" at a path of the tracker, with its headers.
[[nodiscard]] Call get(const Dialect& dialect, const std::string& path);

class Conversation {
 public:
  Conversation(Dialect dialect, Transcript so_far)
      : dialect_(std::move(dialect)), so_far_(so_far) {}

  // GET. A 403 is handed over only when asked for; else it stops the whole system (credentials).
  enum class Forbidden { stops_system, is_told };
  [[nodiscard]] StepOr<Reply> look(const std::string& path,
                                   Forbidden forbidden = Forbidden::stops_system);
  // As look(), and only 200 with a JSON object will do.
  [[nodiscard]] StepOr<Reply> need(const std::string& path);

  // Never sent twice; null sends no body (DELETE). All answers but the ones that mean the same
  // everywhere are handed over, 403 too. With `if_match`, a tracker that knows entity tags refuses
  // (412) when the ticket has changed since it was seen: that ends the attempt, and the next one
  // begins with a look.
  [[nodiscard]] StepOr<Reply> write(const std::string& method, const std::string& path,
                                    const Json& body, const std::string& if_match = {});

  // A call that the connector has put together itself.
  [[nodiscard]] StepOr<Reply> exchange(Call call, Forbidden forbidden);

  [[nodiscard]] const Dialect& dialect() const { return dialect_; }

 private:
  Dialect dialect_;
  Replay so_far_;
};

// A conversation that knows its system's settings. Needs a function
// `tracker::Dialect dialect_of(const Settings&)` in the settings' own namespace.
template <class Settings>
class ConversationOf : public Conversation {
 public:
  ConversationOf(const Settings& settings, Transcript so_far)
      : Conversation(dialect_of(settings), so_far), settings_(settings) {}

  [[nodiscard]] const Settings& settings() const { return settings_; }

 private:
  const Settings& settings_;
};

[[nodiscard]] inline bool is_success(const Reply& reply) { return reply.status / 100 == 2; }

// The texts of a list, joined by "; ": how trackers tell several errors. Other members are skipped.
[[nodiscard]] std::string joined_texts(const Json& list);

}  // namespace saksbro::tracker
