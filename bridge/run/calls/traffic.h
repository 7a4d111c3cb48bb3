// What all who speak to one system share: is it asked at all, how much may be asked, and since when
// does it let nothing through.
#pragma once

#include <atomic>
#include <mutex>
#include <string>

#include "bridge/codec/judge.h"
#include "bridge/contract/call.h"
#include "bridge/contract/error.h"
#include "bridge/contract/ids.h"
#include "bridge/contract/outcome.h"
#include "bridge/core/model/limits.h"
#include "bridge/run/calls/breaker.h"
#include "bridge/run/observe/clock.h"
#include "bridge/run/observe/metrics.h"
#include "bridge/store/store.h"

namespace saksbro::run {

// All must outlive the traffic.
struct TrafficParts {
  SystemName name;
  store::Store& store;
  Clock& clock;
  Metrics& metrics;
  Wake& stopping;  // nobody notifies it: stopped, it ends all waits
  core::Limits limits;
  std::chrono::hours park_after{24 * 7};  // out for so long: a person must say that it goes on
};

// Thread-safe.
class Traffic {
 public:
  explicit Traffic(TrafficParts parts);

  // An outage that the last process knew of goes on. Call before anybody asks.
  [[nodiscard]] Result<void> take_up();

  [[nodiscard]] Permit ask() { return breaker_.ask(parts_.clock.ticks()); }
  void give_back(Permit permit) { breaker_.give_back(permit); }
  // Logs, counts and stores what that means for the system. `later`: why not, if it was not done.
  void ended(Permit permit, const codec::Judgement& judged, const RetryLater* later);

  // Until the next probe; none: the system is asked as usual.
  [[nodiscard]] std::optional<std::chrono::milliseconds> closed_for() const {
    return breaker_.closed_for(parts_.clock.ticks());
  }
  // Nothing is sent until a person resumes it. (Polls go on, one a minute, and tell when it is
  // back.)
  [[nodiscard]] bool parked();

  // Waits until the budgets allow the call, at most `longest`; false: they do not, or all stops.
  [[nodiscard]] bool spend(const Call& call, std::chrono::milliseconds longest);
  // How long until a write to this ticket is allowed; zero: it is taken.
  [[nodiscard]] std::chrono::milliseconds spend_ticket(const std::string& ticket);

 private:
  void opened(const Phrase& why, bool again);
  void closed();
  [[nodiscard]] Result<void> remember(const Phrase& why);
  [[nodiscard]] Result<void> forget();
  [[nodiscard]] std::string its() const { return label("system", parts_.name.text()); }

  TrafficParts parts_;
  Breaker breaker_;
  std::mutex budgets_mutex_;
  core::Budgets budgets_;
  std::atomic<bool> parked_{false};
};

}  // namespace saksbro::run
