#include "tests/rig/port.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <random>
#include <stdexcept>
#include <string>

namespace saksbro::rig {
namespace {

constexpr int kFirst = 10'000;
constexpr int kLast = 32'000;  // net.ipv4.ip_local_port_range begins at 32768

// A name in Linux's abstract namespace belongs to one process, and goes with it: kept open.
bool reserve(int port) {
  const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = "saksbro-test-port-" + std::to_string(port);
  name.copy(address.sun_path + 1, sizeof address.sun_path - 1);
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  if (::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0) return true;
  ::close(socket);
  return false;
}

bool is_free(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  const bool bound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(socket);
  return bound;
}

}  // namespace

int free_port() {
  std::random_device random;
  for (int tries = 0; tries < 1'000; ++tries) {
    const int port = std::uniform_int_distribution{kFirst, kLast}(random);
    if (is_free(port) && reserve(port)) return port;
  }
  throw std::runtime_error("no free port on loopback");
}

}  // namespace saksbro::rig
