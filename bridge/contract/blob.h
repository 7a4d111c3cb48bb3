// The bytes of a file. A connector speaks of them by reference only: net streams them into the
// spool and out of it, whatever their size.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace saksbro {

// Bytes that lie in the spool, found there by what they are.
struct BlobRef {
  std::string sha256;  // 64 hexadecimal digits, lower case
  std::uint64_t size = 0;

  friend bool operator==(const BlobRef&, const BlobRef&) = default;
};

// A file as it goes to another ticket.
struct OutgoingFile {
  std::string name;  // codec::attachment_name: as it may be shown, and never a path
  std::string media_type;
  BlobRef blob;

  friend bool operator==(const OutgoingFile&, const OutgoingFile&) = default;
};

// A stretch of a body that is sent: a text, then the bytes of a blob, if there is one.
struct BodyPart {
  std::string text;
  std::optional<BlobRef> blob{};
  // As base64: in lines of 76 characters with CRLF, as mail has it, or without any line end, as a
  // JSON string has it.
  enum class Encoding { raw, base64_lines, base64 } encoding = Encoding::raw;

  friend bool operator==(const BodyPart&, const BodyPart&) = default;
};

// Where the body of an answer goes instead of Answer::body, when the answer is a success (2xx).
struct Download {
  std::uint64_t bytes_most = 0;  // of the file; a larger one is broken off, and no blob comes of it
  enum class Form {
    raw,          // the body is the file
    json_base64,  // the body is a JSON object; the file is its string `member`, in base64
    imap_part     // the file is the first literal, in the transfer encoding `member` (RFC 2045)
  } form = Form::raw;
  std::string member{};
  // How large the file is by its tracker's own word; 0: not told. So much room is kept for it in
  // the spool. Where the word is exact, one of another size comes to nothing, as one that is too
  // large.
  std::uint64_t bytes = 0;
  bool exact = false;

  friend bool operator==(const Download&, const Download&) = default;
};

}  // namespace saksbro
