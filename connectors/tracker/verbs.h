// One function a kind of command, and which of them a command goes to.
#pragma once

#include <string>

#include "bridge/contract/command.h"
#include "connectors/tracker/step_or.h"

namespace saksbro::tracker {

// Each is its whole conversation; `attempt` is 2 or more where something may be there already. One
// that the tracker has no way to do is null, and is refused.
template <class Conversation>
struct Verbs {
  Step (*read_ticket)(Conversation& conversation, const ReadTicket& action) = nullptr;
  Step (*create_ticket)(Conversation& conversation, const CreateTicket& action,
                        int attempt) = nullptr;
  Step (*set_status)(Conversation& conversation, const SetStatus& action) = nullptr;
  Step (*set_fields)(Conversation& conversation, const SetFields& action) = nullptr;
  Step (*add_comment)(Conversation& conversation, const AddComment& action, int attempt) = nullptr;
  Step (*keep_note)(Conversation& conversation, const KeepNote& action) = nullptr;
  // Of trackers that say so (Abilities::updates_at_once).
  Step (*update_ticket)(Conversation& conversation, const UpdateTicket& action,
                        int attempt) = nullptr;
  // Of trackers that have files (Abilities::gives_files).
  Step (*fetch_file)(Conversation& conversation, const FetchFile& action) = nullptr;
};

// How a command ends that `tracker` ("Redmine") has no verb for.
[[nodiscard]] Outcome no_verb(const std::string& tracker, const Action& action);

// Of a create where no marker_field is configured: the command is older than this configuration.
[[nodiscard]] Outcome no_marker();

template <class Conversation>
class Dispatch {
 public:
  Dispatch(const Verbs<Conversation>& verbs, Conversation& conversation, const Action& action,
           int attempt)
      : verbs_(verbs), conversation_(conversation), action_(action), attempt_(attempt) {}

  Step operator()(const ReadTicket& action) const { return call(verbs_.read_ticket, action); }
  Step operator()(const SetStatus& action) const { return call(verbs_.set_status, action); }
  Step operator()(const SetFields& action) const { return call(verbs_.set_fields, action); }
  Step operator()(const KeepNote& action) const { return call(verbs_.keep_note, action); }
  Step operator()(const CreateTicket& action) const {
    if (conversation_.settings().marker_field.empty()) return no_marker();
    return call(verbs_.create_ticket, action, attempt_);
  }
  Step operator()(const AddComment& action) const {
    return call(verbs_.add_comment, action, attempt_);
  }
  Step operator()(const UpdateTicket& action) const {
    return call(verbs_.update_ticket, action, attempt_);
  }
  Step operator()(const FetchFile& action) const { return call(verbs_.fetch_file, action); }
  Step operator()(const RaiseAlert&) const { return refused(); }
  Step operator()(const SendNotice&) const { return refused(); }

 private:
  [[nodiscard]] Step call(auto verb, const auto& action, auto... attempt) const {
    return verb == nullptr ? refused() : verb(conversation_, action, attempt...);
  }
  [[nodiscard]] Step refused() const { return no_verb(conversation_.dialect().tracker, action_); }

  const Verbs<Conversation>& verbs_;
  Conversation& conversation_;
  const Action& action_;
  int attempt_;
};

// The next step of the one verb that `action` needs.
template <class Conversation>
[[nodiscard]] Step dispatch(const Verbs<Conversation>& verbs, Conversation& conversation,
                            const Action& action, int attempt) {
  return std::visit(Dispatch<Conversation>(verbs, conversation, action, attempt), action);
}

}  // namespace saksbro::tracker
