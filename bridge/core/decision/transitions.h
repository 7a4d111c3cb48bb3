// What somebody said, and the transitions that could take it now. Internal to core.
#pragma once

#include <string>
#include <vector>

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

// What somebody said, in the process's words.
struct SignalEvent {
  Signal signal;  // empty: a status that is no signal
  SystemName at;
  Person by;
  Role role;
  std::string organisation;  // on whose behalf, when that is known
  std::string text;          // the words that came with it
  // They stood near the move, not in it: a reply beside a status, the lines below a command.
  bool beside = false;
  Phrase how;         // `status "LØST"`, `/sak info ja`: for explanations
  std::string typed;  // the command, as a person typed it: "/case solved"
  bool explicit_move =
      false;             // a command, status or field: worth an answer when it is not possible
  bool command = false;  // can be answered on the ticket
  bool by_link = false;  // by the button behind a link: nothing of it stands on any ticket
  // What was changed on the ticket, and what it was before: so that it can be taken back.
  std::string attribute;
  std::string from;
  Visibility visibility = Visibility::internal;  // who may read what was said or done
};

// Whether that role may take the transition.
[[nodiscard]] bool allows(const Transition& transition, const Role& role);

// All that may be heard now: of the activity, and of the process anywhere.
[[nodiscard]] std::vector<const Transition*> open_transitions(const DecisionBuilder& builder);

// Whether the transition's `keep:` takes the words that come with it.
[[nodiscard]] bool is_words(const std::string& source);

// Whether the transition keeps the words that come with it as that value.
[[nodiscard]] bool takes_words_as(const Transition& transition, const std::string& value);

}  // namespace saksbro::core
