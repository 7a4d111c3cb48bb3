#include "bridge/net/chunked_body.h"

#include <algorithm>
#include <charconv>

namespace saksbro::net {
namespace {

constexpr std::size_t line_bytes_max = 64;
constexpr std::size_t size_digits_max = 7;

}  // namespace

std::optional<Refusal> ChunkedBody::feed(std::string_view wire) {
  while (!wire.empty() && !whole()) {
    if (at_ == At::bytes) {
      wire.remove_prefix(copy(wire));
      continue;
    }
    const char next = wire.front();
    wire.remove_prefix(1);
    line_.push_back(next);
    if (line_.size() > line_bytes_max) return Refusal{400, "a chunk's line is too long"};
    if (next != '\n') continue;
    if (auto refused = end_line()) return refused;
  }
  return std::nullopt;
}

std::size_t ChunkedBody::copy(std::string_view wire) {
  const std::size_t count = std::min(left_, wire.size());
  body_.append(wire.substr(0, count));
  left_ -= count;
  if (left_ == 0) at_ = At::bytes_end;
  return count;
}

std::optional<Refusal> ChunkedBody::end_line() {
  if (!line_.ends_with("\r\n")) return Refusal{400, "bad line end in a chunk"};
  const std::string line = line_.substr(0, line_.size() - 2);
  line_.clear();
  if (at_ == At::size_line) return begin_chunk(line);
  // After a chunk's bytes, and after the last chunk: trailers are not taken.
  if (!line.empty()) return Refusal{400, "bad chunk"};
  at_ = at_ == At::bytes_end ? At::size_line : At::end;
  return std::nullopt;
}

std::optional<Refusal> ChunkedBody::begin_chunk(std::string_view line) {
  const std::string_view digits = line.substr(0, line.find(';'));
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
  if (digits.empty() || digits.size() > size_digits_max || error != std::errc{} ||
      end != digits.data() + digits.size()) {
    return Refusal{400, "bad chunk size"};
  }
  if (size > bytes_max_ - body_.size()) return Refusal{413, "the body is too large"};
  left_ = size;
  at_ = size == 0 ? At::last_line : At::bytes;
  return std::nullopt;
}

}  // namespace saksbro::net
