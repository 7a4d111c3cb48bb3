// The way from an issue's status to another one: what Jira lets the bridge's user do now, and what
// the screens on the way ask for.
#pragma once

#include <string>
#include <vector>

#include "connectors/jira/issue.h"

namespace saksbro::jira {

struct Move {
  std::string id;
  std::string name;  // of the transition: "Resolve Issue"
  std::string to;    // the status, by the mapping's name
  Json screen;       // its fields, by id
};

[[nodiscard]] StepOr<std::vector<Move>> need_moves(Conversation& conversation,
                                                   const RemoteKey& ticket);

// The fields that a move is done with.
struct Filled {
  FieldTexts fields;                 // of the settings' names
  Json json = Json::object();        // {"resolution": {"name": "Done"}}
  std::vector<std::string> missing;  // required, and nobody says what; by Jira's names
};
// From `wanted` what is on the screen, and from the settings what they say for that status.
[[nodiscard]] Filled fill(const JiraSettings& settings, const Move& move, const FieldTexts& wanted);

// The move to make next: to the status itself; else as far along `via` as can be gone at once. Of
// several to the same status, one whose screen can be filled. Null: none leads on.
[[nodiscard]] const Move* next_move(const JiraSettings& settings, const std::vector<Move>& moves,
                                    const SetStatus& action, const std::string& now,
                                    const FieldTexts& wanted);

[[nodiscard]] Phrase not_allowed(const std::string& from, const std::string& to,
                                 const std::vector<Move>& moves);
[[nodiscard]] Phrase not_filled(const Move& move, const std::vector<std::string>& missing);

}  // namespace saksbro::jira
