// One mail on its way: dated, written and handed over.
#pragma once

#include <string>
#include <vector>

#include "bridge/codec/mime/mime.h"
#include "connectors/mail/conversation.h"

namespace saksbro::mail {

// To all in one go, and to ourselves where we read: the mailbox then holds the thread whole, and a
// second attempt can see that the first one got through.
// `done` when an earlier attempt's mail is found there.
[[nodiscard]] Step send_in_thread(Conversation& conversation, codec::OutgoingMail mail,
                                  const Delivered& done, int attempt,
                                  const std::vector<OutgoingFile>& files = {});

// To each for himself: an address that is refused must not silence the others.
[[nodiscard]] Step send_to_each(Conversation& conversation, codec::OutgoingMail mail);

}  // namespace saksbro::mail
