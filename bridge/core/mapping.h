// The process as data: what mappings/*.yaml says, checked. A Mapping exists only when every name in
// it resolves; so nothing here looks a name up and fails. Immutable after load; any thread may read
// it.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bridge/contract/ids.h"
#include "bridge/contract/ticket.h"
#include "bridge/core/calendar.h"
#include "bridge/core/house_texts.h"
#include "bridge/core/language.h"
#include "bridge/core/names.h"
#include "bridge/core/span.h"

namespace saksbro::core {

// --- what is done when an activity is entered, or on a transition
// ------------------------------------
//
// Wherever a deed names a system, it may name a party of the process instead: the case chooses
// which of the party's systems it is (Party).

struct OpenTicket {  // once a case: an existing ticket is left as it is
  SystemName at;
  Words title;
  Words text;
};
// Which of a party's systems a deed is about: a case may have been with several of them.
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

using Doing = std::variant<OpenTicket, Say, MoveTicket, Alert, StopAlert, Notify, Broadcast,
                           SuggestSolutions>;

struct Condition {  // "alvorlighet is kritisk", "operator.number is known"
  std::string value;
  std::optional<std::string> is;  // none: any value
  bool negated = false;
};

using Conditions = std::vector<Condition>;  // all must hold

struct Deed {
  Doing doing;
  Conditions when;
  std::string where;  // "mappings/m1.yaml:41", for explain
};

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
  std::vector<Deed> deeds;
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
  std::vector<Deed> deeds;           // on entering
  std::optional<Question> question;  // asked on entering
  std::vector<std::string> wants;    // case values that are asked for when they are missing
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

// --- how a system's words and the process's words meet
// ------------------------------------------------

struct Cue {  // one way to say a signal
  enum class Kind { status, field, command, comment, reply, change } kind = Kind::command;
  // status: the process's status; field: its name; command: the words after /sak; reply: what a
  // public comment begins with ("ja"); change: the case value that a field here gives another value
  std::string what;
  std::string is;                    // field: the value
  Language language = Language::nb;  // command: in which it is written
  std::string where{};
};

struct RoleRule {
  Role role;
  bool everyone = false;
  std::vector<std::string> people;  // Person::id
  std::vector<std::string> groups;  // see Ticket::groups
};

// The case note of the tickets of one system.
struct NoteRule {
  Visibility visibility = Visibility::internal;
  bool outside = false;  // the shorter one, for other parties
  std::string where;
};

// What it means to the process when the case's ticket is deleted or taken out of our sight.
struct GoneRule {
  Signal signal;
  Role role;  // in whose name
  std::string where;
};

struct WrittenField {
  std::string value;  // case value, or "case.number", "<system>.number"
  std::string field;
  std::string where;
  std::map<std::string, std::string>
      words{};  // ours -> theirs; what it does not have is not written
};

struct ReadField {
  std::string value;
  std::string field;                         // a field, or "title", "text", "author"
  std::map<std::string, std::string> words;  // theirs -> ours; empty: as it is
  std::string where{};
};

// Where a party tells its own number, for the system between us gives none.
struct NumberRule {
  std::string field;  // "line.saksnummer"; empty: no line tells it
  std::string like;   // "INC#": anywhere in subject or text; empty: nowhere
  std::string where;
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
  Words title;                         // what people call it
  std::optional<NoteRule> note;        // none: no case note there
  std::optional<GoneRule> gone;        // none: people are told, and nothing else
  std::optional<NumberRule> number{};  // none: the system gives its tickets numbers
  std::optional<Words> opening{};      // stands below the first text of each ticket opened there
  std::string where;

  [[nodiscard]] std::optional<Status> status_from(std::string_view theirs) const;
  // `groups`: those of the people of a ticket (Ticket::groups).
  [[nodiscard]] std::optional<Role> role_of(
      const Person& person, const std::map<std::string, std::set<std::string>>& groups) const;
  [[nodiscard]] bool has_role(const Role& role) const;  // whether anybody has it here
};

// A 1st line that is told things, and how.
struct Organisation {
  enum class Channel {
    ticket,   // a ticket of its own in `system`
    comment,  // on the case's ticket in `system`
    notice    // through the channel `system`, to `address`
  };
  std::string id;  // as the case value that names organisations says it
  std::string name;
  Channel channel = Channel::comment;
  SystemName system;
  SystemName notices;  // the channel for `address`; the same as `system` where that is a channel
  std::string address;
  std::string where;
};

struct Mapping {
  std::vector<Process> processes;
  std::map<SystemName, SystemMapping> systems;
  HouseTexts texts;
  Calendar calendar;
  std::vector<Organisation> organisations;
  std::string organisation_value;  // the case value that names the organisation of a case
  std::string case_prefix = "SAK";
  Language language = Language::nb;  // where a mapping file of a system says nothing else

  [[nodiscard]] const Process& process(const ProcessId& id) const;  // ids come from this mapping
  // A name that a store, a tracker or a person gave: it may be none of this mapping.
  [[nodiscard]] const SystemMapping* system(const SystemName& name) const;
  // A name that this mapping gave, or that system() has found.
  [[nodiscard]] const SystemMapping& known_system(const SystemName& name) const;
};

}  // namespace saksbro::core
