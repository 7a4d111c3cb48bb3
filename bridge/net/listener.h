// cpp-httplib's server, bounded from outside (FAULTS 3.4).
//
// Debian's 0.11.4 reads without limits: endless chunks, lines and headers; bodies it was told to
// refuse; one dripping client holds up its stop(). So it reads nothing here. It binds, accepts, and
// writes answers; process_and_close_socket(), the one place where it lets a subclass in before any
// byte is read, reads the request under our limits and hands it a stream in memory. No route is
// registered: its routes are std::regex, which overflows the stack on a long path. The pre-routing
// handler, which is a plain function, answers everything.
//
// One worker serves one connection at a time, one request each: a silent client costs a worker for
// `limits.read`. An event loop in front of converse() can lift that without a change in here.
#pragma once

#include <httplib.h>

#include <atomic>
#include <memory>
#include <thread>

#include "bridge/net/http_server.h"
#include "bridge/net/open_connections.h"
#include "bridge/net/request_reader.h"

namespace saksbro::net {

class Listener final : public httplib::Server {
 public:
  Listener(const ServerLimits& limits, net::Handler handler);
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener() override;

  [[nodiscard]] Result<int> open(const std::string& address, std::uint16_t port);
  void close(std::chrono::milliseconds within);

 private:
  [[nodiscard]] int bind(int port);  // the port bound, or -1
  void accept_until_closed() noexcept;
  bool process_and_close_socket(socket_t socket) override;
  void converse(int socket) noexcept;
  void answer(DeadlineSocket& connection, int socket, WholeRequest request);
  [[nodiscard]] Response handle(const httplib::Request& request) const;

  const ServerLimits limits_;
  const net::Handler handler_;
  httplib::ThreadPool workers_;
  OpenConnections connections_;
  std::string address_;
  int port_ = 0;
  std::atomic<bool> closing_ = false;
  bool closed_ = false;
  std::thread accepting_;
};

}  // namespace saksbro::net
