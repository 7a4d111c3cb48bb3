// How a system's words and the process's words meet. Immutable after load.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/contract/ids.h"
#include "bridge/contract/ticket.h"
#include "bridge/core/model/names.h"
#include "bridge/core/text/language.h"

namespace saksbro::core {

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

// Which files of the case's other tickets come onto its tickets.
struct FileRule {
  SystemName from;                   // a system, or a party of the process
  bool internal_too = false;         // never to another party (external)
  std::vector<std::string> types{};  // "image/*", "application/pdf"; empty: any
  std::uint64_t bytes_most = 25ULL << 20U;
  std::string where{};
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
  std::vector<FileRule> files{};       // none: no files come there
  std::string where;

  [[nodiscard]] std::optional<Status> status_from(std::string_view theirs) const;
  // `groups`: those of the people of a ticket (Ticket::groups).
  [[nodiscard]] std::optional<Role> role_of(
      const Person& person, const std::map<std::string, std::set<std::string>>& groups) const;
  [[nodiscard]] bool has_role(const Role& role) const;  // whether anybody has it here
};

}  // namespace saksbro::core
