#include "bridge/net/chunked_body.h"

#include <algorithm>
#include <charconv>

namespace saksbro::net {
namespace {

constexpr std::size_t size_line_bytes_max = 64;
constexpr std::size_t size_digits_max = 7;

}  // namespace

std::optional<Refusal> ChunkedBody::feed(std::string_view& wire, std::string& body) {
  while (!wire.empty() && !whole()) {
    if (at_ == At::bytes) {
      copy(wire, body);
      continue;
    }
    const char next = wire.front();
    wire.remove_prefix(1);
    line_.push_back(next);
    if (line_.size() > size_line_bytes_max) return Refusal{400, "a chunk's line is too long"};
    if (next != '\n') continue;
    if (auto refused = end_line(body.size())) return refused;
  }
  return std::nullopt;
}

void ChunkedBody::copy(std::string_view& wire, std::string& body) {
  const std::size_t count = std::min(left_, wire.size());
  body.append(wire.substr(0, count));
  wire.remove_prefix(count);
  left_ -= count;
  if (left_ == 0) at_ = At::bytes_end;
}

std::optional<Refusal> ChunkedBody::end_line(std::size_t body_bytes) {
  if (!line_.ends_with("\r\n")) return Refusal{400, "bad line end in a chunk"};
  const std::string line = line_.substr(0, line_.size() - 2);
  line_.clear();
  if (at_ == At::size_line) return begin_chunk(line, body_bytes);
  // After a chunk's bytes, and after the last chunk: trailers are not taken.
  if (!line.empty()) return Refusal{400, "bad chunk"};
  at_ = at_ == At::bytes_end ? At::size_line : At::end;
  return std::nullopt;
}

std::optional<Refusal> ChunkedBody::begin_chunk(std::string_view line, std::size_t body_bytes) {
  const std::string_view digits = line.substr(0, line.find(';'));
  has_extensions_ = has_extensions_ || digits.size() < line.size();
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
  if (digits.empty() || digits.size() > size_digits_max || error != std::errc{} ||
      end != digits.data() + digits.size()) {
    return Refusal{400, "bad chunk size"};
  }
  if (size > bytes_max_ - body_bytes) return Refusal{413, "the body is too large"};
  left_ = size;
  at_ = size == 0 ? At::last_line : At::bytes;
  return std::nullopt;
}

}  // namespace saksbro::net
