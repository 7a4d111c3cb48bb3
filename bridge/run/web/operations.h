// What operators and their monitoring ask: /healthz, /readyz (anybody), /metrics (a viewer).
#pragma once

#include <atomic>

#include "bridge/net/http_server.h"
#include "bridge/run/observe/clock.h"
#include "bridge/run/observe/metrics.h"
#include "bridge/run/web/ops_auth.h"
#include "bridge/store/store.h"

namespace saksbro::run {

// Set by the service's threads, read by the listener.
struct Vitals {
  std::atomic<bool> ready{false};
  std::atomic<Instant::rep> engine_beat{0};  // when the engine last went round
  std::atomic<bool> reload_refused{false};   // another configuration was given, and was wrong
};

// Its loop goes round at least twice a second.
[[nodiscard]] bool engine_lives(const Vitals& vitals, Instant now);

class Operations {
 public:
  // All must outlive this.
  Operations(store::Store& store, Metrics& metrics, const Vitals& vitals, const Clock& clock,
             OpsAuth& gate)
      : store_(store), metrics_(metrics), vitals_(vitals), clock_(clock), gate_(gate) {}

  // Thread-safe.
  [[nodiscard]] net::Response answer(const Arrival& arrival);

 private:
  [[nodiscard]] net::Response health() const;
  [[nodiscard]] net::Response readiness();
  [[nodiscard]] net::Response metrics();
  void set_ages(const store::Counts& counts);

  store::Store& store_;
  Metrics& metrics_;
  const Vitals& vitals_;
  const Clock& clock_;
  OpsAuth& gate_;
};

}  // namespace saksbro::run
