// The body of a call as one stream: its text, or its parts with the bytes of files among them.
// Whatever the size of the files, it holds some kilobytes. For one thread; the call and the spool
// must outlive it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "bridge/contract/call.h"
#include "bridge/net/spool.h"

namespace saksbro::net {

class OutgoingBody {
 public:
  OutgoingBody(const Call& call, Spool* spool) : call_(call), spool_(spool) {}

  // How many bytes it is on the wire: the length is announced, so that no half body passes for one.
  [[nodiscard]] std::uint64_t size() const;
  // The next bytes; 0: there are no more. An error: a file cannot be read, and nothing more comes.
  [[nodiscard]] Result<std::size_t> read(char* to, std::size_t size);
  // Its last byte was handed over: the other side may have it. False before anybody asked for any.
  [[nodiscard]] bool all_read() const { return asked_ && read_ == size(); }
  // What read() failed with, for who cannot be told by it (libcurl).
  [[nodiscard]] const std::optional<Error>& wrong() const { return wrong_; }

  // For CURLOPT_READFUNCTION, with the body as its data: an error ends the transfer.
  static std::size_t on_read(char* to, std::size_t one, std::size_t count, void* self);

 private:
  [[nodiscard]] Result<std::string_view> next_piece();
  [[nodiscard]] Result<std::string_view> next_of_file(const BodyPart& part);

  const Call& call_;
  Spool* spool_;
  std::size_t part_ = 0;
  bool text_read_ = false;  // of the part, or of the whole where there are none
  std::unique_ptr<SpoolReader> file_;
  std::string buffer_;      // bytes of a file as they go out
  std::string_view piece_;  // what is left of a text or of the buffer
  std::uint64_t read_ = 0;
  bool asked_ = false;
  std::optional<Error> wrong_;
};

// A file of that size, in that encoding.
[[nodiscard]] std::uint64_t encoded_size(std::uint64_t size, BodyPart::Encoding encoding);

}  // namespace saksbro::net
