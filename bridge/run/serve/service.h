// The running service: listeners, and behind them what follows from the configuration.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bridge/contract/error.h"
#include "bridge/core/model/limits.h"
#include "bridge/core/model/mapping.h"
#include "bridge/core/model/retry.h"
#include "bridge/run/files/file_check.h"
#include "bridge/run/maintain/housekeeping.h"
#include "bridge/run/observe/clock.h"
#include "bridge/run/serve/listeners.h"
#include "bridge/run/systems.h"
#include "bridge/run/web/links.h"
#include "bridge/run/web/ops_auth.h"
#include "bridge/store/store.h"

namespace saksbro::run {

// Files on their way between tickets.
struct FileSettings {
  std::string folder{};  // of the spool; empty: none, and no files come or go
  SpoolLimits limits{};
  FileCheckSettings check{};
};

struct ServiceSettings {
  ListenerSettings webhooks;
  ListenerSettings operations;
  GateSettings gate;           // of operations
  int senders_per_system = 2;  // a slow supplier holds these and no other
  core::RetryPolicy retry;
  std::map<SystemName, std::chrono::minutes> compare;  // when, since midnight; others: never
  // Of each system's settings and mapping: where they are others than last time, the cause of its
  // dead letters may be gone.
  std::map<SystemName, std::int64_t> fingerprints{};
  std::map<SystemName, core::DeliveryPolicy> delivery{};
  HousekeepingSettings housekeeping{};
  FileSettings files{};
  std::chrono::minutes recovery_overlap{60};
  std::optional<LinkSettings> links;  // none: texts have no links, and no page is served
  // Every url that stands in the configuration: what leads elsewhere is a stranger's.
  std::vector<std::string> configured_urls;
  std::string version{};  // of the program
};

class Service {
 public:
  // Takes the parts over and starts all threads. Nothing is received before the store is ready.
  [[nodiscard]] static Result<std::unique_ptr<Service>> start(const ServiceSettings& settings,
                                                              core::Mapping mapping,
                                                              Systems systems,
                                                              std::unique_ptr<store::Store> store);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;
  ~Service();  // stops

  // Goes on with another configuration, behind the same doors: what comes in meanwhile is stored.
  // An error whose `fatal` is false changed nothing; after a fatal one nothing works any more.
  struct NotReloaded {
    Error why;
    bool fatal = false;
  };
  [[nodiscard]] tl::expected<void, NotReloaded> reload(const ServiceSettings& settings,
                                                       core::Mapping mapping, Systems systems);

  // A configuration that was wrong before it came here: monitoring hears of it until the next one.
  void refused_a_configuration();

  // Takes no new work, lets calls under way end, keeps the rest on disk: at most 20 s.
  void stop();

  // The engine goes round: what a watchdog is told.
  [[nodiscard]] bool lives() const;
  [[nodiscard]] int webhook_port() const;
  [[nodiscard]] int operations_port() const;

 private:
  class Threads;
  explicit Service(std::unique_ptr<Threads> threads);
  std::unique_ptr<Threads> threads_;
};

}  // namespace saksbro::run
