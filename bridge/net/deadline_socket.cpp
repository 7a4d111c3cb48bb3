#include "bridge/net/deadline_socket.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

namespace saksbro::net {
namespace {

bool is_passing(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

}  // namespace

bool DeadlineSocket::wait_for_bytes() const { return wait_for(POLLIN); }

ReadEnd DeadlineSocket::read(char* into, std::size_t size) {
  while (wait_for(POLLIN)) {
    const ssize_t count = ::recv(socket_, into, size, MSG_DONTWAIT);
    if (count > 0) return static_cast<std::size_t>(count);
    if (count == 0 || !is_passing(errno)) return PeerGone{};
  }
  return TimeUp{};
}

bool DeadlineSocket::write(std::string_view bytes) {
  while (!bytes.empty()) {
    if (!wait_for(POLLOUT)) return false;
    const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count < 0 && !is_passing(errno)) return false;
    if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool DeadlineSocket::wait_for(short event) const {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until_ - Clock::now()).count();
    if (left <= 0) return false;
    pollfd entry{.fd = socket_, .events = event, .revents = 0};
    const int ready = ::poll(&entry, 1, static_cast<int>(left));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

}  // namespace saksbro::net
