// Status, fields and a comment of an issue, by one PUT: Redmine makes one journal entry of it, and
// sends one mail.
#include <utility>

#include "connectors/redmine/moves.h"
#include "connectors/redmine/notes.h"
#include "connectors/redmine/verbs.h"
#include "connectors/redmine/wanted_fields.h"

namespace saksbro::redmine {
namespace {

constexpr int kMovesMost = 3;

// What one PUT asks for, to be looked for in what is read back.
struct Asked {
  Json issue = Json::object();
  const Named* status = nullptr;
};

class Update {
 public:
  Update(Conversation& conversation, const UpdateTicket& action, int attempt)
      : conversation_(conversation),
        action_(action),
        attempt_(attempt),
        wanted_(wanted_by(conversation.settings(), action.fields)) {}

  Step step() {
    if (auto why = unknown_field(settings(), wanted_.fields)) return Outcome{Rejected{*why}};
    auto seen = look();
    if (!seen) return seen.error();
    if (auto step = learn_statuses()) return *std::move(step);
    bool written = attempt_ > 1 && has_comment(seen->issue);
    for (int puts = 0;; ++puts) {
      const auto asked = next(seen->issue, written, puts);
      if (!asked) return asked.error();
      if (asked->issue.empty()) break;
      const std::string was = status_of(settings(), seen->issue);
      const auto put =
          conversation_.write("PUT", issue_path(action_.ticket), {{"issue", asked->issue}});
      if (!put) return put.error();
      if (!is_success(*put)) return Outcome{refusal(*put)};
      seen = look();
      if (!seen) return seen.error();
      if (auto wrong = not_there_of(*asked, *put, was, seen->issue)) return *std::move(wrong);
      written = written || asked->issue.contains("notes");
    }
    return action_.status ? deliver(conversation_, action_.ticket, *seen, statuses_)
                          : deliver(conversation_, action_.ticket, *seen);
  }

 private:
  [[nodiscard]] const RedmineSettings& settings() const { return conversation_.settings(); }

  StepOr<SeenIssue> look() {
    return need_issue(
        conversation_, action_.ticket,
        action_.status ? std::string(kWholeIssue) + ",allowed_statuses" : kWholeIssue);
  }

  std::optional<Step> learn_statuses() {
    if (!action_.status) return std::nullopt;
    auto statuses = need_statuses(conversation_);
    if (!statuses) return statuses.error();
    statuses_ = *std::move(statuses);
    if (find_named(statuses_, action_.status->status) == nullptr)
      return Outcome{Rejected{not_known(action_.status->status, statuses_)}};
    return std::nullopt;
  }

  [[nodiscard]] bool has_comment(const Json& issue) const {
    return !action_.comment ||
           find_comment(issue, action_.comment->reference, settings().text_format).has_value();
  }

  // On its way through other statuses an issue gets the status alone: all else goes with the last
  // move, so that it is one entry.
  StepOr<Asked> next(const Json& issue, bool written, int puts) {
    Asked asked;
    if (action_.status && status_of(settings(), issue) != action_.status->status) {
      allowed_ = as_configured(settings(), named_things(codec::at_path(issue, "allowed_statuses")));
      asked.status = next_move(settings(), *action_.status, issue, statuses_, allowed_);
      if (asked.status == nullptr || puts == kMovesMost)
        return ended(
            Rejected{not_allowed(status_of(settings(), issue), action_.status->status, allowed_)});
      asked.issue["status_id"] = asked.status->id;
      if (asked.status->name != action_.status->status) return asked;
    }
    if (!missing(settings(), wanted_, issue).empty()) {
      if (const auto added = add_changes(conversation_, wanted_, issue, asked.issue); !added)
        return tl::unexpected(added.error());
    }
    if (action_.comment && !written) {
      asked.issue["notes"] = escaped(action_.comment->text, settings().text_format);
      asked.issue["private_notes"] = action_.comment->visibility == Visibility::internal;
    }
    return asked;
  }

  // Redmine answers 2xx to what it does not do.
  std::optional<Step> not_there_of(const Asked& asked, const Reply& put, const std::string& was,
                                   const Json& issue) const {
    if (asked.status != nullptr && status_of(settings(), issue) == was)
      return Outcome{Rejected{Phrase(
          "Redmine answered {code} to the move to \"{to}\", but left the status at \"{from}\"",
          {{"code", std::to_string(put.status)}, {"to", asked.status->name}, {"from", was}})}};
    if (asked.issue.contains("custom_fields") || asked.issue.contains("priority_id")) {
      const auto wrong = missing(settings(), wanted_, issue);
      if (!wrong.empty()) return Outcome{Rejected{said_not_stored(wrong, issue)}};
    }
    if (asked.issue.contains("notes") && !has_comment(issue)) return Step{not_there(put)};
    return std::nullopt;
  }

  Conversation& conversation_;
  const UpdateTicket& action_;
  const int attempt_;
  const WantedFields wanted_;
  Names statuses_;
  Names allowed_;
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

}  // namespace saksbro::redmine
