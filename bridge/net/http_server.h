// A listener: bytes in, bytes out. What a request means is the caller's.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
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
  std::map<std::string, std::size_t> body_bytes_at{};  // by path: sources that may send more
  std::size_t header_bytes = 16U * 1024U;
  std::chrono::milliseconds header{5'000};  // a TLS handshake; the head of a request
  std::chrono::milliseconds body{15'000};
  std::chrono::milliseconds write{10'000};
  std::chrono::milliseconds idle{15'000};   // between two requests of a connection
  std::chrono::milliseconds linger{5'000};  // who was refused may send its request to the end
  int workers = 16;                         // handlers that run at once
  std::size_t connections = 2000;           // further ones get 503
  std::size_t connections_per_address = 256;
  std::size_t requests_per_connection = 1000;
  std::size_t buffered_bytes = 64U * 1024U * 1024U;  // requests and answers, of all connections

  friend bool operator==(const ServerLimits&, const ServerLimits&) = default;
};

// PEM files. They are looked at once a second and taken over when they change.
struct TlsFiles {
  std::string certificate;  // with its chain
  std::string key;
  std::string client_ca{};  // whose client certificates are believed; empty: none is asked for

  friend bool operator==(const TlsFiles&, const TlsFiles&) = default;
};

// What a listener tells of itself, for metrics and logs. Called by its threads: must not throw and
// must not wait. Reasons are words fit for a label.
struct Watch {
  std::function<void(const std::string& reason)> shed = [](const std::string&) {};
  std::function<void(const std::string& reason)> refused = [](const std::string&) {};
  std::function<void(const Error&)> certificate_kept = [](const Error&) {};  // the new one is bad
};

// Called from several threads at once; must not throw. The Arrival's path is as it was sent,
// without the query; header values are as they were sent, repeated ones joined by ", "; the peer is
// the address of the connection.
using Handler = std::function<Response(Arrival)>;  // by value: a large body is moved on

class HttpServer {
 public:
  HttpServer() = default;
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  virtual ~HttpServer() = default;  // stops

  [[nodiscard]] virtual int port() const = 0;  // the real one when 0 was asked for
  [[nodiscard]] virtual std::optional<Instant> certificate_expires() const = 0;  // with TLS
  // Takes no new request, ends when those under way are answered or the time is up. A handler that
  // runs is always waited for.
  virtual void stop(std::chrono::milliseconds within) = 0;
};

struct Door {
  std::optional<TlsFiles> tls{};
  Watch watch{};
};

// Listens on address:port (0: any free one); every method and path goes to `handler`.
[[nodiscard]] Result<std::unique_ptr<HttpServer>> listen(const std::string& address,
                                                         std::uint16_t port,
                                                         const ServerLimits& limits,
                                                         Handler handler, Door door = {});

}  // namespace saksbro::net
