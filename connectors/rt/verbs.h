// One function a verb; each is its whole conversation.
#pragma once

#include "connectors/rt/talk.h"

namespace saksbro::rt {

[[nodiscard]] Step read_ticket(Talk& talk, const ReadTicket& action);
[[nodiscard]] Step create_ticket(Talk& talk, const CreateTicket& action, int attempt);
[[nodiscard]] Step set_status(Talk& talk, const SetStatus& action);
[[nodiscard]] Step set_fields(Talk& talk, const SetFields& action);
[[nodiscard]] Step add_comment(Talk& talk, const AddComment& action, int attempt);
[[nodiscard]] Step keep_note(Talk& talk, const KeepNote& action);

}  // namespace saksbro::rt
