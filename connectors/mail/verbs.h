// What the connector does for each kind of command. Each reads as one conversation.
#pragma once

#include "connectors/mail/talk.h"

namespace saksbro::mail {

[[nodiscard]] Step create_ticket(Talk& talk, const CreateTicket& action,
                                 const IdempotencyKey& cause, int attempt);
[[nodiscard]] Step add_comment(Talk& talk, const AddComment& action, const IdempotencyKey& cause,
                               int attempt);
[[nodiscard]] Step send_notice(Talk& talk, const SendNotice& action);
[[nodiscard]] Step raise_alert(Talk& talk, const RaiseAlert& action, const IdempotencyKey& cause);

}  // namespace saksbro::mail
