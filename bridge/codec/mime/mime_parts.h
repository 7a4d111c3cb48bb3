// The parts of a mail, and which of them are its words. Mails that we read ourselves and those that
// a tracker took in (RT keeps their parts) are read by the same rules.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace saksbro::codec {

struct MimePart {
  std::string type;       // "text/plain", in lower case
  std::string name;       // of a file; empty: none was given
  bool attached = false;  // the sender says so
  std::string text;       // of text/plain and text/html: UTF-8, HTML with its tags
  std::string from;       // of a mail in the mail (message/rfc822), as people read it
  std::string subject;
  std::vector<MimePart> parts;
  std::string section;     // its number in IMAP (RFC 9051 6.4.5.1): "1", "2.1"; empty: not known
  std::string encoding;    // the transfer encoding (RFC 2045): "base64"; empty: as it is
  std::uint64_t size = 0;  // of what is in it, decoded; of parts that hold none, 0
};

// A part that is a file to who reads the mail.
struct MimeFile {
  std::string name;  // attachment_name
  std::string type;
  std::string section;
  std::string encoding;
  std::uint64_t size = 0;

  friend bool operator==(const MimeFile&, const MimeFile&) = default;
};

struct MimeText {
  std::string text;                      // what the sender wrote: UTF-8, LF
  std::vector<std::string> attachments;  // the names of files and mails that came with it
  std::vector<MimeFile> files;           // the same, in the same order
  std::string forwarded;  // mails in the mail, each as a quotation that begins with its sender
};

// The words of `whole`:
//   - of alternatives plain text that is not blank, else HTML; a calendar is neither;
//   - several texts in their order; what has a file's name is a file, whatever its type;
//   - a mail in the mail is somebody else's text.
[[nodiscard]] MimeText words_of(const MimePart& whole, std::size_t text_bytes);

// `text`, and below it the names, which nobody may take for words of it: "📎 app.log, per.vcf".
[[nodiscard]] std::string with_attachment_names(std::string text,
                                                const std::vector<std::string>& names);

}  // namespace saksbro::codec
