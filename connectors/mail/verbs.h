// What the connector does for each kind of command. Each reads as one conversation.
#pragma once

#include "connectors/mail/conversation.h"

namespace saksbro::mail {

[[nodiscard]] Step create_ticket(Conversation& conversation, const CreateTicket& action,
                                 const IdempotencyKey& cause, int attempt);
[[nodiscard]] Step add_comment(Conversation& conversation, const AddComment& action,
                               const IdempotencyKey& cause, int attempt);
[[nodiscard]] Step fetch_file(Conversation& conversation, const FetchFile& action);
[[nodiscard]] Step send_notice(Conversation& conversation, const SendNotice& action);
[[nodiscard]] Step raise_alert(Conversation& conversation, const RaiseAlert& action,
                               const IdempotencyKey& cause);

}  // namespace saksbro::mail
