// A process as data: activities, transitions, who may what. Immutable after load.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/core/model/process_action.h"
#include "bridge/core/time/span.h"

namespace saksbro::core {

// What an organisation has done with what it was told.
enum class Receipt { told, seen, informed };

struct Transition {
  Signal on;
  std::vector<Role> by;
  Conditions when;
  // Case value <- "text" (the signal's own words; none: the value stays), "text or nothing" (none:
  // it is emptied), "nothing", a fixed word, or "{another value}".
  std::vector<std::pair<std::string, std::string>> keep;
  std::optional<std::string> needs;  // a case value without which the move waits
  std::optional<Receipt> receipt;    // the organisation it comes from gives this receipt
  std::vector<ProcessAction> actions;
  std::optional<ActivityId> next;  // none: stays
  std::string where;
};

// What happens when nothing happens: `after` this long in the activity.
struct TimedMove {
  Span after;
  bool repeats = false;  // again and again, as long as the activity lasts
  Transition move;       // `on`, `by` and `needs` are empty
};

struct Deadline {
  Span within;
  std::optional<Span> warn;  // so long before
  std::string where;
};

// A question that a role must answer, on its own ticket.
struct Question {
  std::string name;
  SystemName at;
  Role of;
  Words text;
  Visibility visibility = Visibility::internal;
  std::vector<Signal> answers;
  std::string where;
};

struct Onward {  // where it goes at once
  Conditions when;
  ActivityId next;
};

struct Activity {
  ActivityId id;
  std::vector<Role> by;  // who has the ball; of several, the one whose system the case is with
  Words title;
  std::optional<Status> status;
  std::vector<ProcessAction> actions;  // on entering
  std::optional<Question> question;    // asked on entering
  std::vector<std::string> wants;      // case values that are asked for when they are missing
  std::optional<Deadline> deadline;
  std::vector<Onward> then;  // the first that holds; none: stays
  std::vector<Transition> transitions;
  std::vector<TimedMove> timed;
  bool ends = false;  // entering it closes the case; signals that it waits for are still heard
  std::string where;
};

struct Begin {  // a ticket that belongs to no case, registered by a person, starts one
  SystemName at;
  ActivityId activity;
  Conditions when;
  std::string where;
  // Tickets registered from this day on, by the calendar's zone, start a case although they are
  // older than Saksbro. None: only those that are not.
  std::optional<std::chrono::local_days> from{};
};

// A part that one of several systems plays, as the case value of the same name says: its name.
struct Party {
  SystemName name;
  std::vector<SystemName> systems;
  std::string where;
};

// What becomes of a move that the routine does not allow. It is copied nowhere in any case.
enum class Treatment {
  allow,  // let be, and not listed
  flag,   // said in the case note, and listed
  revert  // and taken back on the ticket
};

struct CaseValue {
  Words title;                     // what people call it
  std::vector<std::string> words;  // the only ones that it may be; empty: any
  // Whose value holds when several systems change it at once; none: what people wrote last.
  std::optional<SystemName> owner{};
  bool in_note = false;         // the case note shows it
  std::optional<Role> names{};  // it is the name of the person who has this role in the case
  // What people read for one of `words`, and may type for it.
  std::map<std::string, Words> word_titles{};
};

// A version of the software that cases wait for.
struct Release {
  std::string value;  // the case value that names it
  Signal signal;      // heard when it is out
  std::string where;
};

struct Process {
  ProcessId id;
  Words title;
  std::vector<std::pair<Role, Words>> roles;  // in the order of the routine's columns
  std::vector<Status> statuses;               // in the order of a case's life
  std::map<std::string, CaseValue> values;
  std::map<SystemName, Party> parties;
  std::vector<Begin> begins;
  std::map<ActivityId, Activity> activities;
  std::vector<ActivityId> order;  // of the activities, as the routine tells them
  std::vector<Question> questions;
  std::vector<Transition> anywhere;  // heard in every activity that does not end the case
  std::map<Signal, Treatment> deviations;
  Treatment deviation = Treatment::flag;     // of all others
  std::map<Signal, Words> reverted_because;  // why a move is taken back: said on the ticket
  std::optional<Release> release;
  std::string where;
  Signal registered{};     // the bridge's own: a ticket that the activity waits for is there
  std::string solution{};  // the case value that a solved case tells others; empty: none
  Signal start{};  // asks for a case on a ticket that is older than Saksbro; empty: none does

  [[nodiscard]] const Words* title_of(const Role& role) const;
};

}  // namespace saksbro::core
