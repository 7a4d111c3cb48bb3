// A listener: bytes in, bytes out. What a request means is the caller's.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "bridge/contract/delivery.h"
#include "bridge/contract/error.h"

namespace saksbro::net {

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  Headers headers;  // e.g. Retry-After
};

struct ServerLimits {
  std::size_t body_bytes = 1024U * 1024U;
  std::size_t header_bytes = 16U * 1024U;
  std::chrono::milliseconds read{15'000};
  std::chrono::milliseconds write{10'000};
  int workers = 16;
  std::size_t connections = 1000;  // open or waiting for a worker; further ones get 503
};

// Called from several threads at once; must not throw. The Arrival's path is as it was sent,
// without the query; header values are as they were sent, repeated ones joined by ", "; the peer is
// the address of the connection.
using Handler = std::function<Response(const Arrival&)>;

class HttpServer {
 public:
  HttpServer() = default;
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  virtual ~HttpServer() = default;  // stops

  [[nodiscard]] virtual int port() const = 0;  // the real one when 0 was asked for
  // Takes no new request, ends when those under way are answered or the time is up. A handler that
  // runs is always waited for.
  virtual void stop(std::chrono::milliseconds within) = 0;
};

// Listens on address:port (0: any free one); every method and path goes to `handler`.
[[nodiscard]] Result<std::unique_ptr<HttpServer>> listen(const std::string& address,
                                                         std::uint16_t port,
                                                         const ServerLimits& limits,
                                                         Handler handler);

}  // namespace saksbro::net
