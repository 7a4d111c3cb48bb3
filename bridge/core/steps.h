// How a case moves: signals are heard, transitions taken, activities entered. Internal to core.
#pragma once

#include <string>
#include <vector>

#include "bridge/core/unfolding.h"

namespace saksbro::core {

// What somebody said, in the process's words.
struct Heard {
  Signal signal;
  SystemName at;
  Person by;
  Role role;
  std::string text;  // the words that came with it
  std::string how;   // `status "LØST"`, `/sak info ja`: for explanations
  bool explicit_move =
      false;             // a command, status or field: worth an answer when it is not possible
  bool command = false;  // can be answered on the ticket
};

// Enters `id` and all that follows at once from it.
void enter(Unfolding& unfolding, const ActivityId& id);

// Takes the transition that fits, or says why none does. True when the case heard it.
bool hear(Unfolding& unfolding, const Heard& heard);

// "registrert": a ticket that the activity waits for has been opened. Said by the bridge itself.
void registered(Unfolding& unfolding, const SystemName& where);

// Whether that role may take the transition.
[[nodiscard]] bool allows(const Transition& transition, const Role& role);

// What a role can say in `at` now: "/sak info ja, /sak info nei". For help and refusals.
[[nodiscard]] std::string possible_now(const Unfolding& unfolding, const SystemName& at,
                                       const Role& role);

void perform(Unfolding& unfolding, const std::vector<Deed>& deeds, const std::string& said);

// Shows `status` on every ticket that follows the case's status and does not show it yet.
void show_status(Unfolding& unfolding, const Status& status, std::string_view where);

// Sends the values that a system's `write:` table names and that it has not been sent yet.
void keep_fields_true(Unfolding& unfolding);

}  // namespace saksbro::core
