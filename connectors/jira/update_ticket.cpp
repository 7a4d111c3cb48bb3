// Status, fields and a comment of an issue: what is on the screen of the last transition, and the
// comment, go with that transition; other fields go before it, with one PUT.
#include <utility>

#include "connectors/jira/comments.h"
#include "connectors/jira/fields.h"
#include "connectors/jira/moves.h"
#include "connectors/jira/verbs.h"

namespace saksbro::jira {
namespace {

constexpr int kMovesMost = 5;

class Update {
 public:
  Update(Conversation& conversation, const UpdateTicket& action, int attempt)
      : conversation_(conversation), action_(action), attempt_(attempt) {}

  Step step() {
    if (auto why = cannot()) return Outcome{Rejected{*why}};
    if (auto step = look()) return *std::move(step);
    written_ = !action_.comment || (attempt_ > 1 && has_comment());
    if (auto step = move()) return *std::move(step);
    if (auto step = put()) return *std::move(step);
    if (auto step = comment()) return *std::move(step);
    if (action_.comment) {
      const auto ours = find_comment(settings(), seen_.comments(), action_.comment->reference);
      if (ours && leaks(settings(), seen_, *ours, action_.comment->visibility))
        return take_back(conversation_, seen_, *ours);
    }
    return deliver(conversation_, action_.ticket, seen_);
  }

 private:
  [[nodiscard]] const JiraSettings& settings() const { return conversation_.settings(); }
  [[nodiscard]] std::string status() const {
    return status_of(settings(), codec::at_path(seen_.issue(), "fields.status"));
  }
  [[nodiscard]] bool has_comment() const {
    return find_comment(settings(), seen_.comments(), action_.comment->reference).has_value();
  }

  [[nodiscard]] std::optional<Phrase> cannot() const {
    if (auto why = cannot_be(settings(), action_.fields)) return why;
    return action_.comment ? cannot_comment(settings(), action_.comment->visibility) : std::nullopt;
  }

  std::optional<Step> look() {
    auto seen = need_issue(conversation_, action_.ticket);
    if (!seen) return seen.error();
    seen_ = *std::move(seen);
    return std::nullopt;
  }

  // Through at most so many statuses; with the last move goes all that its screen takes.
  std::optional<Step> move() {
    for (int made = 0; action_.status && status() != action_.status->status; ++made) {
      const auto moves = need_moves(conversation_, action_.ticket);
      if (!moves) return moves.error();
      const std::string was = status();
      const Move* next = next_move(settings(), *moves, *action_.status, was, action_.fields);
      if (next == nullptr || made == kMovesMost)
        return Outcome{Rejected{not_allowed(was, action_.status->status, *moves)}};
      const bool last = next->to == action_.status->status;
      const Filled filled = fill(settings(), *next, last ? action_.fields : FieldTexts{});
      if (!filled.missing.empty()) return Outcome{Rejected{not_filled(*next, filled.missing)}};
      // An issue may be closed for changes in its new status.
      if (last) {
        if (auto step = put(filled.fields)) return step;
      }
      if (auto step = post(*next, filled, was, last)) return step;
    }
    return std::nullopt;
  }

  std::optional<Step> post(const Move& next, const Filled& filled, const std::string& was,
                           bool last) {
    Json body = {{"transition", {{"id", next.id}}}};
    if (!filled.json.empty()) body["fields"] = filled.json;
    const bool speaks = last && add_comment_to(body);
    const auto reply =
        conversation_.write("POST", issue_path(action_.ticket) + "/transitions", body);
    if (!reply) return reply.error();
    if (!is_success(*reply)) return Outcome{refusal(*reply)};
    if (auto step = look()) return step;
    if (status() == was)
      return Outcome{RetryLater{Phrase(
          "Jira answered {code} to the transition \"{transition}\", but shows the status "
          "\"{from}\" still",
          {{"code", std::to_string(reply->status)}, {"transition", next.name}, {"from", was}})}};
    return speaks ? after_comment(*reply) : std::nullopt;
  }

  std::optional<Step> put() { return put({}); }

  // The fields that the issue does not show so, without those that go with a move.
  std::optional<Step> put(const FieldTexts& with_move) {
    FieldTexts fields;
    for (const std::string& name : differing(settings(), action_.fields, seen_.issue())) {
      if (!with_move.contains(name)) fields[name] = action_.fields.at(name);
    }
    if (fields.empty()) return std::nullopt;
    Json body = fields_body(fields);
    const bool speaks = !action_.status && add_comment_to(body);
    const auto reply = conversation_.write("PUT", issue_path(action_.ticket), body);
    if (!reply) return reply.error();
    if (!is_success(*reply)) return Outcome{refusal(*reply)};
    if (auto step = look()) return step;
    const auto wrong = differing(settings(), fields, seen_.issue());
    if (!wrong.empty())
      return Outcome{Rejected{
          Phrase("Jira answered {code}, but does not show the value of {fields}: does an "
                 "automation change it, or is it behind on this issue?",
                 {{"code", std::to_string(reply->status)}, {"fields", quoted_list(wrong)}})}};
    return speaks ? after_comment(*reply) : std::nullopt;
  }

  [[nodiscard]] Json fields_body(const FieldTexts& fields) const {
    FieldTexts others;
    Json body = Json::object();
    for (const auto& [name, text] : fields) {
      const Field& field = settings().fields.at(name);
      if (field.id != "labels")
        others[name] = text;
      else
        body["update"]["labels"] = label_changes(text, field_of(seen_.issue(), field));
    }
    if (!others.empty()) body["fields"] = fields_json(settings(), others);
    return body;
  }

  // True when the comment goes with that call.
  bool add_comment_to(Json& body) const {
    if (written_ || !goes_with_others(settings(), action_.comment->visibility)) return false;
    const AddComment& said = *action_.comment;
    body["update"]["comment"] = Json::array(
        {{{"add", comment_json(settings(), said.text, said.reference, said.visibility)}}});
    return true;
  }

  std::optional<Step> after_comment(const Reply& reply) {
    written_ = true;
    if (!has_comment()) return Step{not_there(reply)};
    return std::nullopt;
  }

  std::optional<Step> comment() {
    if (written_) return std::nullopt;
    const auto reply = write_comment(conversation_, comment_of_ticket());
    if (!reply) return reply.error();
    if (auto step = look()) return step;
    return after_comment(*reply);
  }

  [[nodiscard]] AddComment comment_of_ticket() const {
    AddComment said = *action_.comment;
    said.ticket = action_.ticket;
    return said;
  }

  Conversation& conversation_;
  const UpdateTicket& action_;
  const int attempt_;
  SeenIssue seen_;
  bool written_ = false;  // the comment, or there is none
};

}  // namespace

Step update_ticket(Conversation& conversation, const UpdateTicket& action, int attempt) {
  return Update(conversation, action, attempt).step();
}

Step set_status(Conversation& conversation, const SetStatus& action) {
  return update_ticket(conversation, {action.ticket, action, {}, {}}, 1);
}

Step set_fields(Conversation& conversation, const SetFields& action) {
  return update_ticket(conversation, {action.ticket, {}, action.fields, {}}, 1);
}

}  // namespace saksbro::jira
