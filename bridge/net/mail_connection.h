// What calls by SMTP and by IMAP share: how they connect, and what they must not have in them.
#pragma once

#include <curl/curl.h>

#include <optional>
#include <string>
#include <string_view>

#include "bridge/contract/call.h"
#include "bridge/net/client.h"
#include "bridge/net/pulse.h"

namespace saksbro::net {

// smtp://, smtps://, imap://, imaps://
[[nodiscard]] bool speaks_smtp(const Call& call);
[[nodiscard]] bool speaks_imap(const Call& call);

// A header of the call, or an empty text.
[[nodiscard]] std::string mail_header(const Call& call, const std::string& name);

// Why this call cannot be put on the wire: a line break would become a command of its own.
[[nodiscard]] std::optional<Phrase> unsendable_mail(const Call& call);

// Address, credentials, trust and deadlines. A connection of its own, so that nothing is sent
// twice. The call and `pulse` must outlive the transfer.
void prepare_mail(CURL* handle, const ClientLimits& limits, const Call& call, const Pulse& pulse);

// The same words for the same fault: curl's details only where they name the cause.
[[nodiscard]] Phrase mail_fault(CURLcode code, const char* detail, const Pulse& pulse);

}  // namespace saksbro::net
