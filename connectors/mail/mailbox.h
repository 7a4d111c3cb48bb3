// Questions to the mailbox. All are looks: nothing is marked, moved or deleted.
#pragma once

#include <optional>
#include <string>

#include "connectors/mail/mail_system.h"

namespace saksbro::mail {

[[nodiscard]] Headers access_headers(const Access& access);

// Needs settings.reading.
[[nodiscard]] Call mailbox_call(const MailSettings& settings, const std::string& command);

// How a question ended that was not answered with what was asked for, and with "uidvalidity".
[[nodiscard]] std::optional<RetryLater> mailbox_failure(const Exchange& exchange);

}  // namespace saksbro::mail
