// A file that comes in with an answer: taken out of what surrounds it, decoded, counted, and put
// into the spool as it comes. For one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "bridge/contract/call.h"
#include "bridge/net/spool.h"

namespace saksbro::net {

// What stands around a file, and how it is written. Bytes in, bytes of the file out.
class FileDecoder {
 public:
  FileDecoder() = default;
  FileDecoder(const FileDecoder&) = delete;
  FileDecoder& operator=(const FileDecoder&) = delete;
  virtual ~FileDecoder() = default;

  // False: this is not what it should be.
  [[nodiscard]] virtual bool decode(std::string_view bytes, std::string& out) = 0;
  // The answer is at its end; false: the file is not.
  [[nodiscard]] virtual bool whole() = 0;
};

// Of a call that was not made: the spool has no room for its file.
[[nodiscard]] Fate no_room(const Error& why);

[[nodiscard]] std::unique_ptr<FileDecoder> make_decoder(const Download& download);

class IncomingFile {
 public:
  IncomingFile(Download download, Spool& spool);

  // Takes the room that it needs, before the call is made. An error: there is none.
  [[nodiscard]] Result<void> begin();
  // False: no more is wanted, see fate().
  [[nodiscard]] bool take(std::string_view bytes);
  // How a call ends whose answer was `answer`, and which came to its end (or was ended by take()).
  // A file that is larger than it may be, or not as large as its tracker says, is an answer without
  // a blob.
  [[nodiscard]] Fate fate(Answer answer);
  [[nodiscard]] bool broken_off() const { return too_large_ || wrong_ || malformed_; }

 private:
  Download download_;
  Spool& spool_;
  std::unique_ptr<FileDecoder> decoder_;
  std::unique_ptr<SpoolWriter> writer_;
  std::string decoded_;
  std::uint64_t size_ = 0;
  bool too_large_ = false;
  bool malformed_ = false;
  std::optional<Error> wrong_;
};

// The part of a mail that an IMAP server gives in its answer to a FETCH: a literal, or a string in
// quotes. `buffer` holds what was escaped in one. None: it has no such part (NIL, or no FETCH).
[[nodiscard]] std::optional<std::string_view> fetched_part(std::string_view answer,
                                                           std::string& buffer);

// The decoder of a transfer encoding (RFC 2045); unknown ones are taken as they are.
[[nodiscard]] std::unique_ptr<FileDecoder> make_transfer_decoder(std::string_view encoding);

}  // namespace saksbro::net
