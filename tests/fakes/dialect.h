// How a fake tracker speaks. A new one is one file: answers to requests, and the webhooks it sends.
// A factory so that a dialect can look at the state: it owns nothing else. Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/fakes/tracker.h"
#include "tests/fakes/wire.h"

namespace saksbro::fakes {

struct Hook {
  Headers headers;
  std::string body;
};

class Dialect {
 public:
  Dialect() = default;
  Dialect(const Dialect&) = delete;
  Dialect& operator=(const Dialect&) = delete;
  virtual ~Dialect() = default;

  [[nodiscard]] virtual Answer answer(const Request& request) = 0;
  // What the tracker posts when these events have happened; nothing when it has no webhooks.
  [[nodiscard]] virtual std::optional<Hook> hook(const Ticket& ticket,
                                                 const std::vector<Event>& events) = 0;
};

using Speak = std::function<std::unique_ptr<Dialect>(Tracker&)>;

// Redmine 5 by REST, polled. `field_ids`: as in the bridge's configuration.
[[nodiscard]] std::unique_ptr<Dialect> speak_redmine(Tracker& tracker,
                                                     std::map<std::string, int> field_ids);
// Request Tracker 5 by REST2, with the scrip of connectors/rt.
[[nodiscard]] std::unique_ptr<Dialect> speak_rt(Tracker& tracker, std::string webhook_secret);
// A gateway for alerts: each POST is an entry "created" of the ledger, its text the idempotency
// key.
[[nodiscard]] std::unique_ptr<Dialect> speak_alert(Tracker& tracker);

}  // namespace saksbro::fakes
