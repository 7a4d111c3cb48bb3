#include "connectors/jira/moves.h"

#include <algorithm>

#include "connectors/jira/fields.h"
#include "connectors/jira/texts.h"

namespace saksbro::jira {
namespace {

// Fields that every screen may have, and that the settings need not name.
const Field* field_named(const JiraSettings& settings, const std::string& name) {
  static const Field kResolution{"resolution", FieldKind::named};
  const auto known = settings.fields.find(name);
  if (known != settings.fields.end()) return &known->second;
  return name == "resolution" ? &kResolution : nullptr;
}

bool is_on(const Json& screen, const std::string& id) {
  return screen.is_object() && screen.contains(id);
}

}  // namespace

StepOr<std::vector<Move>> need_moves(Conversation& conversation, const RemoteKey& ticket) {
  const auto reply =
      conversation.need(issue_path(ticket) + "/transitions?expand=transitions.fields");
  if (!reply) return tl::unexpected(reply.error());
  const Json& list = codec::at_path(reply->body, "transitions");
  if (!list.is_array())
    return ended(RetryLater{
        Phrase("{call} was answered without a list of transitions", {{"call", reply->call}})});
  std::vector<Move> moves;
  for (const Json& one : list) {
    Move move{codec::text_or(one, "id", ""), codec::text_or(one, "name", ""),
              status_of(conversation.settings(), codec::at_path(one, "to")),
              codec::at_path(one, "fields")};
    if (!move.id.empty() && !move.to.empty()) moves.push_back(std::move(move));
  }
  return moves;
}

Filled fill(const JiraSettings& settings, const Move& move, const FieldTexts& wanted) {
  Filled filled;
  const auto add = [&](const std::string& name, const std::string& text) {
    const Field* field = field_named(settings, name);
    if (field == nullptr || !is_on(move.screen, field->id) || filled.json.contains(field->id))
      return;
    filled.json[field->id] = value_json(settings, *field, text);
    filled.fields[name] = text;
  };
  for (const auto& [name, text] : wanted) {
    // All labels at once would take away the marker, and what others add at the same time.
    if (settings.fields.at(name).id != "labels") add(name, text);
  }
  if (const auto screen = settings.screens.find(move.to); screen != settings.screens.end()) {
    for (const auto& [name, text] : screen->second) add(name, text);
  }
  if (!move.screen.is_object()) return filled;
  for (const auto& [id, field] : move.screen.items()) {
    const bool needed = codec::flag_at(field, "required") &&
                        !codec::flag_at(field, "hasDefaultValue") && !filled.json.contains(id);
    if (needed) filled.missing.push_back(codec::text_or(field, "name", id));
  }
  return filled;
}

const Move* next_move(const JiraSettings& settings, const std::vector<Move>& moves,
                      const SetStatus& action, const std::string& now, const FieldTexts& wanted) {
  const auto move_to = [&](const std::string& status) -> const Move* {
    const Move* found = nullptr;
    for (const Move& move : moves) {
      if (move.to != status) continue;
      if (fill(settings, move, wanted).missing.empty()) return &move;
      if (found == nullptr) found = &move;
    }
    return found;
  };
  if (const Move* there = move_to(action.status)) return there;
  const auto present = std::find(action.via.begin(), action.via.end(), now);
  const auto first = present == action.via.end() ? action.via.begin() : present + 1;
  for (auto status = action.via.end(); status != first;) {
    --status;
    if (*status == now) continue;
    if (const Move* there = move_to(*status)) return there;
  }
  return nullptr;
}

Phrase not_allowed(const std::string& from, const std::string& to, const std::vector<Move>& moves) {
  std::vector<std::string> names;
  names.reserve(moves.size());
  for (const Move& move : moves) names.push_back(move.to);
  if (names.empty())
    return {
        "Jira does not allow \"{from}\" -> \"{to}\"; allowed now: nothing. Has the bridge's "
        "user the permission \"Transition issues\"?",
        {{"from", from}, {"to", to}}};
  return {"Jira does not allow \"{from}\" -> \"{to}\" for this user; allowed now: {allowed}",
          {{"from", from}, {"to", to}, {"allowed", joined(names)}}};
}

Phrase not_filled(const Move& move, const std::vector<std::string>& missing) {
  return {
      "the screen of the transition \"{transition}\" to \"{to}\" requires {fields}: say under "
      "\"screens\" what to write there",
      {{"transition", move.name}, {"to", move.to}, {"fields", quoted_list(missing)}}};
}

}  // namespace saksbro::jira
