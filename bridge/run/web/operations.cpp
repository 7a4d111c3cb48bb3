#include "bridge/run/web/operations.h"

#include <algorithm>

#include "bridge/codec/rfc3339.h"
#include "bridge/run/observe/log.h"

namespace saksbro::run {
namespace {

constexpr std::chrono::seconds kEngineSilenceMost{60};

net::Response plain_text(int status, const std::string& text) {
  return {status, "text/plain; charset=utf-8", text + "\n", {}};
}

net::Response only_get() {
  net::Response response = plain_text(405, "only GET is supported here");
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
  return plain_text(404, "there are /healthz, /readyz and /metrics");
}

bool engine_lives(const Vitals& vitals, Instant now) {
  const auto silence = now.time_since_epoch().count() - vitals.engine_beat.load();
  return silence < std::chrono::milliseconds(kEngineSilenceMost).count();
}

net::Response Operations::health() const {
  return engine_lives(vitals_, clock_.now())
             ? plain_text(200, "ok")
             : plain_text(503, "the engine loop has not run for 60 s");
}

// Ready is who takes webhooks: also while a system is out, since nothing is lost then, and another
// process would reach it no better. What is degraded stands in the lines below; not why: anybody
// may ask.
net::Response Operations::readiness() {
  if (!vitals_.ready) return plain_text(503, "starting or stopping");
  std::string text = "ready";
  auto reader = store_.reader();
  if (!reader) return plain_text(503, "the store cannot be read");
  const auto outages = (*reader)->outages();
  if (!outages) return plain_text(503, "the store cannot be read");
  for (const store::Outage& one : *outages) {
    text += "\ndegraded: " + one.system.text() + " has been unavailable since " +
            codec::write_rfc3339_seconds(one.since) + (one.parked_at ? ", and is parked" : "");
  }
  if (vitals_.reload_refused)
    text += "\ndegraded: the last reload was rejected; the previous configuration is in use";
  return plain_text(200, text);
}

// What a person on call asks first: since when does it stand?
void Operations::set_ages(const store::Counts& counts) {
  const Instant now = clock_.now();
  const auto age = [now](Instant since) {
    return static_cast<double>(std::max(now - since, Instant::duration{0}).count()) / 1'000;
  };
  metrics_.set("saksbro_inbox_oldest_seconds", "",
               counts.delivery_since ? age(*counts.delivery_since) : 0);
  metrics_.set_all("saksbro_outbox_oldest_seconds", 0);
  for (const auto& [system, since] : counts.commands_since)
    metrics_.set("saksbro_outbox_oldest_seconds", label("system", system.text()), age(since));
}

net::Response Operations::metrics() {
  auto reader = store_.reader();
  if (!reader) return plain_text(503, reader.error().text());
  const auto counts = (*reader)->counts();
  if (!counts) return plain_text(503, counts.error().text());
  metrics_.set("saksbro_inbox_waiting", "", static_cast<double>(counts->inbox_waiting));
  metrics_.set("saksbro_inbox_parked", "", static_cast<double>(counts->inbox_parked));
  metrics_.set("saksbro_outbox_waiting", "", static_cast<double>(counts->outbox_waiting));
  metrics_.set("saksbro_outbox_dead", "", static_cast<double>(counts->outbox_dead));
  metrics_.set("saksbro_writes_unseen", "", static_cast<double>(counts->unseen));
  metrics_.set("saksbro_cases", label("state", "open"), static_cast<double>(counts->cases_open));
  metrics_.set("saksbro_cases", label("state", "closed"),
               static_cast<double>(counts->cases_closed));
  set_ages(*counts);
  metrics_.set("saksbro_log_lines_dropped_total", "", static_cast<double>(log::dropped_lines()));
  return {200, "text/plain; version=0.0.4; charset=utf-8", metrics_.text(), {}};
}

}  // namespace saksbro::run
