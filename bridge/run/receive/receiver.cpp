#include "bridge/run/receive/receiver.h"

#include "bridge/codec/json.h"
#include "bridge/run/observe/failpoint.h"
#include "bridge/run/observe/log.h"

namespace saksbro::run {
namespace {

net::Response reply(int status, const std::string& key, const std::string& text) {
  return {status, "application/json", codec::write_json(codec::Json{{key, text}}) + "\n", {}};
}

net::Response later(const std::string& text) {
  net::Response response = reply(503, "error", text);
  response.headers["Retry-After"] = "30";
  return response;
}

std::string refusal_labels(const SystemName& system, std::string_view reason) {
  return label("system", system.text()) + "," + label("reason", reason);
}

}  // namespace

Receiver::Receiver(const Systems& systems, store::GroupCommit& inbox, store::CrashJournal& in_hand,
                   Metrics& metrics, Wake& engine)
    : inbox_(inbox), metrics_(metrics), engine_(engine) {
  for (const auto& [name, system] : systems) {
    const auto path = system->abilities().webhook_path;
    if (!path) continue;
    by_path_.emplace(*path, Served{name, {name, *system, in_hand}});
    // From the first one on it can be seen how fast they come: a counter that begins with 1 has not
    // grown.
    for (const std::string_view reason : kRefusalReasons)
      metrics_.count("saksbro_refused_deliveries_total", refusal_labels(name, reason), 0);
  }
}

net::Response Receiver::receive(Arrival arrival) {
  const auto found = by_path_.find(arrival.path.substr(0, arrival.path.find('?')));
  if (found == by_path_.end()) return reply(404, "error", "no webhook is configured at this path");
  if (arrival.method != "POST") {
    net::Response response = reply(405, "error", "webhooks are sent by POST");
    response.headers["Allow"] = "POST";
    return response;
  }
  failpoint("in.read");
  const auto& [name, system] = found->second;
  const auto looked_at = system.accept(arrival);
  if (!looked_at) return later("internal error; send it again");
  const auto& id = *looked_at;
  if (!id) {
    const std::string_view reason = word(id.error().reason);
    metrics_.count("saksbro_refused_deliveries_total", refusal_labels(name, reason));
    log::warn_once_a_minute("delivery.refused", {{"system", name.text()},
                                                 {"peer", arrival.peer},
                                                 {"reason", std::string(reason)},
                                                 {"why", id.error().what}});
    net::Response response = reply(401, "error", id.error().what);
    response.headers["WWW-Authenticate"] = id.error().challenge;
    return response;
  }
  failpoint("in.verified");
  return store({name, *id, DeliveryKind::webhook, arrival.at, std::move(arrival.body)});
}

net::Response Receiver::store(const Delivery& delivery) {
  const std::string& system = delivery.system.text();
  const auto arrived = inbox_.receive(delivery);
  if (!arrived) {
    log::error("delivery.not_stored", {{"system", system}, {"why", arrived.error().what}});
    return later("not stored; send it again");
  }
  failpoint("in.committed");
  const bool fresh = *arrived == store::Received::now;
  metrics_.count("saksbro_deliveries_total",
                 label("system", system) + "," + label("new", fresh ? "yes" : "no"));
  log::info("delivery.stored",
            {{"system", system}, {"delivery", delivery.id.text()}, {"new", fresh ? "yes" : "no"}});
  engine_.notify();
  return reply(200, "delivery", fresh ? "stored" : "stored before");
}

}  // namespace saksbro::run
