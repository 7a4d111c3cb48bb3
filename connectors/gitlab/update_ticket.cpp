// Status and fields of an issue by one PUT, which GitLab tells with one webhook or two; a comment
// is a call of its own there.
#include "connectors/gitlab/look.h"
#include "connectors/gitlab/notes.h"
#include "connectors/gitlab/verbs.h"
#include "connectors/gitlab/wanted.h"

namespace saksbro::gitlab {
namespace {

class Update {
 public:
  Update(Conversation& conversation, const UpdateTicket& action, int attempt)
      : conversation_(conversation),
        action_(action),
        attempt_(attempt),
        wanted_{action.status ? action.status->status : "", action.fields} {}

  Step step() {
    if (auto why = cannot_be(settings(), wanted_)) return Outcome{Rejected{*why}};
    if (auto step = put()) return *std::move(step);
    const auto noted = note();
    if (!noted) return noted.error();
    const auto seen = need_issue(conversation_, action_.ticket);
    if (!seen) return seen.error();
    if (auto why = not_stored(seen->issue())) return Outcome{Rejected{*why}};
    if (action_.comment) {
      const auto ours = find_comment(seen->snapshot, action_.comment->reference);
      if (!ours) return noted->call.empty() ? Step{unseen()} : Step{not_there(*noted)};
      if (leaks(*ours, action_.comment->visibility))
        return take_back(conversation_, action_.ticket, *ours);
    }
    return deliver(conversation_, action_.ticket, *seen);
  }

 private:
  [[nodiscard]] const GitlabSettings& settings() const { return conversation_.settings(); }

  // Setting what is set already would send a webhook of no change.
  std::optional<Step> put() {
    if (wanted_.status.empty() && wanted_.fields.empty()) return std::nullopt;
    const auto seen = need_bare_issue(conversation_, action_.ticket);
    if (!seen) return seen.error();
    const auto changes = changes_to(conversation_, wanted_, seen->issue());
    if (!changes) return changes.error();
    if (changes->empty()) return std::nullopt;
    const auto answered =
        conversation_.write("PUT", issue_path(settings(), action_.ticket), *changes);
    if (!answered) return answered.error();
    if (!is_success(*answered)) return Outcome{refusal(*answered)};
    return std::nullopt;
  }

  // The answer to the note; an empty one where it need not, or must not, be written.
  StepOr<Reply> note() {
    if (!action_.comment) return Reply{};
    if (attempt_ > 1) {
      const auto before = need_issue(conversation_, action_.ticket);
      if (!before) return tl::unexpected(before.error());
      if (find_comment(before->snapshot, action_.comment->reference)) return Reply{};
    }
    return write_note(conversation_, action_.ticket, action_.comment->text,
                      action_.comment->reference, action_.comment->visibility);
  }

  [[nodiscard]] static Outcome unseen() {
    return RetryLater{"the note was there, and is not any more"};
  }

  [[nodiscard]] std::optional<Phrase> not_stored(const Json& issue) const {
    const std::string status = status_of(settings(), look_of(issue));
    if (!wanted_.status.empty() && status != wanted_.status)
      return Phrase(
          "GitLab answered 2xx to the move to \"{to}\", but shows \"{status}\": may the "
          "bridge's user set labels and close issues in this project?",
          {{"to", wanted_.status}, {"status", status}});
    const auto wrong = differing(settings(), wanted_.fields, issue);
    if (wrong.empty()) return std::nullopt;
    return Phrase(
        "GitLab answered 2xx, but does not show the value of {fields}: may the bridge's "
        "user set it in this project, and does this edition of GitLab have it?",
        {{"fields", quoted_list(wrong)}});
  }

  Conversation& conversation_;
  const UpdateTicket& action_;
  const int attempt_;
  const Wanted wanted_;
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

}  // namespace saksbro::gitlab
