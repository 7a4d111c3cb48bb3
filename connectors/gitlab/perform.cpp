#include "bridge/codec/fit.h"
#include "connectors/gitlab/gitlab_system.h"
#include "connectors/gitlab/verbs.h"
#include "connectors/tracker/verbs.h"

namespace saksbro::gitlab {
namespace {

constexpr tracker::Verbs<Conversation> kVerbs{
    .read_ticket = read_ticket,
    .create_ticket = create_ticket,
    .set_status = set_status,
    .set_fields = set_fields,
    .add_comment = add_comment,
    .keep_note = keep_note,
    .update_ticket = update_ticket,
    .fetch_file = fetch_file,
};

}  // namespace

Step GitlabSystem::perform(const Command& command, Transcript so_far) const {
  Conversation conversation(settings_, so_far);
  return tracker::dispatch(kVerbs, conversation,
                           codec::with_texts(command.action, codec::clean_text), command.attempt);
}

}  // namespace saksbro::gitlab
