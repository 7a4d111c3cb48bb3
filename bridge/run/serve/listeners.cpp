#include "bridge/run/serve/listeners.h"

#include <array>
#include <limits>
#include <utility>

#include "bridge/run/observe/log.h"

namespace saksbro::run {
namespace {

constexpr std::array kDaysBefore{0, 1, 7, 21};

net::Watch watch(const std::string& name, Metrics& metrics) {
  const auto count = [&metrics, name](const char* metric) {
    return [&metrics, name, metric](const std::string& reason) {
      metrics.count(metric, label("listener", name) + "," + label("reason", reason));
    };
  };
  return {count("saksbro_shed_connections_total"), count("saksbro_refused_requests_total"),
          [name](const Error& error) {
            log::error("certificate.not_taken", {{"listener", name}, {"why", error.text()}});
          }};
}

}  // namespace

Result<std::unique_ptr<net::HttpServer>> open_listener(const std::string& name,
                                                       const ListenerSettings& settings,
                                                       net::Handler handler, Metrics& metrics) {
  return net::listen(settings.host, settings.port, settings.limits, std::move(handler),
                     {settings.tls, watch(name, metrics)});
}

void CertificateAlarms::look(const std::string& listener, Instant expires, Instant now) {
  using std::chrono::days;
  const auto left = std::chrono::floor<std::chrono::seconds>(expires - now);
  metrics_.set("saksbro_certificate_expires_seconds", label("listener", listener),
               static_cast<double>(left.count()));
  Told& told = told_[listener];
  if (told.expires != expires) told = {expires, std::numeric_limits<int>::max()};
  for (const int before : kDaysBefore) {
    if (left > days(before)) continue;
    if (told.days <= before) return;
    told.days = before;
    const std::string in = std::to_string(std::chrono::floor<days>(left).count());
    if (before == 0) {
      log::error("certificate.expired", {{"listener", listener}});
    } else {
      log::warn("certificate.expires", {{"listener", listener}, {"days", in}});
    }
    return;
  }
}

}  // namespace saksbro::run
