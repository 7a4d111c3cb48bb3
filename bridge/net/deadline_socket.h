// A connected socket whose reads and writes share one deadline: a peer that drips bytes gains no
// time by each of them. The socket stays its opener's to close.
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>
#include <variant>

namespace saksbro::net {

struct PeerGone {};
struct TimeUp {};
using ReadEnd = std::variant<std::size_t, PeerGone, TimeUp>;  // how many bytes, or why none

class DeadlineSocket {
 public:
  explicit DeadlineSocket(int socket) : socket_(socket) {}

  void allow(std::chrono::milliseconds from_now) { until_ = Clock::now() + from_now; }

  [[nodiscard]] bool wait_for_bytes() const;  // or for the peer's end
  [[nodiscard]] ReadEnd read(char* into, std::size_t size);
  [[nodiscard]] bool write(std::string_view bytes);

 private:
  using Clock = std::chrono::steady_clock;
  [[nodiscard]] bool wait_for(short event) const;

  int socket_;
  Clock::time_point until_ = Clock::now();
};

}  // namespace saksbro::net
