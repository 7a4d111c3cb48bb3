// What an IMAP server says (RFC 9051), as far as polling a mailbox needs it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/contract/time.h"

namespace saksbro::codec {

// One "* 3 FETCH (...)". What the server did not tell is empty.
struct ImapFetched {
  std::uint32_t uid = 0;
  std::optional<std::uint64_t> size;
  std::optional<Instant> received;  // INTERNALDATE: by the mail server's clock
  std::optional<std::string> body;  // of whichever BODY[...] was asked for

  friend bool operator==(const ImapFetched&, const ImapFetched&) = default;
};

// Takes any bytes; what is no such line, or one without a UID, is passed over.
[[nodiscard]] std::vector<ImapFetched> read_fetched(std::string_view lines);

// The numbers of "* SEARCH 4 7 9", in ascending order, each once.
[[nodiscard]] std::vector<std::uint32_t> read_search(std::string_view lines);

// "25-Nov-2026": the date that SEARCH SINCE takes.
[[nodiscard]] std::string imap_date(Instant instant);

}  // namespace saksbro::codec
