// The conversation with Example Tracker about one command (tracker/conversation.h says how it
// reads).
#pragma once

#include "connectors/example_tracker/example_tracker_system.h"
#include "connectors/tracker/conversation.h"

namespace saksbro::example_tracker {

using codec::Json;
using tracker::ended;
using tracker::Reply;
using tracker::StepOr;

[[nodiscard]] tracker::Dialect dialect_of(const ExampleTrackerSettings& settings);

using Conversation = tracker::ConversationOf<ExampleTrackerSettings>;

// How a call ended that was answered with something other than 2xx.
[[nodiscard]] Outcome refusal(const Reply& reply);

}  // namespace saksbro::example_tracker
