// One function a verb; each is its whole conversation.
#pragma once

#include "connectors/gitlab/conversation.h"

namespace saksbro::gitlab {

[[nodiscard]] Step read_ticket(Conversation& conversation, const ReadTicket& action);
[[nodiscard]] Step create_ticket(Conversation& conversation, const CreateTicket& action,
                                 int attempt);
[[nodiscard]] Step set_status(Conversation& conversation, const SetStatus& action);
[[nodiscard]] Step set_fields(Conversation& conversation, const SetFields& action);
[[nodiscard]] Step add_comment(Conversation& conversation, const AddComment& action, int attempt);
[[nodiscard]] Step keep_note(Conversation& conversation, const KeepNote& action);
[[nodiscard]] Step fetch_file(Conversation& conversation, const FetchFile& action);
[[nodiscard]] Step update_ticket(Conversation& conversation, const UpdateTicket& action,
                                 int attempt);

}  // namespace saksbro::gitlab
