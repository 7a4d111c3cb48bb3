// Everything that follows from one configuration: what the doors answer, the engine, a dispatcher
// and a poller per system, timers. A reload ends one generation and begins the next, on the same
// store and behind the same doors.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "bridge/core/model/mapping.h"
#include "bridge/net/client.h"
#include "bridge/run/calls/traffic.h"
#include "bridge/run/dispatch/dispatcher.h"
#include "bridge/run/engine/engine.h"
#include "bridge/run/maintain/housekeeping.h"
#include "bridge/run/maintain/recovery.h"
#include "bridge/run/observe/clock.h"
#include "bridge/run/observe/metrics.h"
#include "bridge/run/observe/wake.h"
#include "bridge/run/poll/poller.h"
#include "bridge/run/receive/receiver.h"
#include "bridge/run/serve/service.h"
#include "bridge/run/systems.h"
#include "bridge/run/web/answer_page.h"
#include "bridge/run/web/links.h"
#include "bridge/run/web/operations.h"
#include "bridge/run/web/ops_auth.h"
#include "bridge/store/group_commit.h"
#include "bridge/store/store.h"

namespace saksbro::run {

// What stays the same from one generation to the next; all must outlive them.
struct SharedServices {
  store::Store& store;
  store::GroupCommit& inbox;
  Clock& clock;
  Metrics& metrics;
  Vitals& vitals;
  FileSpool* spool = nullptr;  // none: no files come or go
};

class Runtime {
 public:
  Runtime(const SharedServices& ground, const ServiceSettings& settings, core::Mapping mapping,
          Systems systems);
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;
  ~Runtime() { stop(); }

  // No other generation is at work on this store.
  [[nodiscard]] Result<void> start();
  // Takes no new work, lets calls under way end (at most 10 s), keeps the rest on disk. What comes
  // in goes on being stored.
  void stop();

  // What the doors answer: from any thread, also before start() and after stop().
  [[nodiscard]] net::Response receive(Arrival arrival);
  [[nodiscard]] net::Response operate(const Arrival& arrival) {
    return operations_.answer(arrival);
  }

 private:
  void run(const std::function<void()>& rounds);
  [[nodiscard]] Result<void> start_system(const SystemName& name, const RemoteSystem& system);
  [[nodiscard]] Result<void> tell_what_has_no_way();
  void engine_rounds();
  void sender_rounds(Dispatcher& dispatcher, Wake& work);
  void wake_senders(const SystemName& system);
  void wake_all_senders();
  void poller_rounds(Poller& poller, std::chrono::milliseconds every);
  void timer_rounds();
  void rescue_rounds();
  void compare_rounds();
  void recovery_rounds();
  void housekeeping_rounds();
  [[nodiscard]] bool caught_up(const SystemName& name) const;
  [[nodiscard]] bool pause(std::chrono::milliseconds time);

  SharedServices ground_;
  ServiceSettings settings_;
  core::Mapping mapping_;
  Systems systems_;
  std::unique_ptr<net::Client> client_;
  std::optional<FileCheck> check_;
  Wake engine_wake_;
  std::map<SystemName, Wake> work_wakes_;  // one for each system, as long as this lives
  Wake pause_wake_;                        // nobody notifies it: only the stop ends a wait on it
  Receiver receiver_;
  OpsAuth gate_;
  Operations operations_;
  SignedLinks links_;
  Engine engine_;
  std::optional<AnswerPage> answer_page_;
  std::vector<std::unique_ptr<Traffic>> traffics_;
  std::vector<std::unique_ptr<Dispatcher>> dispatchers_;
  std::map<SystemName, std::unique_ptr<Poller>> pollers_;
  Housekeeping housekeeping_;
  RecoveryWatch recovery_;
  std::vector<std::thread> threads_;
  std::mutex cut_mutex_;
  std::condition_variable cut_;
  bool joined_ = false;
};

}  // namespace saksbro::run
