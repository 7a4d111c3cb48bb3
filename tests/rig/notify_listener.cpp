#include "tests/rig/notify_listener.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>

namespace saksbro::rig {

NotifyListener::NotifyListener(const std::string& address)
    : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un at{};
  at.sun_family = AF_UNIX;
  std::copy(address.begin(), address.end(), std::begin(at.sun_path));
  if (address.front() == '@') at.sun_path[0] = '\0';
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address.size());
  if (::bind(socket_, reinterpret_cast<const sockaddr*>(&at), size) != 0)
    throw std::runtime_error("cannot listen at " + address);
}

NotifyListener::~NotifyListener() { ::close(socket_); }

std::string NotifyListener::next(std::chrono::milliseconds within) const {
  pollfd one{socket_, POLLIN, 0};
  if (::poll(&one, 1, static_cast<int>(within.count())) <= 0) return "";
  std::array<char, 512> bytes{};
  const ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), 0);
  return count < 0 ? "" : std::string(bytes.data(), static_cast<std::size_t>(count));
}

}  // namespace saksbro::rig
