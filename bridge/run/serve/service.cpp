#include "bridge/run/serve/service.h"

#include <atomic>
#include <mutex>
#include <thread>

#include "bridge/net/http_server.h"
#include "bridge/run/observe/failpoint.h"
#include "bridge/run/observe/log.h"
#include "bridge/run/serve/runtime.h"

namespace saksbro::run {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kStopListening{5'000};

}  // namespace

class Service::Threads {
 public:
  Threads(const ServiceSettings& settings, std::unique_ptr<store::Store> store)
      : settings_(settings),
        store_(std::move(store)),
        inbox_(*store_, [] { failpoint("in.inserted"); }) {}

  Result<void> start(core::Mapping mapping, Systems systems) {
    if (!settings_.files.folder.empty()) {
      auto spool = FileSpool::open(settings_.files.folder, settings_.files.limits);
      if (!spool) return tl::unexpected(spool.error());
      spool_ = *std::move(spool);
    }
    now_ = next(settings_, std::move(mapping), std::move(systems));
    if (auto started = now_->start(); !started) return started;
    if (auto listening = listen(); !listening) return listening;
    certificates_ = std::thread([this]() noexcept { certificate_rounds(); });
    metrics_.set("process_start_time_seconds", "", seconds_of(clock_.now()));
    metrics_.set("saksbro_build_info", label("version", settings_.version), 1);
    say_whether_refused(false);
    vitals_.ready = true;
    return {};
  }

  // The doors answer by the old configuration until the new one is at work.
  tl::expected<void, NotReloaded> reload(const ServiceSettings& settings, core::Mapping mapping,
                                         Systems systems) {
    if (settings.webhooks != settings_.webhooks || settings.operations != settings_.operations)
      return tl::unexpected(NotReloaded{
          {"listen", "host, port, tls and limits of a listener change by a restart only"}, false});
    auto fresh = next(settings, std::move(mapping), std::move(systems));
    const auto old = now();
    old->stop();
    if (auto started = fresh->start(); !started)
      return tl::unexpected(NotReloaded{started.error(), true});
    const std::lock_guard lock(now_mutex_);
    now_ = std::move(fresh);
    say_whether_refused(false);
    failpoint("cfg.swapped");
    return {};
  }

  void say_whether_refused(bool refused) {
    vitals_.reload_refused = refused;
    metrics_.set("saksbro_configuration_refused", "", refused ? 1 : 0);
  }

  void stop() {
    vitals_.ready = false;
    if (webhooks_) webhooks_->stop(kStopListening);
    now()->stop();
    wake_.stop();
    if (certificates_.joinable()) certificates_.join();
    if (operations_) operations_->stop(milliseconds{1'000});
  }

  [[nodiscard]] bool lives() const { return engine_lives(vitals_, clock_.now()); }
  [[nodiscard]] int webhook_port() const { return webhooks_->port(); }
  [[nodiscard]] int operations_port() const { return operations_->port(); }

 private:
  std::shared_ptr<Runtime> next(const ServiceSettings& settings, core::Mapping mapping,
                                Systems systems) {
    return std::make_shared<Runtime>(
        SharedServices{*store_, inbox_, clock_, metrics_, vitals_, spool_.get()}, settings,
        std::move(mapping), std::move(systems));
  }

  // Whoever holds it may go on with it after a reload.
  std::shared_ptr<Runtime> now() {
    const std::lock_guard lock(now_mutex_);
    return now_;
  }

  Result<void> listen() {
    ListenerSettings few = settings_.operations;
    few.limits.workers = 4;
    auto operations = open_listener(
        "operations", few, [this](const Arrival& arrival) { return now()->operate(arrival); },
        metrics_);
    if (!operations) return tl::unexpected(operations.error());
    operations_ = std::move(*operations);
    auto webhooks = open_listener(
        "webhooks", settings_.webhooks,
        [this](Arrival arrival) { return now()->receive(std::move(arrival)); }, metrics_);
    if (!webhooks) return tl::unexpected(webhooks.error());
    webhooks_ = std::move(*webhooks);
    return {};
  }

  void certificate_rounds() {
    CertificateAlarms alarms(metrics_);
    while (!wake_.stopped()) {
      log::tell_repeats();
      const Instant now = clock_.now();
      if (const auto expires = webhooks_->certificate_expires())
        alarms.look("webhooks", *expires, now);
      if (const auto expires = operations_->certificate_expires())
        alarms.look("operations", *expires, now);
      (void)wake_.wait(0, milliseconds{1'000});
    }
  }

  ServiceSettings settings_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<FileSpool> spool_;
  SystemClock clock_;
  Metrics metrics_;
  Vitals vitals_;
  store::GroupCommit inbox_;
  std::mutex now_mutex_;
  std::shared_ptr<Runtime> now_;
  std::unique_ptr<net::HttpServer> webhooks_;
  std::unique_ptr<net::HttpServer> operations_;
  Wake wake_;  // only the stop ends a wait on it
  std::thread certificates_;
};

Service::Service(std::unique_ptr<Threads> threads) : threads_(std::move(threads)) {}

Result<std::unique_ptr<Service>> Service::start(const ServiceSettings& settings,
                                                core::Mapping mapping, Systems systems,
                                                std::unique_ptr<store::Store> store) {
  auto threads = std::make_unique<Threads>(settings, std::move(store));
  auto started = threads->start(std::move(mapping), std::move(systems));
  std::unique_ptr<Service> service(new Service(std::move(threads)));
  if (!started) return tl::unexpected(started.error());
  return service;
}

tl::expected<void, Service::NotReloaded> Service::reload(const ServiceSettings& settings,
                                                         core::Mapping mapping, Systems systems) {
  return threads_->reload(settings, std::move(mapping), std::move(systems));
}

void Service::refused_a_configuration() { threads_->say_whether_refused(true); }

Service::~Service() { stop(); }

void Service::stop() {
  if (!threads_) return;
  threads_->stop();
  threads_.reset();
}

bool Service::lives() const { return threads_->lives(); }
int Service::webhook_port() const { return threads_->webhook_port(); }
int Service::operations_port() const { return threads_->operations_port(); }

}  // namespace saksbro::run
