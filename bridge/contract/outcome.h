// How work at another system ended.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bridge/contract/call.h"
#include "bridge/contract/ids.h"
#include "bridge/contract/phrase.h"
#include "bridge/contract/time.h"

namespace saksbro {

// Done, and verified by reading it back. `snapshot` is a document that the same connector's
// normalise() reads as a TicketState (or TicketGone); empty where there is no ticket (alerts).
struct Delivered {
  RemoteKey key;
  std::string snapshot;
  std::optional<BlobRef> file{};  // FetchFile: what came into the spool
  std::string looks_like{};       // and the media type that its bytes look like; empty: not known
};

enum class Scope {
  command,  // this command only
  system    // nothing for this system will get through now: expired credentials, maintenance
};

// Not done, or not known to be done. Tried again by the schedule; the next attempt begins with a
// look.
struct RetryLater {
  RetryLater() = default;
  // No plain text: it would have one language.
  explicit RetryLater(Sentence reason, std::optional<Instant> when = {},
                      Scope what = Scope::command)
      : why(reason, {}), not_before(when), scope(what) {}
  template <std::same_as<Phrase> Reason>
  explicit RetryLater(Reason reason, std::optional<Instant> when = {}, Scope what = Scope::command)
      : why(std::move(reason)), not_before(when), scope(what) {}

  Phrase why;                         // a tracker's own words are arguments
  std::optional<Instant> not_before;  // the system asked for this (Retry-After), or a settle time
  Scope scope = Scope::command;
};

// Refused for good: becomes a dead letter. `why` is shown to people, in the ticket concerned too.
struct Rejected {
  Rejected() = default;
  explicit Rejected(Sentence reason) : why(reason, {}) {}
  template <std::same_as<Phrase> Reason>
  explicit Rejected(Reason reason) : why(std::move(reason)) {}

  Phrase why;
};

using Outcome = std::variant<Delivered, RetryLater, Rejected>;

// The next call to make, or the end.
using Step = std::variant<Call, Outcome>;

// Where a poll has come to. `since` is by the remote system's clock; the connector overlaps by
// itself.
struct Cursor {
  Instant since{};
  std::string position;  // within a page walk; the connector's own

  friend bool operator==(const Cursor&, const Cursor&) = default;
};

struct Polled {
  DeliveryId id;     // the same for the same change, so that an overlap is deduplicated
  std::string body;  // for normalise()
};

struct Page {
  std::vector<Polled> found;
  Cursor next;
  bool more = false;  // poll again at once: there are further pages
};

using PollStep = std::variant<Call, Page, RetryLater>;

}  // namespace saksbro
