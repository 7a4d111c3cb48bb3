#include "bridge/codec/fit.h"
#include "connectors/rt/rt_system.h"
#include "connectors/rt/verbs.h"
#include "connectors/tracker/verbs.h"

namespace saksbro::rt {
namespace {

constexpr tracker::Verbs<Conversation> kVerbs{
    .read_ticket = read_ticket,
    .create_ticket = create_ticket,
    .set_status = set_status,
    .set_fields = set_fields,
    .add_comment = add_comment,
    .keep_note = keep_note,
    .fetch_file = fetch_file,
};

}  // namespace

Abilities RtSystem::abilities() const {
  Abilities abilities = System::abilities();
  abilities.takes_files = true;
  abilities.gives_files = true;
  return abilities;
}

Step RtSystem::perform(const Command& command, Transcript so_far) const {
  Conversation conversation(settings_, so_far);
  return tracker::dispatch(kVerbs, conversation,
                           codec::with_texts(command.action, codec::clean_text), command.attempt);
}

}  // namespace saksbro::rt
