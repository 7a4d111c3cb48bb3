// One connected socket: plain, or TLS. Nothing but stirs() waits. The loop and the worker that it
// lends a connection to use it one after the other, never at once.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace saksbro::net {

struct NotYet {};  // nothing moves until the socket stirs
struct PeerGone {};
using Moved = std::variant<std::size_t, NotYet, PeerGone>;  // how many bytes, or why none

class Channel {
 public:
  Channel() = default;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  virtual ~Channel() = default;  // closes

  [[nodiscard]] virtual Moved greet() = 0;  // until it says 0: no bytes of a request yet
  [[nodiscard]] virtual Moved read(char* into, std::size_t size) = 0;
  [[nodiscard]] virtual Moved write(std::string_view bytes) = 0;
  [[nodiscard]] virtual bool has_more() = 0;  // bytes, or its end, that were not read yet
  // The same, waiting for it a little: the only function that does.
  [[nodiscard]] virtual bool stirs(std::chrono::milliseconds within) = 0;
  virtual void end_writing() = 0;  // tells the peer that no more will come

  // Of a client certificate that was verified, like "CN=gitlab,O=Oslo"; else empty.
  [[nodiscard]] virtual std::string client_subject() const = 0;
};

[[nodiscard]] bool socket_has_more(int socket);
[[nodiscard]] bool socket_stirs(int socket, std::chrono::milliseconds within);

// Takes the socket over; it must not block.
[[nodiscard]] std::unique_ptr<Channel> plain_channel(int socket);

}  // namespace saksbro::net
