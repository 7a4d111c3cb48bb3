// Files of a ticket: what RT keeps with a transaction and is not its text.
#pragma once

#include <string>
#include <vector>

#include "bridge/contract/ticket.h"
#include "connectors/rt/history.h"

namespace saksbro::rt {

// Of transactions that have parts, or no text at all: [{"id", "TransactionId", "Filename",
// "ContentType", "Size"}]. No call where there are none of these.
[[nodiscard]] StepOr<Json> read_files(Conversation& conversation, const History& history,
                                      const Json& texts);

// Of a snapshot, oldest first. As internal as the transaction that brought them.
[[nodiscard]] std::vector<Attachment> files_of(const Json& snapshot, const RemoteKey& key);

// As the member "Attachments" of a reply, and the name and size of each as RT shows them then.
[[nodiscard]] std::vector<BodyPart> body_with_files(const Json& reply,
                                                    const std::vector<OutgoingFile>& files);
[[nodiscard]] std::string stored_name(std::string_view name);

// How it ends when files that were sent are not with that transaction; nothing when all are.
[[nodiscard]] std::optional<Outcome> files_missing(const Json& snapshot,
                                                   const std::string& transaction,
                                                   const AddComment& action);

}  // namespace saksbro::rt
