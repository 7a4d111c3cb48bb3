// What the front door holds, as figures compared within one run:
//   door_bench
// Not a test: the figures depend on the machine and on what else it does.
#include <arpa/inet.h>
#include <httplib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "bridge/net/http_server.h"

namespace {

using namespace saksbro;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kLength = 3s;
const std::string kBody(2048, 'x');  // a usual webhook

std::string post(const std::string& connection) {
  return "POST /in HTTP/1.1\r\nHost: localhost\r\n" + connection +
         "Content-Length: " + std::to_string(kBody.size()) + "\r\n\r\n" + kBody;
}

int connected(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return socket;
  ::close(socket);
  return -1;
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

// The answer's body is "ok": the whole answer is there when that is.
bool answered(int socket) {
  std::string text;
  std::array<char, 4096> piece;
  while (!text.ends_with("\r\n\r\nok")) {
    const ssize_t count = ::recv(socket, piece.data(), piece.size(), 0);
    if (count <= 0) return false;
    text.append(piece.data(), static_cast<std::size_t>(count));
  }
  return true;
}

double kept_rate(int port) {
  const int socket = connected(port);
  int done = 0;
  const auto began = Clock::now();
  while (Clock::now() - began < kLength && send_all(socket, post("")) && answered(socket)) ++done;
  ::close(socket);
  return done / std::chrono::duration<double>(kLength).count();
}

double new_rate(int port) {
  int done = 0;
  const auto began = Clock::now();
  while (Clock::now() - began < kLength) {
    const int socket = connected(port);
    if (send_all(socket, post("Connection: close\r\n")) && answered(socket)) ++done;
    ::close(socket);
  }
  return done / std::chrono::duration<double>(kLength).count();
}

double together(int senders, const std::function<double()>& rate) {
  std::vector<double> rates(static_cast<std::size_t>(senders));
  {
    std::vector<std::jthread> threads;
    for (double& one : rates) threads.emplace_back([&] { one = rate(); });
  }
  double sum = 0;
  for (const double one : rates) sum += one;
  return sum;
}

net::ServerLimits roomy() {
  net::ServerLimits limits;
  limits.connections_per_address = 5000;
  limits.requests_per_connection = 1'000'000;
  return limits;
}

std::unique_ptr<net::HttpServer> ours() {
  auto server = net::listen("127.0.0.1", 0, roomy(), [](const Arrival&) {
    return net::Response{.content_type = "text/plain", .body = "ok", .headers = {}};
  });
  return std::move(server.value());
}

class Theirs {
 public:
  Theirs() {
    server_.set_tcp_nodelay(true);
    server_.set_keep_alive_max_count(1'000'000);
    server_.new_task_queue = [] { return new httplib::ThreadPool(16); };
    server_.Post("/in", [](const httplib::Request&, httplib::Response& response) {
      response.set_content("ok", "text/plain");
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::sleep_for(1ms);
  }
  ~Theirs() {
    server_.stop();
    thread_.join();
  }
  [[nodiscard]] int port() const { return port_; }

 private:
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

long resident_kb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::strtol(line.c_str() + 6, nullptr, 10);
  }
  return 0;
}

void compare(const char* what, const std::function<double(int)>& rate, int senders) {
  const auto mine = ours();
  const Theirs theirs;
  // In turns, so that what else the machine does falls on both.
  double ours_sum = 0;
  double theirs_sum = 0;
  for (int round = 0; round < 2; ++round) {
    theirs_sum += together(senders, [&] { return rate(theirs.port()); });
    ours_sum += together(senders, [&] { return rate(mine->port()); });
  }
  std::printf("%-28s %2d senders: ours %8.0f/s, cpp-httplib's own loop %8.0f/s\n", what, senders,
              ours_sum / 2, theirs_sum / 2);
}

void crowd() {
  const auto server = ours();
  std::vector<int> sockets;
  for (int i = 0; i < 1100; ++i) sockets.push_back(connected(server->port()));
  std::atomic<bool> done = false;
  std::jthread drip([&] {
    while (!done) {
      for (std::size_t i = 1000; i < sockets.size(); ++i) send_all(sockets[i], "P");
      std::this_thread::sleep_for(100ms);
    }
  });
  std::vector<double> waited;
  for (int i = 0; i < 300; ++i) {
    const auto began = Clock::now();
    const int socket = connected(server->port());
    if (!send_all(socket, post("")) || !answered(socket)) std::printf("not answered\n");
    ::close(socket);
    waited.push_back(std::chrono::duration<double, std::milli>(Clock::now() - began).count());
    std::this_thread::sleep_for(10ms);
  }
  done = true;
  std::sort(waited.begin(), waited.end());
  std::printf("1000 idle + 100 slow: others waited %.1f ms (median), %.1f ms (longest)\n",
              waited[waited.size() / 2], waited.back());
  for (const int socket : sockets) ::close(socket);
}

// Sends until it is cut off, or 200 MB.
void flood(int port, const std::string& head, const std::string& piece) {
  const int socket = connected(port);
  send_all(socket, head);
  for (std::size_t sent = 0; sent < 200'000'000 && send_all(socket, piece); sent += piece.size()) {
  }
  ::close(socket);
}

void hostile() {
  const auto server = ours();
  const std::string line = "X: " + std::string(4000, 'x') + "\r\n";
  const std::string post_head = "POST /in HTTP/1.1\r\nHost: localhost\r\n";
  const std::string big_chunk = "10000\r\n" + std::string(65536, 'x') + "\r\n";
  flood(server->port(), post_head, line);
  const long idle = resident_kb();
  std::atomic<long> peak = idle;
  std::atomic<bool> done = false;
  std::jthread watch([&] {
    while (!done) {
      peak = std::max(peak.load(), resident_kb());
      std::this_thread::sleep_for(1ms);
    }
  });
  std::vector<std::jthread> attackers;
  for (int i = 0; i < 8; ++i) {
    attackers.emplace_back([&, i] {
      for (int round = 0; round < 5; ++round) {
        if (i % 4 == 0) flood(server->port(), post_head, line);
        if (i % 4 == 1) flood(server->port(), post_head + "X: ", std::string(65536, 'x'));
        if (i % 4 == 2)
          flood(server->port(), post_head + "Transfer-Encoding: chunked\r\n\r\n", big_chunk);
        if (i % 4 == 3) flood(server->port(), post_head + "Content-Length: 1048576\r\n\r\n", kBody);
      }
    });
  }
  attackers.clear();
  done = true;
  watch.join();
  std::printf("hostile requests: at most %.1f MB above idle (%.1f MB)\n",
              static_cast<double>(peak - idle) / 1024, static_cast<double>(idle) / 1024);
}

}  // namespace

int main() {
  crowd();
  hostile();
  for (const int senders : {1, 4, 16}) compare("kept connection", kept_rate, senders);
  for (const int senders : {1, 4}) compare("a new connection each", new_rate, senders);
  return 0;
}
