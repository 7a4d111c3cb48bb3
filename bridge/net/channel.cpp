#include "bridge/net/channel.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace saksbro::net {
namespace {

bool is_passing(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

Moved moved(ssize_t count, bool zero_is_the_end) {
  if (count > 0 || (count == 0 && !zero_is_the_end)) return static_cast<std::size_t>(count);
  if (count < 0 && is_passing(errno)) return NotYet{};
  return PeerGone{};
}

class PlainChannel final : public Channel {
 public:
  explicit PlainChannel(int socket) : socket_(socket) {}
  ~PlainChannel() override { ::close(socket_); }

  Moved greet() override { return std::size_t{0}; }

  Moved read(char* into, std::size_t size) override {
    return moved(::recv(socket_, into, size, 0), true);
  }

  Moved write(std::string_view bytes) override {
    return moved(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL), false);
  }

  bool has_more() override { return socket_has_more(socket_); }
  bool stirs(std::chrono::milliseconds within) override { return socket_stirs(socket_, within); }

  void end_writing() override { ::shutdown(socket_, SHUT_WR); }
  std::string client_subject() const override { return {}; }

 private:
  int socket_;
};

}  // namespace

bool socket_has_more(int socket) {
  char one = 0;
  return ::recv(socket, &one, 1, MSG_PEEK) >= 0 || !is_passing(errno);
}

bool socket_stirs(int socket, std::chrono::milliseconds within) {
  pollfd one{socket, POLLIN | POLLRDHUP, 0};
  return ::poll(&one, 1, static_cast<int>(within.count())) > 0;
}

std::unique_ptr<Channel> plain_channel(int socket) {
  return std::make_unique<PlainChannel>(socket);
}

}  // namespace saksbro::net
