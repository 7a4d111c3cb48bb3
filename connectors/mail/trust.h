// Who may be believed to have written a mail, and which mails no person wrote (docs/libraries.md 7,
// row 63).
#pragma once

#include <optional>
#include <string>

#include "bridge/codec/mime/mime.h"
#include "connectors/mail/mail_system.h"

namespace saksbro::mail {

// Did our own mail server vouch for the address in From? By the topmost Authentication-Results
// alone, and only when it is our server's: whoever sends a mail can write the others. DMARC passed,
// or a DKIM signature passed whose domain is the sender's (or a parent that is no top domain).
[[nodiscard]] bool vouched_for(const Reading& reading, const codec::IncomingMail& mail);

// Whom an answer goes to: the sender. A form on the web writes for others; where the configuration
// names it, whom it names in Reply-To. Of anybody else Reply-To is shown and not followed: it would
// let a sender have our answers sent to whomever he likes.
[[nodiscard]] codec::Mailbox to_be_answered(const Reading& reading,
                                            const codec::IncomingMail& mail);

// Why no person wrote it; nothing when one may have.
[[nodiscard]] std::optional<Phrase> written_by_program(const MailSettings& settings,
                                                       const codec::IncomingMail& mail);

}  // namespace saksbro::mail
