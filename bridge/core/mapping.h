// The process as data: what mappings/*.yaml says, checked. A Mapping exists only when every name in
// it resolves; so nothing here looks a name up and fails. Immutable after load; any thread may read
// it.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bridge/contract/ids.h"
#include "bridge/contract/ticket.h"
#include "bridge/core/calendar.h"
#include "bridge/core/language.h"

namespace saksbro::core {

using Role = Id<struct RoleTag>;            // "second_line"
using Status = Id<struct StatusTag>;        // "AVVENTER": the process's own word
using Signal = Id<struct SignalTag>;        // "technical fault": what a role says
using ActivityId = Id<struct ActivityTag>;  // "M.1.3.1"
using ProcessId = Id<struct ProcessTag>;    // "M.1"

struct Words {
  std::string nb;
  std::string en;
  [[nodiscard]] const std::string& in(Language language) const {
    return language == Language::nb ? nb : en;
  }
};

// --- what is done when an activity is entered, or on a transition
// ------------------------------------

struct OpenTicket {  // once a case: an existing ticket is left as it is
  SystemName at;
  Words title;
  Words text;
};
struct Say {
  SystemName at;
  Words text;
  Visibility visibility = Visibility::internal;
};
struct MoveTicket {  // sets the status of a ticket that does not follow the case's own status
  SystemName at;
  Status status;
};
struct Alert {
  std::vector<SystemName> channels;
  Words title;
  Words text;
  std::string severity;
  std::optional<std::chrono::milliseconds> repeat;  // until a person acknowledges
};
struct StopAlert {};

using Doing = std::variant<OpenTicket, Say, MoveTicket, Alert, StopAlert>;

struct Condition {  // "alvorlighet is kritisk", "operator.number is known"
  std::string value;
  std::optional<std::string> is;  // none: any value
  bool negated = false;
};

struct Deed {
  Doing doing;
  std::optional<Condition> when;
  std::string where;  // "mappings/m1.yaml:41", for explain
};

struct Transition {
  Signal on;
  std::vector<Role> by;
  std::optional<Condition> when;
  std::map<std::string, std::string>
      keep;  // case value <- "text" (the signal's own words) or a fixed word
  std::optional<std::string> needs;  // a case value without which the move waits
  std::vector<Deed> deeds;
  std::optional<ActivityId> next;  // none: stays
  std::string where;
};

struct Activity {
  ActivityId id;
  Role by;
  Words title;
  std::optional<Status> status;
  std::vector<Deed> deeds;         // on entering
  std::optional<ActivityId> then;  // goes on at once
  std::vector<Transition> transitions;
  bool ends = false;  // entering it closes the case
  std::string where;
};

struct Begin {  // a ticket that belongs to no case, registered by a person, starts one
  SystemName at;
  ActivityId activity;
  std::optional<Condition> when;
  std::string where;
};

struct Process {
  ProcessId id;
  Words title;
  std::vector<Status> statuses;  // in the order of a case's life
  std::vector<Begin> begins;
  std::map<ActivityId, Activity> activities;
};

// --- how a system's words and the process's words meet
// ------------------------------------------------

struct Cue {  // one way to say a signal
  enum class Kind { status, field, command, comment } kind = Kind::command;
  std::string what;  // status: the process's status; field: its name; command: the words after /sak
  std::string is;    // field: the value
};

struct RoleRule {
  Role role;
  bool everyone = false;
  std::vector<std::string> people;  // Person::id
};

struct WrittenField {
  std::string value;  // case value, or "case.number", "<system>.number"
  std::string field;
  std::string where;
};

struct ReadField {
  std::string value;
  std::string field;                         // a field, or "title", "text", "author"
  std::map<std::string, std::string> words;  // theirs -> ours; empty: as it is
};

struct SystemMapping {
  SystemName name;
  Language language = Language::nb;
  bool external = false;
  bool follows_status = false;  // the desk: its ticket shows the case's status
  std::map<Status, std::string> status_words;
  std::vector<WrittenField> writes;
  std::vector<ReadField> reads;
  std::vector<RoleRule> roles;  // the first that fits
  std::map<Signal, std::vector<Cue>> signals;
  std::string marker_field;
  std::string where;

  [[nodiscard]] std::optional<Status> status_from(std::string_view theirs) const;
  [[nodiscard]] std::optional<Role> role_of(const Person& person) const;
};

// What the bridge itself says on tickets.
struct HouseTexts {
  Words refused;          // {what} {why}
  Words unknown_command;  // {command} {nearest} {possible}
  Words did_you_mean;     // {near}
  Words not_now;          // {command} {activity} {possible}
  Words need;             // {need}
  Words help;             // {activity} {possible}
  Words gone;             // {ticket} {why}
  Words nothing;
};

struct Mapping {
  std::vector<Process> processes;
  std::map<SystemName, SystemMapping> systems;
  HouseTexts texts;
  std::string case_prefix = "SAK";
  Calendar calendar;  // working time and the zone in which people read times

  [[nodiscard]] const Process& process(const ProcessId& id) const;  // ids come from this mapping
  [[nodiscard]] const SystemMapping* system(const SystemName& name) const;
};

}  // namespace saksbro::core
