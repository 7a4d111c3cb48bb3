// A scenario of the process owner: what people do, and what shall come of it. Checked by load:
// every name in it exists, and what is said in the process's words stands here in the trackers'
// own.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bridge/core/decide/decide.h"
#include "bridge/core/model/mapping.h"

namespace saksbro::rehearse {

struct Registers {  // a person registers the ticket that the case begins with
  core::Role role;
  SystemName at;
  std::string title;
  std::string text;
  std::map<std::string, std::string> fields;
  std::string attaches{};  // the name of a file; empty: none
};

// What one person does on one ticket before Saksbro looks at it.
struct Acts {
  core::Role role;
  SystemName at;
  std::string says;  // a comment; empty: none
  Visibility to = Visibility::everyone;
  std::optional<std::string> status;  // the tracker's word
  std::map<std::string, std::string> fields;
  std::string attaches{};  // the name of a file, as public as what is said; empty: none
};

struct Passes {  // time
  core::Span span;
};

struct Released {  // a version of the software
  std::string version;
};

struct Reach {  // a system is out of reach from now on, or can be reached again
  SystemName system;
  bool up = false;
};

struct Follows {  // the link in a notice, or an order on the command line
  core::ExternalSignal said;
};

struct SolvedBefore {
  core::SimilarCase other;
};

struct Step {
  std::variant<Registers, Acts, Passes, Released, Reach, Follows, SolvedBefore> what;
  std::string where;  // "mappings/m1.scenarios.yaml:41:7"
};

struct Expected {
  enum class Kind {
    activity,      // where the case stands
    status,        // that the case has; `at`: that the ticket there shows
    passed,        // the activities, in this order, since the round began
    ticket,        // opened by Saksbro in a system, with `title` and `says`
    no_ticket,     // none in a system
    note,          // the case note in a system says
    said,          // a comment of Saksbro's in a system since the round began
    nothing_said,  // none there since then
    notice,        // to an address since the round began
    no_notice,
    alert,  // through a channel since the round began
    no_alert,
    told,  // an organisation, whatever the channel
    not_told,
    seen,  // it has said so
    informed,
    not_informed,
    deviation,  // its description since the round began; empty: none
    value,      // of the case: `is`; empty: none
    field,      // of the ticket `at`: `is`
    waits_for,  // a value; empty: none
    file,       // of that name on the ticket `at`, once
    no_file     // none of that name there
  } kind = Kind::activity;
  std::vector<std::string> what;
  SystemName at;
  std::string title;  // contains
  std::string says;   // contains
  std::string is;
  std::optional<Visibility> to;
  std::optional<int> times;
  std::string told;  // as the scenario says it: `activity M.1.3.2`
  std::string where;
};

struct Round {
  std::vector<Step> steps;  // given, when
  std::vector<Expected> expected;
};

struct Scenario {
  std::string name;
  std::vector<core::ActivityId> shows;  // that its name begins with: the case must pass them
  std::vector<Round> rounds;
  std::string where;
};

}  // namespace saksbro::rehearse
