// What is to be done elsewhere, in the words of the system that it is for.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bridge/contract/blob.h"
#include "bridge/contract/ids.h"
#include "bridge/contract/ticket.h"

namespace saksbro {

// Opens a ticket once. `marker` is unique for the cause; it is stored in the ticket by the create
// itself, and looked up before any second try.
struct CreateTicket {
  std::string title;
  std::string text;
  std::map<std::string, std::string> fields;  // by the names that people see
  std::string marker;

  friend bool operator==(const CreateTicket&, const CreateTicket&) = default;
};

// Moves a ticket to `status`. Where the workflow does not allow that at once, the connector may
// pass through statuses of `via`, in their order, and no others.
struct SetStatus {
  RemoteKey ticket;
  std::string status;
  std::vector<std::string> via;

  friend bool operator==(const SetStatus&, const SetStatus&) = default;
};

struct SetFields {
  RemoteKey ticket;
  std::map<std::string, std::string> fields;

  friend bool operator==(const SetFields&, const SetFields&) = default;
};

// `text` already contains `reference`, a short mark that no other comment has: before any second
// try the connector looks for it, so that a comment is written once. `files` come with it, for a
// system that takes them (Abilities::takes_files).
struct AddComment {
  RemoteKey ticket;
  std::string text;
  std::string reference;
  Visibility visibility = Visibility::internal;
  std::vector<OutgoingFile> files{};

  friend bool operator==(const AddComment&, const AddComment&) = default;
};

// Brings back the ticket's whole state as a snapshot.
struct ReadTicket {
  RemoteKey ticket;

  friend bool operator==(const ReadTicket&, const ReadTicket&) = default;
};

// Brings the bytes of one file of the ticket into the spool: Delivered::file. A file that is not
// there any more is refused for good.
struct FetchFile {
  RemoteKey ticket;
  std::string id;     // Attachment::id
  std::string name;   // for people
  std::string place;  // Attachment::place
  std::uint64_t bytes_most = 0;
  std::uint64_t size = 0;  // Attachment::size; 0: not told

  friend bool operator==(const FetchFile&, const FetchFile&) = default;
};

// Tells people outside the trackers (an on-call gateway, SMS, phone).
struct RaiseAlert {
  std::string title;
  std::string text;
  std::string severity;  // the process's word, by which a gateway may choose whom it wakes
  std::string case_number;
  std::string link;
  std::string severity_title{};  // what people read for it; empty: the word

  friend bool operator==(const RaiseAlert&, const RaiseAlert&) = default;
};

// Keeps one note of ours on the ticket true: written once, edited in place from then on. `text`
// ends with `reference`, which is the same as long as the ticket lives and finds the note again.
struct KeepNote {
  RemoteKey ticket;
  std::string text;
  std::string reference;
  Visibility visibility = Visibility::internal;

  friend bool operator==(const KeepNote&, const KeepNote&) = default;
};

// Tells one person outside the trackers (an e-mail). `reference` is unique for the cause: a notice
// that may have gone out already carries the same one again.
struct SendNotice {
  std::string to;  // an address as the channel understands it
  std::string title;
  std::string text;
  std::string link;  // the ticket that it is about; may be empty
  std::string reference;

  friend bool operator==(const SendNotice&, const SendNotice&) = default;
};

// What one decision changes in one ticket, in as few calls as the system can: people get one entry,
// and one mail, in place of three. Made of commands that stand behind each other in the outbox, for
// a system that can do so (Abilities::updates_at_once). It is done when all of it is. Where a part
// is refused, each is tried by itself after that, and ends by itself.
struct UpdateTicket {
  RemoteKey ticket;
  std::optional<SetStatus> status;
  std::map<std::string, std::string> fields;
  std::optional<AddComment> comment;

  friend bool operator==(const UpdateTicket&, const UpdateTicket&) = default;
};

using Action = std::variant<CreateTicket, SetStatus, SetFields, AddComment, ReadTicket, RaiseAlert,
                            KeepNote, SendNotice, UpdateTicket, FetchFile>;

struct Command {
  IdempotencyKey key;
  SystemName to;
  Action action;
  int attempt =
      1;  // counted on disk before the work begins: 2 or more means that bytes may have left

  friend bool operator==(const Command&, const Command&) = default;
};

// "create", "status", "fields", "comment", "read", "alert", "note", "notice", "update", "file": for
// logs, metrics and people.
[[nodiscard]] const char* verb(const Action& action);

// The ticket that the action is about; empty for creates, alerts and notices.
[[nodiscard]] RemoteKey ticket_of(const Action& action);
[[nodiscard]] Action with_ticket(Action action, const RemoteKey& ticket);

// `update` with one more part: a status, fields or a comment, of which it takes one. False, and
// nothing is changed: it has one already, the comment brings files, or another kind of action is
// never part of an update.
[[nodiscard]] bool add_part(UpdateTicket& update, const Action& part);

}  // namespace saksbro
