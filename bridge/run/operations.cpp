#include "bridge/run/operations.h"

#include "bridge/run/log.h"

namespace saksbro::run {
namespace {

constexpr std::chrono::seconds kEngineSilenceMost{60};

net::Response plain(int status, const std::string& text) {
  return {status, "text/plain; charset=utf-8", text + "\n", {}};
}

net::Response only_get() {
  net::Response response = plain(405, "only GET is answered here");
  response.headers["Allow"] = "GET, HEAD";
  return response;
}

}  // namespace

net::Response Operations::answer(const Arrival& arrival) {
  if (auto refused = gate_.refuse_host(arrival)) return *refused;
  if (arrival.method != "GET" && arrival.method != "HEAD") return only_get();
  if (arrival.path == "/healthz") return health();
  if (arrival.path == "/readyz") return readiness();
  if (arrival.path == "/metrics") {
    auto refused = gate_.refuse(arrival, Role::viewer);
    return refused ? *refused : metrics();
  }
  return plain(404, "there are /healthz, /readyz and /metrics");
}

net::Response Operations::health() const {
  const auto silence = clock_.now().time_since_epoch().count() - vitals_.engine_beat.load();
  const bool alive = silence < std::chrono::milliseconds(kEngineSilenceMost).count();
  return alive ? plain(200, "ok") : plain(503, "the engine has not gone round for a minute");
}

net::Response Operations::readiness() const {
  return vitals_.ready ? plain(200, "ready") : plain(503, "starting or stopping");
}

net::Response Operations::metrics() {
  auto reader = store_.reader();
  if (!reader) return plain(503, reader.error().text());
  const auto counts = (*reader)->counts();
  if (!counts) return plain(503, counts.error().text());
  metrics_.set("saksbro_inbox_waiting", "", static_cast<double>(counts->inbox_waiting));
  metrics_.set("saksbro_inbox_parked", "", static_cast<double>(counts->inbox_parked));
  metrics_.set("saksbro_outbox_waiting", "", static_cast<double>(counts->outbox_waiting));
  metrics_.set("saksbro_outbox_dead", "", static_cast<double>(counts->outbox_dead));
  metrics_.set("saksbro_cases", label("state", "open"), static_cast<double>(counts->cases_open));
  metrics_.set("saksbro_cases", label("state", "closed"),
               static_cast<double>(counts->cases_closed));
  metrics_.set("saksbro_log_lines_dropped_total", "", static_cast<double>(log::dropped_lines()));
  return {200, "text/plain; version=0.0.4; charset=utf-8", metrics_.text(), {}};
}

}  // namespace saksbro::run
