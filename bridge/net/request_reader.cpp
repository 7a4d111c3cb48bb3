#include "bridge/net/request_reader.h"

#include <array>

#include "bridge/net/chunked_body.h"

namespace saksbro::net {
namespace {

using Refused = std::optional<Refusal>;
constexpr std::string_view head_end = "\r\n\r\n";

// Appends what has come to `wire`.
Refused read_more(DeadlineSocket& socket, std::string& wire) {
  std::array<char, 16384> piece;
  const ReadEnd end = socket.read(piece.data(), piece.size());
  if (std::holds_alternative<TimeUp>(end)) return Refusal{408, "the request came too slowly"};
  const std::size_t* count = std::get_if<std::size_t>(&end);
  if (count == nullptr) return Refusal{nobody_to_tell, "the sender is gone"};
  wire.append(piece.data(), *count);
  return std::nullopt;
}

// Leaves in `wire` what came after the head.
tl::expected<RequestHead, Refusal> read_head(DeadlineSocket& socket, std::size_t bytes_max,
                                             std::string& wire) {
  std::size_t looked = 0;
  std::size_t end = std::string::npos;
  while ((end = wire.find(head_end, looked)) == std::string::npos && wire.size() <= bytes_max) {
    looked = wire.size() < head_end.size() ? 0 : wire.size() - head_end.size() + 1;
    if (auto refused = read_more(socket, wire)) return tl::unexpected(std::move(*refused));
  }
  if (end == std::string::npos || end > bytes_max) {
    return tl::unexpected(Refusal{431, "the head is too large"});
  }
  auto head = parse_request_head(std::string_view(wire).substr(0, end + 2));
  wire.erase(0, end + head_end.size());
  return head;
}

Refused read_plain(DeadlineSocket& socket, std::size_t length, std::string& wire) {
  while (wire.size() < length) {
    if (auto refused = read_more(socket, wire)) return refused;
  }
  wire.resize(length);
  return std::nullopt;
}

Refused read_chunked(DeadlineSocket& socket, std::size_t bytes_max, std::string& wire) {
  ChunkedBody body(bytes_max);
  for (;;) {
    if (auto refused = body.feed(wire)) return refused;
    if (body.whole()) break;
    wire.clear();
    if (auto refused = read_more(socket, wire)) return refused;
  }
  wire = body.take();
  return std::nullopt;
}

}  // namespace

tl::expected<WholeRequest, Refusal> read_request(DeadlineSocket& socket,
                                                 const ServerLimits& limits) {
  socket.allow(limits.read);
  std::string wire;
  auto head = read_head(socket, limits.header_bytes, wire);
  if (!head) return tl::unexpected(head.error());
  if (head->content_length > limits.body_bytes) {
    return tl::unexpected(Refusal{413, "the body is too large"});
  }
  if (head->expects_continue && !socket.write("HTTP/1.1 100 Continue\r\n\r\n")) {
    return tl::unexpected(Refusal{nobody_to_tell, "the sender is gone"});
  }
  auto refused = head->chunked ? read_chunked(socket, limits.body_bytes, wire)
                               : read_plain(socket, head->content_length, wire);
  if (refused) return tl::unexpected(std::move(*refused));
  return WholeRequest{std::move(*head), std::move(wire)};
}

}  // namespace saksbro::net
