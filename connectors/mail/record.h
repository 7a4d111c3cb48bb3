// What the connector stores for its own normalise(): a thread that we opened, or a mail that came.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bridge/codec/json.h"
#include "bridge/codec/mime/mime.h"
#include "bridge/contract/ids.h"
#include "bridge/contract/time.h"

namespace saksbro::mail {

using codec::Json;

struct Opened {
  RemoteKey thread;
  std::string title;
  std::string text;
  std::string marker;
};

[[nodiscard]] std::string write_opened(const Opened& opened);
[[nodiscard]] Opened read_opened(const Json& record);

// Where a mail lies in the mailbox, and when it came there by the mail server's clock.
struct Place {
  std::uint32_t validity = 0;  // of the folder's numbers: greater after they were given anew
  std::uint32_t uid = 0;
  Instant received{};
};

// What is kept of a mail: its text and the headers that decide something, not its attachments.
struct Came {
  Place place;
  codec::IncomingMail mail;
  Phrase skipped;  // why nothing was read of it; else empty
};

[[nodiscard]] std::string write_came(const Came& came);
[[nodiscard]] Came read_came(const Json& record);

// The same for the same mail, by whichever way and however often it comes.
[[nodiscard]] std::string id_of(const Came& came);

}  // namespace saksbro::mail
