// The conversation with Jira about one command (tracker/conversation.h says how it reads).
#pragma once

#include "connectors/jira/jira_system.h"
#include "connectors/tracker/conversation.h"

namespace saksbro::jira {

using codec::Json;
using tracker::ended;
using tracker::Reply;
using tracker::StepOr;

[[nodiscard]] tracker::Dialect dialect_of(const JiraSettings& settings);

class Conversation : public tracker::ConversationOf<JiraSettings> {
 public:
  using ConversationOf::ConversationOf;

  // A look that has a body.
  [[nodiscard]] StepOr<Reply> ask(const std::string& path, const Json& body);
};

// How a call ended that Jira answered with something other than 2xx.
[[nodiscard]] Outcome refusal(const Reply& reply);

// What Jira says is wrong: errorMessages, and errors by field.
[[nodiscard]] std::string told_errors(const Json& body);

}  // namespace saksbro::jira
