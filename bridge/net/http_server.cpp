#include "bridge/net/http_server.h"

#include <utility>

#include "bridge/net/listener.h"

namespace saksbro::net {
namespace {

class HttplibServer final : public HttpServer {
 public:
  HttplibServer(const ServerLimits& limits, Handler handler)
      : listener_(limits, std::move(handler)) {}

  [[nodiscard]] Result<void> open(const std::string& address, std::uint16_t port) {
    return listener_.open(address, port).map([this](int bound) { port_ = bound; });
  }

  [[nodiscard]] int port() const override { return port_; }
  void stop(std::chrono::milliseconds within) override { listener_.close(within); }

 private:
  int port_ = 0;
  Listener listener_;
};

}  // namespace

Result<std::unique_ptr<HttpServer>> listen(const std::string& address, std::uint16_t port,
                                           const ServerLimits& limits, Handler handler) {
  auto server = std::make_unique<HttplibServer>(limits, std::move(handler));
  if (auto opened = server->open(address, port); !opened) {
    return tl::unexpected(std::move(opened.error()));
  }
  return server;
}

}  // namespace saksbro::net
