#include "bridge/codec/fit.h"
#include "connectors/rt/rt_system.h"
#include "connectors/rt/verbs.h"

namespace saksbro::rt {
namespace {

struct Perform {
  Conversation& conversation;
  int attempt;

  Step operator()(const ReadTicket& action) const { return read_ticket(conversation, action); }
  Step operator()(const CreateTicket& action) const {
    return create_ticket(conversation, action, attempt);
  }
  Step operator()(const SetStatus& action) const { return set_status(conversation, action); }
  Step operator()(const SetFields& action) const { return set_fields(conversation, action); }
  Step operator()(const AddComment& action) const {
    return add_comment(conversation, action, attempt);
  }
  Step operator()(const KeepNote& action) const { return keep_note(conversation, action); }
  Step operator()(const RaiseAlert&) const {
    return Outcome{Rejected{"RT is a tracker, not an alert channel"}};
  }
  Step operator()(const SendNotice&) const {
    return Outcome{Rejected{"RT is a tracker, and sends no notices"}};
  }
};

}  // namespace

Step RtSystem::perform(const Command& command, Transcript so_far) const {
  Conversation conversation(settings_, so_far);
  return std::visit(Perform{conversation, command.attempt},
                    codec::with_texts(command.action, codec::clean_text));
}

}  // namespace saksbro::rt
