#include "bridge/net/listener.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "bridge/net/memory_stream.h"

namespace saksbro::net {
namespace {

using namespace std::chrono_literals;

constexpr int backlog = 1024;  // 0.11.4 asks for 5: the sixth of a burst waits a second

// Hands each accepted socket on at once: the workers are ours, so that they outlive a rebind.
class Inline final : public httplib::TaskQueue {
 public:
  void enqueue(std::function<void()> accepted) override { accepted(); }
  void shutdown() override {}
};

// cpp-httplib asks for SO_REUSEPORT, with which a second saksbro would share the port unnoticed.
void reuse_address_only(socket_t socket) {
  const int yes = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

Peer peer_of(int socket) {
  sockaddr_storage from{};
  socklen_t size = sizeof from;
  if (::getpeername(socket, reinterpret_cast<sockaddr*>(&from), &size) != 0) return {};
  std::array<char, NI_MAXHOST> address{};
  std::array<char, NI_MAXSERV> port{};
  if (::getnameinfo(reinterpret_cast<sockaddr*>(&from), size, address.data(), address.size(),
                    port.data(), port.size(), NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
    return {};
  }
  return {address.data(), std::atoi(port.data())};
}

std::string error_body(const std::string& why) { return R"({"error":")" + why + "\"}"; }

std::string refusal_text(const Refusal& refusal) {
  const std::string body = error_body(refusal.why);
  const std::string wait = refusal.status == 503 ? "Retry-After: 5\r\n" : "";
  return "HTTP/1.1 " + std::to_string(refusal.status) +
         " Refused\r\nContent-Type: application/json\r\n" + wait +
         "Connection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// cpp-httplib percent-decodes header values ("ab%41" would arrive as "abA", and "%0d%0a" as a line
// break): escaped once more, they arrive as they were sent.
std::string for_httplib(const RequestHead& head) {
  std::string text = head.method + ' ' + head.target + " HTTP/1.1\r\n";
  for (const auto& [name, value] : head.fields) {
    text += name + ": ";
    for (const char c : value) c == '%' ? text += "%25" : text += c;
    text += "\r\n";
  }
  return text + "\r\n";
}

// Closing with bytes unread resets the connection, and the sender may never see the answer.
void take_the_rest(DeadlineSocket& connection, int socket, std::chrono::milliseconds patience) {
  ::shutdown(socket, SHUT_WR);
  connection.allow(patience);
  std::array<char, 16384> piece;
  constexpr std::size_t rest_max = 1024U * 1024U;
  for (std::size_t taken = 0; taken < rest_max;) {
    const ReadEnd end = connection.read(piece.data(), piece.size());
    const std::size_t* count = std::get_if<std::size_t>(&end);
    if (count == nullptr) return;
    taken += *count;
  }
}

bool is_own_name(const std::string& name) {
  return name == "REMOTE_ADDR" || name == "REMOTE_PORT" || name == "LOCAL_ADDR" ||
         name == "LOCAL_PORT";
}

Arrival arrival_of(const httplib::Request& request) {
  Arrival arrival;
  arrival.method = request.method;
  arrival.path = request.target.substr(0, request.target.find_first_of("?#"));
  for (const auto& [name, value] : request.headers) {
    if (is_own_name(name)) continue;  // what a sender calls so was dropped: see request_head
    const auto [known, added] = arrival.headers.emplace(name, value);
    if (!added) known->second += ", " + value;
  }
  arrival.body = request.body;
  arrival.peer = request.remote_addr;
  arrival.at = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  return arrival;
}

void write_to(httplib::Response& out, const Response& response) {
  out.status = response.status;
  for (const auto& [name, value] : response.headers) out.set_header(name, value);
  if (!response.body.empty()) out.set_content(response.body, response.content_type);
}

}  // namespace

Listener::Listener(const ServerLimits& limits, net::Handler handler)
    : limits_(limits),
      handler_(std::move(handler)),
      workers_(static_cast<std::size_t>(std::max(1, limits.workers))) {
  new_task_queue = [] { return new Inline; };
  set_socket_options(reuse_address_only);
  set_tcp_nodelay(true);
  set_keep_alive_max_count(1);
  set_payload_max_length(limits.body_bytes);
  set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
    write_to(response, handle(request));
    return HandlerResponse::Handled;
  });
  set_exception_handler(
      [](const httplib::Request&, httplib::Response& response, std::exception_ptr) {
        write_to(response, {.status = 500, .body = error_body("internal error"), .headers = {}});
      });
  set_error_handler([](const httplib::Request&, httplib::Response& response) {
    if (!response.body.empty()) return;
    response.set_content(error_body("status " + std::to_string(response.status)),
                         "application/json");
  });
}

Listener::~Listener() { close(0ms); }

Response Listener::handle(const httplib::Request& request) const {
  return handler_(arrival_of(request));
}

Result<int> Listener::open(const std::string& address, std::uint16_t port) {
  address_ = address;
  errno = 0;
  port_ = bind(port);
  if (port_ < 0) {
    const std::string cause = errno == 0 ? "no such address" : std::strerror(errno);
    return fail(address + ":" + std::to_string(port), "cannot listen here: " + cause);
  }
  accepting_ = std::thread([this] { accept_until_closed(); });
  return port_;
}

int Listener::bind(int port) {
  const int bound = port == 0 ? bind_to_any_port(address_) : port;
  if (bound < 0 || (port != 0 && !bind_to_port(address_, port))) return -1;
  return ::listen(svr_sock_, backlog) == 0 ? bound : -1;
}

// cpp-httplib's accept loop ends for good on one ECONNABORTED or ENFILE: it is started again.
void Listener::accept_until_closed() noexcept {
  while (!closing_) {
    listen_after_bind();  // closes the socket when it ends
    svr_sock_ = INVALID_SOCKET;
    while (!closing_ && bind(port_) < 0) std::this_thread::sleep_for(50ms);
  }
  if (svr_sock_ != INVALID_SOCKET) ::close(svr_sock_.exchange(INVALID_SOCKET));
}

void Listener::close(std::chrono::milliseconds within) {
  if (std::exchange(closed_, true)) return;
  closing_ = true;
  // Not stop(): it does nothing while the loop is just not running, and asserts when it ends
  // meanwhile. A listening socket that is shut down ends the loop whenever it comes to it.
  ::shutdown(svr_sock_, SHUT_RDWR);
  if (accepting_.joinable()) accepting_.join();
  connections_.drain(within);
  workers_.shutdown();
}

bool Listener::process_and_close_socket(socket_t socket) {
  if (!connections_.add(socket, limits_.connections)) {
    DeadlineSocket connection(socket);
    connection.allow(1ms);  // the accept loop waits for nobody
    static_cast<void>(connection.write(refusal_text({503, "too many connections"})));
    ::close(socket);
    return true;
  }
  workers_.enqueue([this, socket] { converse(socket); });
  return true;
}

void Listener::converse(int socket) noexcept {
  try {
    DeadlineSocket connection(socket);
    connection.allow(limits_.read);
    if (connection.wait_for_bytes()) {
      connections_.begin(socket);
      auto request = read_request(connection, limits_);
      if (request) {
        answer(connection, socket, std::move(*request));
      } else if (request.error().status != nobody_to_tell) {
        connection.allow(limits_.write);
        if (connection.write(refusal_text(request.error()))) {
          take_the_rest(connection, socket, closing_ ? 0ms : 500ms);
        }
      }
    }
  } catch (...) {
    // Out of memory, or a handler's promise broken below cpp-httplib: this connection only.
  }
  connections_.remove(socket);
  ::close(socket);
}

void Listener::answer(DeadlineSocket& connection, int socket, WholeRequest request) {
  MemoryStream stream(for_httplib(request.head), peer_of(socket));
  bool connection_closed = false;
  process_request(stream, true, connection_closed,
                  [&](httplib::Request& known) { known.body = std::move(request.body); });
  connection.allow(limits_.write);
  if (connection.write(stream.written())) take_the_rest(connection, socket, 1ms);
}

}  // namespace saksbro::net
