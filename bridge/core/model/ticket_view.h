// What the case knows of its tickets, and what our commands will make them show.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "bridge/contract/ids.h"
#include "bridge/contract/ticket.h"
#include "bridge/contract/time.h"

namespace saksbro::core {

// A file that the ticket has.
struct SeenFile {
  std::string name;
  std::string media_type;
  std::uint64_t size = 0;
  std::string place;  // see Attachment
  std::string entry;  // the comment that brought it; may be empty
  bool internal = false;

  friend bool operator==(const SeenFile&, const SeenFile&) = default;
};

// What we know of one of the case's tickets: the last state seen, without its texts.
struct TicketView {
  RemoteKey key;
  std::string number;
  std::string url;
  std::string status;
  std::map<std::string, std::string> fields;
  std::set<std::string> entries;  // ids of the comments and changes that are known
  Instant updated{};
  Instant read_at{};
  std::uint64_t revision = 0;
  bool gone = false;
  bool confidential = false;
  std::map<std::string, SeenFile> files{};  // by Attachment::id

  friend bool operator==(const TicketView&, const TicketView&) = default;
};

// An intent: what a command of ours will make a ticket show. An observation that matches is an
// echo.
struct Intent {
  IdempotencyKey command;
  SystemName at;
  std::string attribute;            // "status", a field's name, "comment" or "file"
  std::vector<std::string> values;  // any of these: the target, the statuses on the way; a
                                    // comment's reference, a file's id

  friend bool operator==(const Intent&, const Intent&) = default;
};

}  // namespace saksbro::core
