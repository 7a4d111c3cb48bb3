// A ticket as its system shows it, in that system's own words. What it means is the mapping's
// business.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "bridge/contract/ids.h"
#include "bridge/contract/time.h"

namespace saksbro {

struct Person {
  std::string id;    // as the system identifies a person; roles are mapped by this
  std::string name;  // for people to read; never decides anything

  friend bool operator==(const Person&, const Person&) = default;
};

enum class Visibility { internal, everyone };

struct Comment {
  std::string id;           // unique in the ticket's history, never reused
  std::uint64_t order = 0;  // sorts history entries that share a second
  Person author;
  Instant at{};
  Visibility visibility = Visibility::internal;
  std::string text;  // LF line ends, as the reader would see it

  friend bool operator==(const Comment&, const Comment&) = default;
};

// A file on a ticket, as its system shows it. Its bytes are elsewhere: see FetchFile.
struct Attachment {
  std::string id;          // unique in its system
  std::string name;        // codec::attachment_name: as it may be shown
  std::string media_type;  // as the system has it; may be empty
  std::uint64_t size = 0;
  std::string place;  // where its connector fetches it: a URL, or words of its own
  std::string entry;  // the comment or change that brought it; empty: the ticket's first text, or
                      // the system does not tell
  Person author;
  Instant at{};
  Visibility visibility = Visibility::everyone;  // not told: that of the ticket's text

  friend bool operator==(const Attachment&, const Attachment&) = default;
};

// The attribute that is called "status" in Change; every other attribute is a key of
// Ticket::fields.
inline constexpr const char* kStatusAttribute = "status";

struct Change {
  std::string id;  // unique in the ticket's history
  std::uint64_t order = 0;
  Person author;
  Instant at{};
  std::string attribute;
  std::string from;
  std::string to;

  friend bool operator==(const Change&, const Change&) = default;
};

// A complete state of a ticket. A connector that cannot tell everything gives a TicketHint instead.
struct Ticket {
  RemoteKey key;
  std::string number;  // what people call it: "#17", "SAK-17"
  std::string url;     // where people open it
  std::string title;
  std::string text;
  std::string status;
  Person author;
  std::map<std::string, std::string> fields;  // by the names that people see; several values: ", "
  std::vector<Comment> comments;              // oldest first
  std::vector<Change> changes;                // oldest first
  std::vector<Attachment> attachments{};      // oldest first
  // Of the people above, by Person::id: the groups or project roles that they have, where the
  // connector was told to ask for them.
  std::map<std::string, std::set<std::string>> groups;
  Instant created{};
  Instant updated{};
  Instant read_at{};           // the system's own clock when this state was read
  std::uint64_t revision = 0;  // grows with each change of the ticket
  // Not everybody who works with the system may read it: its words go to no other ticket.
  bool confidential = false;
  // Not of the part of its system that is configured (another kind of ticket, a project below): it
  // starts no case, and is followed when it is a case's.
  bool elsewhere = false;

  friend bool operator==(const Ticket&, const Ticket&) = default;
};

}  // namespace saksbro
