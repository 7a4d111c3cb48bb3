#include "bridge/codec/fit.h"
#include "connectors/example_tracker/example_tracker_system.h"
#include "connectors/example_tracker/verbs.h"
#include "connectors/tracker/verbs.h"

namespace saksbro::example_tracker {
namespace {

// A note cannot be edited here: a verb that is not named is refused, and that is told.
constexpr tracker::Verbs<Conversation> kVerbs{
    .read_ticket = read_ticket,
    .create_ticket = create_ticket,
    .set_status = set_status,
    .set_fields = set_fields,
    .add_comment = add_comment,
};

}  // namespace

Step ExampleTrackerSystem::perform(const Command& command, Transcript so_far) const {
  Conversation conversation(settings_, so_far);
  return tracker::dispatch(kVerbs, conversation,
                           codec::with_texts(command.action, codec::clean_text), command.attempt);
}

}  // namespace saksbro::example_tracker
