// Files of a mail that came: where they lie, and how they are fetched.
#pragma once

#include <vector>

#include "bridge/contract/ticket.h"
#include "connectors/mail/record.h"

namespace saksbro::mail {

// Of `ticket`, which the mail is (or, with `entry`, belongs to). Known by the mail, so that they
// are the same when it is read once more from a folder whose numbers were given anew.
[[nodiscard]] std::vector<Attachment> attachments_of(const Came& came, const Ticket& ticket,
                                                     const std::string& entry);

}  // namespace saksbro::mail
