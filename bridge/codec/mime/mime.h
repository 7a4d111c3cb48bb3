// Mails (RFC 5322, 2045-2047), written by us and read by GMime, without surprises
// (docs/libraries.md 7).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bridge/codec/mail_address.h"
#include "bridge/codec/mime/mime_parts.h"
#include "bridge/contract/blob.h"
#include "bridge/contract/error.h"
#include "bridge/contract/time.h"

namespace saksbro::codec {

// A mail by a program. Message-IDs are without the angle brackets everywhere.
struct OutgoingMail {
  Mailbox from;
  std::vector<Mailbox> to;
  std::string reply_to;  // an address; may be empty
  std::string subject;
  std::string text;  // UTF-8
  std::string message_id;
  std::vector<std::string> references;  // oldest first; the last is the one that is answered
  Instant date{};
};

// The whole message, CRLF, in ASCII: headers by RFC 2047, the text quoted-printable. It says of
// itself that a program wrote it, so that no other program answers. An error: a header's value has
// a line break or a NUL in it, or an id or address is none.
[[nodiscard]] Result<std::string> write_mail(const OutgoingMail& mail);

// The same with files (multipart/mixed), which are in base64.
[[nodiscard]] Result<std::vector<BodyPart>> write_mail(const OutgoingMail& mail,
                                                       const std::vector<OutgoingFile>& files);

struct MailLimits {
  std::size_t bytes = 25U * 1024U * 1024U;
  std::size_t header_bytes = 64U * 1024U;
  std::size_t parts = 100;
  int depth = 10;
  std::size_t text_bytes = 256U * 1024U;  // longer texts are cut
};

struct IncomingMail {
  // As they came, unfolded and not decoded; names in lower case; topmost first.
  std::vector<std::pair<std::string, std::string>> headers;
  Mailbox from;                         // an empty address when there is none, or several
  std::vector<Mailbox> reply_to;        // whom the sender wants answers to go to
  std::vector<std::string> recipients;  // addresses of To and Cc
  std::string subject;
  // What is to be read (mime_parts.h): UTF-8, LF. Where the sender wrote nothing and forwarded a
  // mail as an attachment, that mail as a quotation.
  std::string text;
  std::string message_id;
  std::vector<std::string> in_reply_to;
  std::vector<std::string> references;
  std::optional<Instant> date;
  std::vector<std::string> attachments;  // their names; the bytes are not looked into
  std::vector<MimeFile> files;           // the same, and where they are

  [[nodiscard]] std::string header(std::string_view name) const;  // the topmost; "" when none
};

// Takes any bytes. An error: more than a limit allows, with the limit in its text.
[[nodiscard]] Result<IncomingMail> read_mail(std::string_view bytes, const std::string& where,
                                             const MailLimits& limits = {});

}  // namespace saksbro::codec
