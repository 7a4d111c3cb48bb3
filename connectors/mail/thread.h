// Which thread a mail belongs to. The first mail's Message-ID is the thread's key; ours carry a
// short hash of it on, signed, so that an answer finds its thread by whichever of our mails it
// answers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/contract/ids.h"
#include "connectors/mail/mail_system.h"

namespace saksbro::mail {

// The Message-ID of a mail of ours, the same for the same cause: who got it already can tell. A
// mail that begins a thread has no `thread`.
[[nodiscard]] std::string own_message_id(const MailSettings& settings, std::string_view cause,
                                         const RemoteKey& thread = {});

// Is it one of ours, and rightly signed?
[[nodiscard]] bool is_own(const MailSettings& settings, std::string_view message_id);

// The thread of a mail that answers `message_id`, when that is one of ours. Where somebody else
// began the thread, its key is one of those that the mail or ours `mentioned`.
[[nodiscard]] std::optional<RemoteKey> thread_answered(const MailSettings& settings,
                                                       std::string_view message_id,
                                                       const std::vector<std::string>& mentioned);

// Of ours that tell the thread by themselves: those that opened it, those in a thread that we
// opened, and the long ones of before.
[[nodiscard]] std::optional<RemoteKey> thread_of_own(const MailSettings& settings,
                                                     std::string_view message_id);

// The thread that a mail by somebody else begins, or would begin.
[[nodiscard]] RemoteKey key_of(std::string_view message_id);

// Can its first mail be looked up by the key?
[[nodiscard]] bool can_be_looked_up(const RemoteKey& thread);

// The address that answers to a thread of ours go to: NAME+TAG@DOMAIN. Empty where tags are off,
// where somebody else began the thread, and where the name leaves no room.
[[nodiscard]] std::string tagged_address(const MailSettings& settings, const RemoteKey& thread);
[[nodiscard]] std::optional<RemoteKey> thread_of_tagged(const MailSettings& settings,
                                                        std::string_view address);

// What people call the thread: "M-1a2b3c4d".
[[nodiscard]] std::string number_of(const RemoteKey& thread);

}  // namespace saksbro::mail
