// The conversation with Redmine about one command (tracker/conversation.h says how it reads).
#pragma once

#include "connectors/redmine/redmine_system.h"
#include "connectors/tracker/conversation.h"

namespace saksbro::redmine {

using codec::Json;
using tracker::ended;
using tracker::Reply;
using tracker::StepOr;

[[nodiscard]] tracker::Dialect dialect_of(const RedmineSettings& settings);

class Conversation : public tracker::ConversationOf<RedmineSettings> {
 public:
  using ConversationOf::ConversationOf;

  // With the key that is for groups, which Redmine shows to administrators only.
  [[nodiscard]] StepOr<Reply> look_at_groups(const std::string& path);
};

// How a call ended that Redmine answered with something other than 2xx.
[[nodiscard]] Outcome refusal(const Reply& reply);

}  // namespace saksbro::redmine
