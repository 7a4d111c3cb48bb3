// A ticket is opened once, however often the command is tried.
//
// A create whose answer is lost may have opened a ticket. So the marker is stored in the ticket by
// the create itself, and looked for before each further attempt: none carries it, and the ticket
// is opened; one does, and it is ours; several do, and a person must say which.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bridge/contract/command.h"
#include "connectors/tracker/step_or.h"

namespace saksbro::tracker {

// What differs between trackers. All but `several` must be given.
struct CreateOnce {
  // The tickets that surely carry the marker, by a search that misses none. Where the search cannot
  // tell (a filter that is ignored, a list that is cut short), it must end with a refusal and not
  // with an empty list: that would open a second ticket.
  std::function<StepOr<std::vector<RemoteKey>>()> find;
  // Ends well with the ticket that an earlier attempt opened, as it is.
  std::function<Step(const RemoteKey& ticket)> adopt;
  // Opens the ticket, with its marker, in one call.
  std::function<StepOr<RemoteKey>()> post;
  // Reads it back: what was not stored ends in a refusal that names it. One without its marker must
  // be deleted by a person, for no later attempt would find it.
  std::function<Step(const RemoteKey& ticket)> verify;
  // The refusal when several carry it: {tickets} ("#7, #9") and {marker}.
  Sentence several = Sentence(
      "several tickets carry the marker {marker}: {tickets}; clear the field in all but one");
};

[[nodiscard]] Step create_once(const CreateOnce& how, const CreateTicket& action, int attempt);

[[nodiscard]] std::string numbers_of(const std::vector<RemoteKey>& tickets);  // "#7, #9"

}  // namespace saksbro::tracker
