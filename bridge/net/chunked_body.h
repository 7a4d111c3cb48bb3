// Takes a chunked body off the wire as it comes, and never more of it than the limit.
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

  // Appends to `body`, and removes from `wire` what it took. Why the body is refused, if it is.
  [[nodiscard]] std::optional<Refusal> feed(std::string_view& wire, std::string& body);
  [[nodiscard]] bool whole() const { return at_ == At::end; }
  [[nodiscard]] bool has_extensions() const { return has_extensions_; }

 private:
  enum class At { size_line, bytes, bytes_end, last_line, end };
  [[nodiscard]] std::optional<Refusal> end_line(std::size_t body_bytes);
  [[nodiscard]] std::optional<Refusal> begin_chunk(std::string_view line, std::size_t body_bytes);
  void copy(std::string_view& wire, std::string& body);

  std::size_t bytes_max_;
  At at_ = At::size_line;
  std::string line_;
  std::size_t left_ = 0;  // of the chunk under way
  bool has_extensions_ = false;
};

}  // namespace saksbro::net
