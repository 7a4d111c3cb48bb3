// The listener behind http_server.h: a listening socket, its loop, its workers.
//
// cpp-httplib binds, and its thread pool does the work. It reads, routes and writes nothing here:
// Debian's 0.11.4 reads without limits of bytes and time, decodes header values, ends its accept
// loop on one error, and its routes are std::regex (docs/libraries.md 3).
#pragma once

#include <httplib.h>

#include <memory>
#include <thread>

#include "bridge/net/http_server.h"
#include "bridge/net/reading_loop.h"

namespace saksbro::net {

class Listener final : public HttpServer, private httplib::Server {
 public:
  Listener(const ServerLimits& limits, net::Handler handler, Watch watch);
  ~Listener() override;

  [[nodiscard]] Result<void> open(const std::string& address, std::uint16_t port,
                                  const std::optional<TlsFiles>& tls);
  [[nodiscard]] int port() const override { return port_; }
  [[nodiscard]] std::optional<Instant> certificate_expires() const override;
  void stop(std::chrono::milliseconds within) override;

 private:
  [[nodiscard]] int bind(const std::string& address, int port);  // the socket, or -1

  ListenerShared house_;
  std::unique_ptr<TlsIdentity> identity_;
  std::unique_ptr<ReadingLoop> loop_;
  std::thread thread_;
  int port_ = 0;
};

}  // namespace saksbro::net
