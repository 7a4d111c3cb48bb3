// The conversation with GitLab about one command (tracker/conversation.h says how it reads).
#pragma once

#include "connectors/gitlab/gitlab_system.h"
#include "connectors/tracker/conversation.h"

namespace saksbro::gitlab {

using codec::Json;
using tracker::ended;
using tracker::Reply;
using tracker::StepOr;

[[nodiscard]] tracker::Dialect dialect_of(const GitlabSettings& settings);

using Conversation = tracker::ConversationOf<GitlabSettings>;

[[nodiscard]] std::string project_path(const GitlabSettings& settings);  // "/projects/7"

// How a call ended that GitLab answered with something other than 2xx.
[[nodiscard]] Outcome refusal(const Reply& reply);

// How many pages of lists one look may have in all: two looks and what stands between them are
// fewer calls than kCallsMost.
inline constexpr int kPagesMost = 35;
inline constexpr int kRowsOfPage = 100;  // GitLab gives no more, whatever is asked for

// All rows of a list, and no fewer: a page may be shorter than it could be and not be the last.
// `query` begins the parameters: "?sort=asc&". Takes its pages off `left`.
[[nodiscard]] StepOr<Json> need_rows(Conversation& conversation, const std::string& path,
                                     const std::string& query, int& left);

// Whether another page follows.
[[nodiscard]] bool has_next(const Headers& headers, const Json& rows);

}  // namespace saksbro::gitlab
