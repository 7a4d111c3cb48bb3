// The two listeners as metrics and log see them, and the alarms about their certificates.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "bridge/net/http_server.h"
#include "bridge/run/observe/metrics.h"

namespace saksbro::run {

struct ListenerSettings {
  std::string host;
  std::uint16_t port = 0;
  std::optional<net::TlsFiles> tls{};
  net::ServerLimits limits{};

  friend bool operator==(const ListenerSettings&, const ListenerSettings&) = default;
};

// `name` is the label "listener" of its metrics, which must outlive it.
[[nodiscard]] Result<std::unique_ptr<net::HttpServer>> open_listener(
    const std::string& name, const ListenerSettings& settings, net::Handler handler,
    Metrics& metrics);

// Says 21, 7 and 1 days before it happens that a certificate expires, and when it has; each once a
// certificate. For one thread.
class CertificateAlarms {
 public:
  explicit CertificateAlarms(Metrics& metrics) : metrics_(metrics) {}
  void look(const std::string& listener, Instant expires, Instant now);

 private:
  struct Told {
    Instant expires{};
    int days = 0;  // the last of 21, 7, 1, 0 that was told; more: none
  };
  Metrics& metrics_;
  std::map<std::string, Told> told_;
};

}  // namespace saksbro::run
