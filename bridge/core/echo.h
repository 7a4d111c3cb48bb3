// Which changes of a ticket are news, and which are our own writes come back. Internal to core.
#pragma once

#include <string>
#include <vector>

#include "bridge/core/case.h"

namespace saksbro::core {

// One thing that happened to a ticket since it was last seen.
struct News {
  enum class Kind { status, field, comment } kind = Kind::comment;
  std::string id;
  std::uint64_t order = 0;
  Instant at{};
  Person by;
  std::string attribute;  // field: its name
  std::string value;      // status: their word; field: its value; comment: its text
  Visibility visibility = Visibility::internal;
};

// What `ticket` shows that `known` does not, oldest first. A change that the history does not tell
// of (some systems keep none) is news by an unknown person.
[[nodiscard]] std::vector<News> news_of(const TicketView& known, const Ticket& ticket);

// The intent that `news` is the echo of; none when somebody else did it.
[[nodiscard]] const Intent* echoed(const Case& state, const SystemName& at, const News& news);

[[nodiscard]] TicketView view_of(const Ticket& ticket);

// Whether the comment was written by Saksbro, echo or not: it ends with a reference of this case.
// Somebody who quotes us and writes a command below has the reference too, but not at the end.
[[nodiscard]] bool ours(const Case& state, const std::string& comment);

}  // namespace saksbro::core
