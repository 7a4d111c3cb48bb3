// What is done when an activity is entered, or on a transition. Immutable after load.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bridge/contract/ids.h"
#include "bridge/contract/ticket.h"
#include "bridge/core/model/names.h"

namespace saksbro::core {

// Wherever a action names a system, it may name a party of the process instead: the case chooses
// which of the party's systems it is (Party).

struct OpenTicket {  // once a case: an existing ticket is left as it is
  SystemName at;
  Words title;
  Words text;
};
// Which of a party's systems a action is about: a case may have been with several of them.
enum class Which {
  chosen,  // the one that the case is with
  others,  // those where the case has a ticket, but for that one
  all      // all those where the case has a ticket
};
struct Say {
  SystemName at;
  Words text;
  Visibility visibility = Visibility::internal;
  Which which = Which::chosen;
};
struct MoveTicket {  // sets the status of a ticket that does not follow the case's own status
  SystemName at;
  Status status;
  Which which = Which::chosen;
};
struct Alert {
  std::vector<SystemName> channels;
  Words title;
  Words text;
  std::string severity;
  std::optional<std::chrono::milliseconds> repeat;  // until a person acknowledges
};
struct StopAlert {};
struct Notify {  // tells one person outside the trackers
  SystemName through;
  std::string to;  // the case value that holds the address
  Words title;
  Words text;
  std::optional<SystemName> link{};  // to the case's ticket there; none: the person has no account
};
// Tells 1st lines, each through its own channel (Organisation), with a receipt each.
struct Broadcast {
  enum class Whom {
    all,
    own,  // the organisation that the case belongs to
    told  // those that were told before: a correction
  } whom = Whom::all;
  bool by_notice = false;  // by e-mail to those that have an address, whatever their channel
  Words title;
  Words text;
  // A ticket that an organisation has already gets this status: what it was told before may be done
  // with, and this is news.
  std::optional<Status> reopen{};
};
struct SuggestSolutions {  // says which solved cases are alike; nothing when there are none
  SystemName at;
  Words text;                         // {solutions}
  bool across_organisations = false;  // solutions of other organisations' cases, too
  Visibility visibility = Visibility::internal;
};

using ProcessActionKind = std::variant<OpenTicket, Say, MoveTicket, Alert, StopAlert, Notify,
                                       Broadcast, SuggestSolutions>;

struct Condition {  // "alvorlighet is kritisk", "operator.number is known"
  std::string value;
  std::optional<std::string> is;  // none: any value
  bool negated = false;
};

using Conditions = std::vector<Condition>;  // all must hold

struct ProcessAction {
  ProcessActionKind kind;
  Conditions when;
  std::string where;  // "mappings/m1.yaml:41", for explain
};

}  // namespace saksbro::core
