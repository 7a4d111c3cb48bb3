#include "tests/fakes/wire.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <ctime>
#include <stdexcept>

namespace saksbro::fakes {
namespace {

constexpr std::size_t kChunk = 16'384;
constexpr std::size_t kHeadMost = 65'536;

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

void read_query(std::string_view text, Request& request) {
  while (!text.empty()) {
    const std::string_view one = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(one.size() + 1, text.size()));
    const auto is = one.find('=');
    if (is == one.npos) continue;
    request.query.emplace(percent_decoded(one.substr(0, is)), percent_decoded(one.substr(is + 1)));
  }
}

std::optional<Request> request_from(std::string_view head) {
  const std::string_view line = head.substr(0, head.find("\r\n"));
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == line.npos || first == last) return std::nullopt;
  Request request;
  request.method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const auto mark = target.find('?');
  request.path = percent_decoded(target.substr(0, mark));
  if (mark != target.npos) read_query(target.substr(mark + 1), request);
  for (auto at = head.find("\r\n"); at != head.npos; at = head.find("\r\n", at + 2)) {
    const std::string_view rest = head.substr(at + 2);
    const std::string_view header = rest.substr(0, rest.find("\r\n"));
    const auto colon = header.find(':');
    if (colon == header.npos) continue;
    const auto value = header.find_first_not_of(' ', colon + 1);
    request.headers[lower(header.substr(0, colon))] =
        value == header.npos ? "" : std::string(header.substr(value));
  }
  return request;
}

std::size_t length_of(const Request& request) {
  const auto found = request.headers.find("content-length");
  std::size_t length = 0;
  if (found == request.headers.end()) return 0;
  std::from_chars(found->second.data(), found->second.data() + found->second.size(), length);
  return length;
}

}  // namespace

std::string percent_decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool coded = text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0;
    if (coded) {
      result += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

std::string written(const Answer& answer, Instant now) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  char date[64];
  std::strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &parts);
  std::string text = "HTTP/1.1 " + std::to_string(answer.status) + " As told\r\nDate: " + date +
                     "\r\nContent-Length: " + std::to_string(answer.body.size()) + "\r\n";
  for (const auto& [name, value] : answer.headers) text += name + ": " + value + "\r\n";
  return text + "\r\n" + answer.body;
}

bool Connection::fill() {
  char bytes[kChunk];
  const auto count = ::recv(socket_, bytes, sizeof bytes, 0);
  if (count <= 0) return false;
  unread_.append(bytes, static_cast<std::size_t>(count));
  return true;
}

std::optional<Request> Connection::peek() {
  if (!unread_.empty()) return request_from(unread_.substr(0, unread_.find("\r\n\r\n")));
  char bytes[kChunk];
  const auto count = ::recv(socket_, bytes, sizeof bytes, MSG_PEEK);
  if (count <= 0) return std::nullopt;
  return request_from(std::string_view(bytes, static_cast<std::size_t>(count)));
}

std::optional<Request> Connection::read() {
  while (unread_.find("\r\n\r\n") == std::string::npos) {
    if (unread_.size() > kHeadMost || !fill()) return std::nullopt;
  }
  const auto end = unread_.find("\r\n\r\n");
  auto request = request_from(std::string_view(unread_).substr(0, end));
  if (!request) return std::nullopt;
  unread_.erase(0, end + 4);
  const std::size_t length = length_of(*request);
  while (unread_.size() < length) {
    if (!fill()) return std::nullopt;
  }
  request->body = unread_.substr(0, length);
  unread_.erase(0, length);
  return request;
}

bool Connection::read_some(std::size_t bytes) {
  char taken[kChunk];
  while (bytes > 0) {
    const auto count = ::recv(socket_, taken, std::min(bytes, sizeof taken), 0);
    if (count <= 0) return false;
    bytes -= static_cast<std::size_t>(count);
  }
  return true;
}

std::optional<std::string> Connection::read_line() {
  auto end = unread_.find("\r\n");
  for (; end == std::string::npos; end = unread_.find("\r\n")) {
    if (!fill()) return std::nullopt;
  }
  std::string line = unread_.substr(0, end);
  unread_.erase(0, end + 2);
  return line;
}

bool Connection::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

// Connecting to nowhere sends RST and throws away what was not sent; the descriptor stays ours.
void Connection::reset() {
  sockaddr nowhere{};
  nowhere.sa_family = AF_UNSPEC;
  ::connect(socket_, &nowhere, sizeof nowhere);
}

bool Connection::pause(std::chrono::milliseconds time) { return server_.pause(time); }

SocketServer::SocketServer(Serve serve) : serve_(std::move(serve)) {
  bind(0);
  open();
}

SocketServer::~SocketServer() {
  close();
  ::close(listener_);
}

void SocketServer::bind(int port) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  socklen_t size = sizeof address;
  const bool bound = ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  if (!bound) throw std::runtime_error("a fake cannot have port " + std::to_string(port));
  port_ = ntohs(address.sin_port);
}

void SocketServer::open() {
  if (::listen(listener_, 128) != 0) throw std::runtime_error("a fake cannot listen");
  {
    const std::lock_guard lock(mutex_);
    closed_ = false;
  }
  accepting_ = std::thread([this, listener = listener_] { accept_all(listener); });
}

void SocketServer::close() {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    closed_ = true;
    for (const Client& client : clients_) {
      if (!client.ended) ::shutdown(client.socket, SHUT_RDWR);
    }
  }
  stop_.notify_all();
  ::shutdown(listener_, SHUT_RDWR);
  accepting_.join();
  for (Client& client : clients_) {
    client.thread.join();
    ::close(client.socket);
  }
  clients_.clear();
  ::close(listener_);
  bind(port_);  // bound and not listening: refused, and nobody else gets the port
}

void SocketServer::accept_all(int listener) {
  while (true) {
    const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    const std::lock_guard lock(mutex_);
    if (closed_) {
      if (socket >= 0) ::close(socket);
      return;
    }
    if (socket < 0) continue;
    const int yes = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    forget_ended();
    Client& client = clients_.emplace_back();
    client.socket = socket;
    client.thread = std::thread([this, &client] { serve(client); });
  }
}

void SocketServer::serve(Client& client) {
  Connection connection(client.socket, *this);
  serve_(connection);
  const std::lock_guard lock(mutex_);
  ::shutdown(client.socket, SHUT_RDWR);
  client.ended = true;
}

void SocketServer::forget_ended() {
  for (auto client = clients_.begin(); client != clients_.end();) {
    if (!client->ended) {
      ++client;
      continue;
    }
    client->thread.join();
    ::close(client->socket);
    client = clients_.erase(client);
  }
}

bool SocketServer::pause(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !stop_.wait_for(lock, time, [this] { return closed_; });
}

}  // namespace saksbro::fakes
