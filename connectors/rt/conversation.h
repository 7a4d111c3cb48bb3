// The conversation with RT about one command (tracker/conversation.h says how it reads). A ticket's
// entity tag is the number of its last transaction.
#pragma once

#include <string>

#include "connectors/rt/rt_system.h"
#include "connectors/tracker/conversation.h"

namespace saksbro::rt {

using codec::Json;
using tracker::ended;
using tracker::Reply;
using tracker::StepOr;

[[nodiscard]] tracker::Dialect dialect_of(const RtSettings& settings);

using Conversation = tracker::ConversationOf<RtSettings>;

// What RT said in a refusal, or in the list of sentences that a PUT is answered with.
[[nodiscard]] std::string said(const Reply& reply);

// RT says "Permission Denied" with 200, 400 or 403; `right` is the one that is probably missing.
[[nodiscard]] Outcome refusal(const Reply& reply, const std::string& right);

}  // namespace saksbro::rt
