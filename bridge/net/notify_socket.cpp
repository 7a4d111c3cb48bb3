#include "bridge/net/notify_socket.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>

namespace saksbro::net {

NotifySocket::NotifySocket(const std::string& address) {
  sockaddr_un to{};
  if (address.size() < 2 || address.size() >= sizeof to.sun_path) return;
  if (address.front() != '/' && address.front() != '@') return;
  to.sun_family = AF_UNIX;
  std::copy(address.begin(), address.end(), std::begin(to.sun_path));
  if (address.front() == '@') to.sun_path[0] = '\0';  // abstract: no file stands for it
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address.size());
  socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (socket_ < 0) return;
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), size) == 0) return;
  ::close(socket_);
  socket_ = -1;
}

NotifySocket::~NotifySocket() {
  if (socket_ >= 0) ::close(socket_);
}

bool NotifySocket::send(std::string_view message) const {
  if (socket_ < 0) return false;
  const ssize_t sent = ::send(socket_, message.data(), message.size(), MSG_NOSIGNAL);
  return sent == static_cast<ssize_t>(message.size());
}

}  // namespace saksbro::net
