#include "bridge/run/service.h"

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "bridge/net/client.h"
#include "bridge/net/http_server.h"
#include "bridge/run/answer_page.h"
#include "bridge/run/dispatcher.h"
#include "bridge/run/engine.h"
#include "bridge/run/log.h"
#include "bridge/run/metrics.h"
#include "bridge/run/operations.h"
#include "bridge/run/poller.h"
#include "bridge/run/receiver.h"
#include "bridge/run/recovery.h"
#include "bridge/run/solutions.h"
#include "bridge/run/timers.h"
#include "bridge/run/wake.h"
#include "bridge/store/group_commit.h"

namespace saksbro::run {
namespace {

using std::chrono::milliseconds;

// Other processes (the command line) write orders to the store: they are seen at the next round.
constexpr milliseconds kRound{500};
constexpr milliseconds kAfterError{1'000};
constexpr milliseconds kHousekeeping{5'000};
constexpr milliseconds kHousekeepingSoon{200};
constexpr milliseconds kStopListening{5'000};
constexpr milliseconds kStopCalls{10'000};

void complain(const char* thread, const Error& error) {
  log::error("thread.error", {{"thread", thread}, {"where", error.where}, {"why", error.what}});
}

}  // namespace

class Service::Threads {
 public:
  Threads(const ServiceSettings& settings, core::Mapping mapping, Systems systems,
          std::unique_ptr<store::Store> store)
      : settings_(settings),
        mapping_(std::move(mapping)),
        systems_(std::move(systems)),
        store_(std::move(store)),
        client_(net::make_client({})),
        inbox_(*store_),
        receiver_(systems_, inbox_, metrics_, engine_wake_),
        gate_(settings_.gate, metrics_, clock_),
        operations_(*store_, metrics_, vitals_, clock_, gate_),
        links_(settings_.links.value_or(LinkSettings{})),
        engine_({mapping_, systems_, *store_, metrics_, settings_.links ? &links_ : nullptr}),
        housekeeping_(settings_.housekeeping, *store_, clock_, metrics_),
        recovery_({*store_, systems_, clock_, metrics_, engine_wake_,
                   [this](const SystemName& name) { return caught_up(name); }}) {
    if (settings_.links && mapping_.texts.link) {
      answer_page_.emplace(AnswerPageParts{mapping_, *mapping_.texts.link, links_, *store_, inbox_,
                                           metrics_, engine_wake_});
    }
  }

  Result<void> start() {
    if (auto begun = recovery_.begin(settings_.recovery_overlap); !begun) return begun;
    if (auto kept = housekeeping_.round(); !kept) complain("housekeeping", kept.error());
    auto released = store_->release_claims(clock_.now());
    if (!released) return tl::unexpected(released.error());
    if (*released > 0) {
      log::warn("outbox.resumed", {{"commands", std::to_string(*released)}});
    }
    if (auto kept = store_->keep_solutions(solution_source(mapping_)); !kept) return kept;
    vitals_.engine_beat = clock_.now().time_since_epoch().count();
    run([this] { engine_rounds(); });
    run([this] { timer_rounds(); });
    for (const auto& [name, system] : systems_) start_system(name, *system);
    run([this] { recovery_rounds(); });
    run([this] { housekeeping_rounds(); });
    if (auto listening = listen(); !listening) return listening;
    run([this] { certificate_rounds(); });
    vitals_.ready = true;
    return {};
  }

  void stop() {
    vitals_.ready = false;
    if (webhooks_) webhooks_->stop(kStopListening);
    engine_wake_.stop();
    work_wake_.stop();
    pause_wake_.stop();
    // Calls under way get time to end: a call that is cut off is in doubt.
    std::thread cutter([this] {
      std::unique_lock lock(cut_mutex_);
      if (!cut_.wait_for(lock, kStopCalls, [this] { return joined_; })) client_->cancel_all();
    });
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
    {
      const std::lock_guard lock(cut_mutex_);
      joined_ = true;
    }
    cut_.notify_all();
    cutter.join();
    if (operations_server_) operations_server_->stop(milliseconds{1'000});
  }

  [[nodiscard]] int webhook_port() const { return webhooks_->port(); }
  [[nodiscard]] int operations_port() const { return operations_server_->port(); }

 private:
  void run(const std::function<void()>& rounds) {
    // An exception here is a fault of ours that nothing can mend at run time: die, restart, resume.
    threads_.emplace_back([rounds]() noexcept { rounds(); });
  }

  Result<void> listen() {
    DoorSettings few = settings_.operations;
    few.limits.workers = 4;
    auto operations = open_door(
        "operations", few, [this](const Arrival& arrival) { return operations_.answer(arrival); },
        metrics_);
    if (!operations) return tl::unexpected(operations.error());
    operations_server_ = std::move(*operations);
    auto webhooks = open_door(
        "webhooks", settings_.webhooks, [this](const Arrival& arrival) { return receive(arrival); },
        metrics_);
    if (!webhooks) return tl::unexpected(webhooks.error());
    webhooks_ = std::move(*webhooks);
    return {};
  }

  net::Response receive(const Arrival& arrival) {
    const bool page = answer_page_ && arrival.path.starts_with(kLinkPath);
    return page && !receiver_.serves(arrival.path) ? answer_page_->answer(arrival)
                                                   : receiver_.receive(arrival);
  }

  void start_system(const SystemName& name, const RemoteSystem& system) {
    dispatchers_.push_back(std::make_unique<Dispatcher>(DispatcherParts{
        name, system, *store_, *client_, clock_, metrics_, engine_wake_, settings_.retry}));
    Dispatcher& dispatcher = *dispatchers_.back();
    for (int i = 0; i < settings_.senders_per_system; ++i) {
      run([this, &dispatcher] { sender_rounds(dispatcher); });
    }
    const auto every = system.abilities().poll;
    if (!every) return;
    pollers_[name] = std::make_unique<Poller>(
        PollerParts{name, system, *store_, *client_, clock_, metrics_, engine_wake_});
    Poller& poller = *pollers_.at(name);
    run([this, &poller, every] { poller_rounds(poller, *every); });
  }

  void engine_rounds() {
    std::uint64_t seen = 0;
    while (!engine_wake_.stopped()) {
      vitals_.engine_beat = clock_.now().time_since_epoch().count();
      const auto handled = engine_.handle_next();
      if (!handled) complain("engine", handled.error());
      if (handled && *handled) {
        work_wake_.notify();
        continue;
      }
      seen = engine_wake_.wait(seen, handled ? kRound : kAfterError);
    }
  }

  void sender_rounds(Dispatcher& dispatcher) {
    std::uint64_t seen = 0;
    while (!work_wake_.stopped()) {
      const auto sent = dispatcher.send_next();
      if (!sent) complain("dispatcher", sent.error());
      if (sent && *sent) continue;
      seen = work_wake_.wait(seen, sent ? kRound : kAfterError);
    }
  }

  void poller_rounds(Poller& poller, milliseconds every) {
    while (!work_wake_.stopped()) {
      const auto more = poller.poll_page();
      if (more && *more) continue;
      if (!pause(every)) return;
    }
  }

  void timer_rounds() {
    while (pause(milliseconds{1'000})) {
      const auto fired = fire_due_timers(*store_, clock_);
      if (!fired) complain("timers", fired.error());
      if (fired && *fired > 0) engine_wake_.notify();
    }
  }

  // Until the look is complete; in a store that was not restored, once.
  void recovery_rounds() {
    do {
      const auto stage = recovery_.round();
      if (!stage) complain("recovery", stage.error());
      if (stage && *stage == store::RecoveryStage::none) return;
      work_wake_.notify();
    } while (pause(milliseconds{1'000}));
  }

  void housekeeping_rounds() {
    bool more = false;
    while (pause(more ? kHousekeepingSoon : kHousekeeping)) {
      const auto round = housekeeping_.round();
      if (!round) complain("housekeeping", round.error());
      more = round && *round;
    }
  }

  [[nodiscard]] bool caught_up(const SystemName& name) const {
    const auto poller = pollers_.find(name);
    return poller != pollers_.end() && poller->second->caught_up();
  }

  void certificate_rounds() {
    CertificateAlarms alarms(metrics_);
    do {
      const Instant now = clock_.now();
      if (const auto expires = webhooks_->certificate_expires())
        alarms.look("webhooks", *expires, now);
      if (const auto expires = operations_server_->certificate_expires())
        alarms.look("operations", *expires, now);
    } while (pause(milliseconds{1'000}));
  }

  // False: the service stops.
  bool pause(milliseconds time) {
    (void)pause_wake_.wait(0, time);
    return !pause_wake_.stopped();
  }

  ServiceSettings settings_;
  core::Mapping mapping_;
  Systems systems_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<net::Client> client_;
  SystemClock clock_;
  Metrics metrics_;
  Vitals vitals_;
  Wake engine_wake_;
  Wake work_wake_;
  Wake pause_wake_;  // nobody notifies it: only the stop ends a wait on it
  store::GroupCommit inbox_;
  Receiver receiver_;
  Gate gate_;
  Operations operations_;
  SignedLinks links_;
  Engine engine_;
  std::optional<AnswerPage> answer_page_;
  std::vector<std::unique_ptr<Dispatcher>> dispatchers_;
  std::map<SystemName, std::unique_ptr<Poller>> pollers_;
  Housekeeping housekeeping_;
  RecoveryWatch recovery_;
  std::unique_ptr<net::HttpServer> webhooks_;
  std::unique_ptr<net::HttpServer> operations_server_;
  std::vector<std::thread> threads_;
  std::mutex cut_mutex_;
  std::condition_variable cut_;
  bool joined_ = false;
};

Service::Service(std::unique_ptr<Threads> threads) : threads_(std::move(threads)) {}

Result<std::unique_ptr<Service>> Service::start(const ServiceSettings& settings,
                                                core::Mapping mapping, Systems systems,
                                                std::unique_ptr<store::Store> store) {
  auto threads =
      std::make_unique<Threads>(settings, std::move(mapping), std::move(systems), std::move(store));
  auto started = threads->start();
  std::unique_ptr<Service> service(new Service(std::move(threads)));
  if (!started) return tl::unexpected(started.error());
  return service;
}

Service::~Service() { stop(); }

void Service::stop() {
  if (!threads_) return;
  threads_->stop();
  threads_.reset();
}

int Service::webhook_port() const { return threads_->webhook_port(); }
int Service::operations_port() const { return threads_->operations_port(); }

}  // namespace saksbro::run
