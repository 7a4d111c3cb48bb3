// One HTTP call that a connector wants made, and what became of it.
#pragma once

#include <span>
#include <string>
#include <variant>

#include "bridge/contract/delivery.h"
#include "bridge/contract/time.h"

namespace saksbro {

enum class Repeat {
  harmless,  // a look: may be sent again, may reuse a connection
  never      // a write: on the wire at most once, on a fresh connection
};

struct Call {
  std::string method;
  std::string url;
  Headers headers;  // may hold credentials: a Call is never logged whole
  std::string body;
  Repeat repeat = Repeat::harmless;
};

struct Answer {
  int status = 0;
  Headers headers;
  std::string body;
};

// No byte of the request left us: connection refused, no such host, TLS failed.
struct NotSent {
  std::string why;
};

// The request left, wholly or in part, and no whole answer came: it may have been carried out.
struct InDoubt {
  std::string why;
  bool may_still_run = false;  // we stopped waiting: the other side may be at it yet
};

using Fate = std::variant<Answer, NotSent, InDoubt>;

struct Exchange {
  Call call;
  Fate fate;
  Instant at{};  // our clock when the call ended
};

// The calls made so far for one command or one poll, oldest first.
using Transcript = std::span<const Exchange>;

}  // namespace saksbro
