#include "tests/rig/tcp_proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace saksbro::rig {
namespace {

constexpr int look_ms = 50;

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int connected_to(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    return socket;
  }
  ::close(socket);
  return -1;
}

void reset(int socket) {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

// "" when the other side has closed.
std::string received(int socket) {
  std::array<char, 65536> piece;
  const ssize_t count = ::recv(socket, piece.data(), piece.size(), 0);
  return count <= 0 ? "" : std::string(piece.data(), static_cast<std::size_t>(count));
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

TcpProxy::TcpProxy(int server_port) : server_port_(server_port) { up(); }

TcpProxy::~TcpProxy() { down(); }

std::string TcpProxy::url() const { return "http://127.0.0.1:" + std::to_string(port_); }

void TcpProxy::lose(Loss what, const std::string& method, int count) {
  const std::scoped_lock lock(mutex_);
  orders_.push_back({what, method, count});
}

void TcpProxy::up() {
  if (listener_ >= 0) return;
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address = loopback(port_);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0 ||
      ::listen(listener_, 128) != 0) {
    throw std::runtime_error("the proxy cannot listen");
  }
  port_ = ntohs(address.sin_port);
  ending_ = false;
  accepting_ = std::thread([this, listener = listener_] { accept_all(listener); });
}

void TcpProxy::down() {
  if (listener_ < 0) return;
  ending_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  accepting_.join();
  ::close(std::exchange(listener_, -1));
  for (std::thread& one : relaying_) one.join();
  relaying_.clear();
}

void TcpProxy::accept_all(int listener) {
  while (!ending_) {
    const int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (client >= 0) relaying_.emplace_back([this, client] { relay(client); });
  }
}

void TcpProxy::relay(int client) {
  const int server = connected_to(server_port_);
  std::array<pollfd, 2> ends = {{{client, POLLIN, 0}, {server, POLLIN, 0}}};
  for (bool open = server >= 0; open && !ending_;) {
    if (::poll(ends.data(), ends.size(), look_ms) <= 0) continue;
    if (ends[0].revents != 0) open = pass_on(client, server);
    if (open && ends[1].revents != 0) open = give_back(client, server);
  }
  ::close(client);
  if (server >= 0) ::close(server);
}

bool TcpProxy::pass_on(int client, int server) {
  const std::string bytes = received(client);
  if (bytes.empty()) return false;
  if (due(Loss::request, bytes)) {
    reset(client);
    return false;
  }
  const bool lose_answer = due(Loss::answer, bytes);
  if (!send_all(server, bytes)) return false;
  if (!lose_answer) return true;
  // The rest of the request goes on; the first byte of the answer shows that it was carried out.
  std::array<pollfd, 2> ends = {{{client, POLLIN, 0}, {server, POLLIN, 0}}};
  while (!ending_ && ends[1].revents == 0) {
    if (::poll(ends.data(), ends.size(), look_ms) <= 0 || ends[0].revents == 0) continue;
    const std::string rest = received(client);
    if (rest.empty() || !send_all(server, rest)) break;
  }
  static_cast<void>(received(server));
  reset(client);
  return false;
}

bool TcpProxy::give_back(int client, int server) {
  const std::string bytes = received(server);
  return !bytes.empty() && send_all(client, bytes);
}

// A client asks for one thing at a time: what it sends begins with the method when a request
// begins.
bool TcpProxy::due(Loss what, const std::string& bytes) {
  const std::scoped_lock lock(mutex_);
  if (orders_.empty() || orders_.front().what != what) return false;
  Order& order = orders_.front();
  if (!order.method.empty() && !bytes.starts_with(order.method + " /")) return false;
  ++lost_;
  if (--order.left == 0) orders_.pop_front();
  return true;
}

}  // namespace saksbro::rig
