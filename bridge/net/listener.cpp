#include "bridge/net/listener.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace saksbro::net {
namespace {

using namespace std::chrono_literals;

constexpr int backlog = 1024;  // cpp-httplib asks for 5: the sixth of a burst waits a second

// cpp-httplib asks for SO_REUSEPORT, with which a second saksbro would share the port unnoticed.
void reuse_address_only(socket_t socket) {
  const int yes = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

void become_non_blocking(int socket) {
  ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL, 0) | O_NONBLOCK);
}

}  // namespace

Listener::Listener(const ServerLimits& limits, net::Handler handler, Watch watch)
    : house_{limits, std::move(handler), std::move(watch)} {
  set_socket_options(reuse_address_only);
  set_tcp_nodelay(true);  // accepted sockets have it from the listening one
}

Listener::~Listener() { stop(0ms); }

Result<void> Listener::open(const std::string& address, std::uint16_t port,
                            const std::optional<TlsFiles>& tls) {
  if (tls) {
    auto identity = TlsIdentity::load(*tls);
    if (!identity) return tl::unexpected(std::move(identity.error()));
    identity_ = std::move(*identity);
  }
  errno = 0;
  const int socket = bind(address, port);
  if (socket < 0) {
    const std::string cause = errno == 0 ? "no such address" : std::strerror(errno);
    return fail(address + ":" + std::to_string(port), "cannot listen here: " + cause);
  }
  become_non_blocking(socket);
  loop_ = std::make_unique<ReadingLoop>(house_, identity_.get(), socket);
  thread_ = std::thread([this] { loop_->run(); });
  return {};
}

int Listener::bind(const std::string& address, int port) {
  port_ = port == 0 ? bind_to_any_port(address) : port;
  if (port_ < 0 || (port != 0 && !bind_to_port(address, port))) return -1;
  const int socket = svr_sock_.exchange(INVALID_SOCKET);
  if (::listen(socket, backlog) == 0) return socket;
  ::close(socket);
  return -1;
}

std::optional<Instant> Listener::certificate_expires() const {
  if (!identity_) return std::nullopt;
  return identity_->expires();
}

void Listener::stop(std::chrono::milliseconds within) {
  if (!thread_.joinable()) return;
  loop_->close(LoopClock::now() + within);
  thread_.join();
}

Result<std::unique_ptr<HttpServer>> listen(const std::string& address, std::uint16_t port,
                                           const ServerLimits& limits, Handler handler, Door door) {
  auto server = std::make_unique<Listener>(limits, std::move(handler), std::move(door.watch));
  if (auto opened = server->open(address, port, door.tls); !opened) {
    return tl::unexpected(std::move(opened.error()));
  }
  return server;
}

}  // namespace saksbro::net
