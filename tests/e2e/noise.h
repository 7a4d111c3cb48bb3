// How much people get to read: what stands in the trackers after a walk, counted in the journals of
// the servers themselves.
#pragma once

#include <string>

#include "tests/e2e/world.h"

namespace saksbro::e2e {

// Entries of a ticket's history; its own opening is none.
struct Noise {
  int ours = 0;          // of Saksbro
  int ours_private = 0;  // of those: only its own people read them
  int ours_silent = 0;   // of those: no words, a field or a status only
  int of_people = 0;
  std::string listed;  // an entry a line, for people
};

// Redmine's journal. The case note counts once, when it is written: editing it tells nobody.
[[nodiscard]] Noise noise_of(const World& world, int issue);
// Request Tracker's history. Its entries by the system itself (reminders, mails sent) do not count.
[[nodiscard]] Noise noise_at_supplier(const World& world, int ticket);

// A line of the table: "M.1.2 up to LØST | 5 | 2 | 3 | 4 | ..."
[[nodiscard]] std::string row(const std::string& walk, const Noise& noise);

}  // namespace saksbro::e2e
