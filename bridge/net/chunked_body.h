// Takes a chunked body off the wire as it comes, and never holds more of it than the limit.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "bridge/net/request_head.h"

namespace saksbro::net {

class ChunkedBody {
 public:
  explicit ChunkedBody(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  // Why the body is refused, if it is. Bytes after the last chunk are ignored.
  [[nodiscard]] std::optional<Refusal> feed(std::string_view wire);
  [[nodiscard]] bool whole() const { return at_ == At::end; }
  [[nodiscard]] std::string take() { return std::move(body_); }

 private:
  enum class At { size_line, bytes, bytes_end, last_line, end };
  [[nodiscard]] std::optional<Refusal> end_line();
  [[nodiscard]] std::optional<Refusal> begin_chunk(std::string_view line);
  [[nodiscard]] std::size_t copy(std::string_view wire);

  std::size_t bytes_max_;
  At at_ = At::size_line;
  std::string line_;
  std::size_t left_ = 0;  // of the chunk under way
  std::string body_;
};

}  // namespace saksbro::net
