#include "tests/net/wire.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <utility>

namespace saksbro::net {
namespace {

using namespace std::chrono_literals;

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int bound_socket(int& port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  ::bind(socket, reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  port = ntohs(address.sin_port);
  return socket;
}

std::size_t announced_length(const std::string& head) {
  const auto at = head.find("Content-Length: ");
  return at == std::string::npos ? 0 : std::strtoul(head.c_str() + at + 16, nullptr, 10);
}

}  // namespace

bool is_whole(const std::string& message) {
  const auto end = message.find("\r\n\r\n");
  return end != std::string::npos &&
         message.size() >= end + 4 + announced_length(message.substr(0, end + 2));
}

Wire::Wire(Wire&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}

Wire::~Wire() {
  if (socket_ >= 0) ::close(socket_);
}

Wire Wire::to(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    return Wire(socket);
  }
  ::close(socket);
  return Wire(-1);
}

bool Wire::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

std::string Wire::read_until(std::chrono::milliseconds within,
                             const std::function<bool(const std::string&)>& enough) {
  const auto until = std::chrono::steady_clock::now() + within;
  std::string text;
  std::array<char, 65536> piece;
  while (!enough(text)) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    pollfd entry{.fd = socket_, .events = POLLIN, .revents = 0};
    if (left <= 0ms || ::poll(&entry, 1, static_cast<int>(left.count())) <= 0) return text;
    const ssize_t count = ::recv(socket_, piece.data(), piece.size(), 0);
    if (count <= 0) return text;
    text.append(piece.data(), static_cast<std::size_t>(count));
  }
  return text;
}

std::string Wire::read_all(std::chrono::milliseconds within) {
  return read_until(within, [](const std::string&) { return false; });
}

std::string Wire::read_answer(std::chrono::milliseconds within) {
  return read_until(within, is_whole);
}

std::string Wire::read_request() {
  std::string text;
  std::array<char, 65536> piece;
  for (;;) {
    if (is_whole(text)) return text;
    pollfd entry{.fd = socket_, .events = POLLIN, .revents = 0};
    if (::poll(&entry, 1, 10'000) <= 0) return {};
    const ssize_t count = ::recv(socket_, piece.data(), piece.size(), 0);
    if (count <= 0) return {};
    text.append(piece.data(), static_cast<std::size_t>(count));
  }
}

std::string Wire::read_line() {
  std::array<char, 65536> piece;
  for (;;) {
    if (const auto end = unread_.find('\n'); end != std::string::npos) {
      std::string line = unread_.substr(0, end + 1);
      unread_.erase(0, end + 1);
      return line;
    }
    pollfd entry{.fd = socket_, .events = POLLIN, .revents = 0};
    if (::poll(&entry, 1, 10'000) <= 0) return {};
    const ssize_t count = ::recv(socket_, piece.data(), piece.size(), 0);
    if (count <= 0) return {};
    unread_.append(piece.data(), static_cast<std::size_t>(count));
  }
}
void Wire::end_sending() { ::shutdown(socket_, SHUT_WR); }

void Wire::reset() {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(std::exchange(socket_, -1));
}

std::string MisbehavingServer::Conversation::read() {
  std::string request = wire_.read_request();
  if (!request.empty()) {
    const std::scoped_lock lock(server_.mutex_);
    server_.ledger_.push_back(request);
  }
  return request;
}

std::string MisbehavingServer::Conversation::read_line() {
  std::string line = wire_.read_line();
  if (!line.empty()) {
    const std::scoped_lock lock(server_.mutex_);
    server_.ledger_.push_back(line);
  }
  return line;
}

void MisbehavingServer::Conversation::wait(std::chrono::milliseconds time) {
  const auto until = std::chrono::steady_clock::now() + time;
  while (!ending() && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(5ms);
}

MisbehavingServer::MisbehavingServer(Behaviour behaviour) : behaviour_(std::move(behaviour)) {
  listener_ = bound_socket(port_);
  ::listen(listener_, 128);
  accepting_ = std::thread([this] { accept_all(); });
}

MisbehavingServer::~MisbehavingServer() {
  ending_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  accepting_.join();
  ::close(listener_);
  for (std::thread& one : talking_) one.join();
}

std::string MisbehavingServer::url(std::string_view path, std::string_view scheme) const {
  return std::string(scheme) + "://127.0.0.1:" + std::to_string(port_) + std::string(path);
}

std::vector<std::string> MisbehavingServer::ledger() {
  const std::scoped_lock lock(mutex_);
  return ledger_;
}

void MisbehavingServer::accept_all() {
  while (!ending_) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    ++connections_;
    talking_.emplace_back([this, socket] {
      Wire wire(socket);
      Conversation conversation(*this, wire);
      behaviour_(conversation);
    });
  }
}

int closed_port() {
  int port = 0;
  ::close(bound_socket(port));
  return port;
}

}  // namespace saksbro::net
