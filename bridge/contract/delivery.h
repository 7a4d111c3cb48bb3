// What arrives, and what a connector sees in it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>

#include "bridge/contract/ids.h"
#include "bridge/contract/phrase.h"
#include "bridge/contract/ticket.h"
#include "bridge/contract/time.h"

namespace saksbro {

// Header names in lower case.
using Headers = std::map<std::string, std::string>;

// A request as it came in, before anybody has vouched for it.
struct Arrival {
  std::string method;
  std::string path;
  Headers headers;
  std::string body;  // the raw bytes: signatures are over these
  std::string peer;  // the sender's address
  Instant at{};
  // Of a TLS client certificate that was verified ("CN=gitlab,O=Oslo"); empty without one.
  std::string client_subject{};
  std::string target{};  // the path as it was sent, with its query
};

enum class DeliveryKind {
  webhook,  // a system called us
  poll,     // a page of a poll named it
  answer,   // what a command brought back: see record Settled
  timer,    // a deadline of ours came
  order,    // a person's order through the command line
  link      // somebody followed a link that we sent, and pressed its button
};

// Names that no configured system can have: deliveries of the bridge itself.
inline const SystemName kTimerSystem{"saksbro:timer"};
inline const SystemName kOrderSystem{"saksbro:order"};
inline const SystemName kLinkSystem{"saksbro:link"};

// A raw thing that was received and is on disk.
struct Delivery {
  SystemName system;
  DeliveryId id;
  DeliveryKind kind = DeliveryKind::webhook;
  Instant received_at{};
  std::string body;
};

// "Something about this ticket changed: read it." `updated` is the ticket's own stamp, if known.
struct TicketHint {
  RemoteKey ticket;
  std::optional<Instant> updated;
  bool elsewhere = false;  // see Ticket
  friend bool operator==(const TicketHint&, const TicketHint&) = default;
};

struct TicketState {
  Ticket ticket;
  friend bool operator==(const TicketState&, const TicketState&) = default;
};

// Read, and not there any more (or not ours to see any more).
struct TicketGone {
  RemoteKey ticket;
  Phrase why;
  friend bool operator==(const TicketGone&, const TicketGone&) = default;
};

// A version that tickets speak of has been released, in that tracker's words.
struct VersionReleased {
  std::string name;
  friend bool operator==(const VersionReleased&, const VersionReleased&) = default;
};

using Observation = std::variant<TicketHint, TicketState, TicketGone, VersionReleased>;

}  // namespace saksbro
