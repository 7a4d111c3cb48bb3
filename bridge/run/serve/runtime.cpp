#include "bridge/run/serve/runtime.h"

#include <algorithm>

#include "bridge/run/engine/redrive.h"
#include "bridge/run/engine/release_authors.h"
#include "bridge/run/engine/solutions.h"
#include "bridge/run/maintain/compare.h"
#include "bridge/run/maintain/reclaim.h"
#include "bridge/run/maintain/timers.h"
#include "bridge/run/observe/failpoint.h"
#include "bridge/run/observe/log.h"
#include "bridge/run/poll/epoch.h"

namespace saksbro::run {
namespace {

using std::chrono::milliseconds;

// Other processes (the command line) write orders to the store: they are seen at the next round.
constexpr milliseconds kRound{500};
constexpr milliseconds kAfterError{1'000};
constexpr milliseconds kHousekeeping{5'000};
constexpr milliseconds kHousekeepingSoon{200};
constexpr milliseconds kStopCalls{10'000};
constexpr milliseconds kComparePace{5'000};  // a page of each system

void log_thread_error(const char* thread, const Error& error) {
  log::error("thread.error", {{"thread", thread}, {"where", error.where}, {"why", error.what}});
}

}  // namespace

Runtime::Runtime(const SharedServices& ground, const ServiceSettings& settings,
                 core::Mapping mapping, Systems systems)
    : ground_(ground),
      settings_(settings),
      mapping_(std::move(mapping)),
      systems_(std::move(systems)),
      client_(net::make_guarded_client({}, settings_.configured_urls, ground_.spool)),
      receiver_(systems_, ground_.inbox, ground_.store.in_hand(), ground_.metrics, engine_wake_),
      gate_(settings_.gate, ground_.metrics, ground_.clock),
      operations_(ground_.store, ground_.metrics, ground_.vitals, ground_.clock, gate_),
      links_(settings_.links.value_or(LinkSettings{})),
      engine_({mapping_, systems_, ground_.store, ground_.metrics,
               settings_.links ? &links_ : nullptr,
               [this](const SystemName& name) { wake_senders(name); }}),
      housekeeping_(settings_.housekeeping, ground_.store, ground_.clock, ground_.metrics,
                    ground_.spool),
      recovery_({ground_.store, systems_, ground_.clock, ground_.metrics,
                 [this](const SystemName& name) { return caught_up(name); }}) {
  for (const auto& [name, system] : systems_) work_wakes_[name];
  if (ground_.spool != nullptr) check_.emplace(settings_.files.check, *ground_.spool);
  if (settings_.links && mapping_.texts.link) {
    answer_page_.emplace(AnswerPageParts{mapping_, *mapping_.texts.link, links_, ground_.store,
                                         ground_.inbox, ground_.metrics, engine_wake_});
  }
}

Result<void> Runtime::start() {
  if (auto begun = recovery_.begin(settings_.recovery_overlap); !begun) return begun;
  if (auto kept = housekeeping_.round(); !kept) log_thread_error("housekeeping", kept.error());
  const auto released = ground_.store.release_claims(ground_.clock.now());
  if (!released) return tl::unexpected(released.error());
  if (*released > 0) log::warn("outbox.resumed", {{"commands", *released}});
  failpoint("start.released");
  if (auto kept = ground_.store.keep_solutions(solution_source(mapping_)); !kept) return kept;
  if (auto told = tell_what_has_no_way(); !told) return told;
  ground_.vitals.engine_beat = ground_.clock.now().time_since_epoch().count();
  run([this] { engine_rounds(); });
  run([this] { timer_rounds(); });
  run([this] { rescue_rounds(); });
  run([this] { compare_rounds(); });
  if (auto kept = remember_epochs(ground_.store, systems_, ground_.clock.now()); !kept) return kept;
  for (const auto& [name, system] : systems_) {
    if (auto started = start_system(name, *system); !started) return started;
  }
  run([this] { recovery_rounds(); });
  run([this] { housekeeping_rounds(); });
  return {};
}

void Runtime::stop() {
  engine_wake_.stop();
  for (auto& [name, wake] : work_wakes_) wake.stop();
  pause_wake_.stop();
  if (check_) check_->cancel();  // a scan changes nothing: the file is fetched again
  if (threads_.empty()) return;
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
}

net::Response Runtime::receive(Arrival arrival) {
  const bool page = answer_page_ && arrival.path.starts_with(kLinkPath);
  return page && !receiver_.serves(arrival.path) ? answer_page_->answer(arrival)
                                                 : receiver_.receive(std::move(arrival));
}

void Runtime::run(const std::function<void()>& rounds) {
  // An exception here is a fault of ours that nothing can mend at run time: die, restart, resume.
  threads_.emplace_back([rounds]() noexcept { rounds(); });
}

Result<void> Runtime::start_system(const SystemName& name, const RemoteSystem& system) {
  const auto configured = settings_.delivery.find(name);
  const core::DeliveryPolicy delivery =
      configured == settings_.delivery.end() ? core::DeliveryPolicy{} : configured->second;
  traffics_.push_back(std::make_unique<Traffic>(
      TrafficParts{name, ground_.store, ground_.clock, ground_.metrics, pause_wake_,
                   delivery.limits, settings_.retry.give_up}));
  Traffic& traffic = *traffics_.back();
  if (auto known = traffic.take_up(); !known) return known;
  if (const auto print = settings_.fingerprints.find(name); print != settings_.fingerprints.end()) {
    auto again = redrive_if_changed(ground_.store, name, print->second, ground_.clock.now());
    if (!again) return again;
  }
  const int senders = delivery.limits.at_once.value_or(settings_.senders_per_system);
  dispatchers_.push_back(std::make_unique<Dispatcher>(
      DispatcherParts{name, system, ground_.store, *client_, ground_.clock, ground_.metrics,
                      engine_wake_, settings_.retry, traffic, delivery.doubt, ground_.spool,
                      check_ ? &*check_ : nullptr, &mapping_, std::max(1, senders / 2)}));
  Dispatcher& dispatcher = *dispatchers_.back();
  Wake& work = work_wakes_.at(name);
  for (int i = 0; i < senders; ++i) {
    run([this, &dispatcher, &work] { sender_rounds(dispatcher, work); });
  }
  const auto every = system.abilities().poll;
  if (!every) return {};
  auto& poller = *(pollers_[name] = std::make_unique<Poller>(PollerParts{
                       name, system, ground_.store, *client_, ground_.clock, ground_.metrics,
                       engine_wake_, traffic, first_poll(mapping_, name)}));
  run([this, &poller, every] { poller_rounds(poller, *every); });
  return {};
}

// Work for a system that has been taken out of the configuration is kept: it may come back.
Result<void> Runtime::tell_what_has_no_way() {
  auto reader = ground_.store.reader();
  if (!reader) return tl::unexpected(reader.error());
  const auto open = (*reader)->outbox().open_by_system();
  if (!open) return tl::unexpected(open.error());
  for (const auto& [name, commands] : *open) {
    if (systems_.contains(name)) continue;
    log::warn("outbox.unroutable",
              {{"system", name.text()},
               {"commands", commands},
               {"why", "no system of this name is configured; its commands are kept"}});
  }
  return {};
}

void Runtime::engine_rounds() {
  std::uint64_t seen = 0;
  while (!engine_wake_.stopped()) {
    ground_.vitals.engine_beat = ground_.clock.now().time_since_epoch().count();
    const auto handled = engine_.handle_next();
    if (!handled) log_thread_error("engine", handled.error());
    if (handled && *handled) continue;
    seen = engine_wake_.wait(seen, handled ? kRound : kAfterError);
  }
}

// Of a system that is not configured any more nobody sends.
void Runtime::wake_senders(const SystemName& system) {
  if (const auto found = work_wakes_.find(system); found != work_wakes_.end())
    found->second.notify();
}

void Runtime::wake_all_senders() {
  for (auto& [name, wake] : work_wakes_) wake.notify();
}

void Runtime::sender_rounds(Dispatcher& dispatcher, Wake& work) {
  std::uint64_t seen = 0;
  while (!work.stopped()) {
    const auto sent = dispatcher.send_next();
    if (!sent) log_thread_error("dispatcher", sent.error());
    if (sent && *sent) continue;
    seen = work.wait(seen, sent ? kRound : kAfterError);
  }
}

void Runtime::poller_rounds(Poller& poller, milliseconds every) {
  while (!pause_wake_.stopped()) {
    const auto more = poller.poll_page();
    if (more && *more) continue;
    if (!pause(every)) return;
  }
}

void Runtime::timer_rounds() {
  while (pause(milliseconds{1'000})) {
    const auto fired = fire_due_timers(ground_.store, ground_.clock);
    if (!fired) log_thread_error("timers", fired.error());
    if (fired && *fired > 0) engine_wake_.notify();
  }
}

void Runtime::rescue_rounds() {
  while (pause(kRescueEvery)) {
    const auto rescued = rescue_stuck(ground_.store, ground_.clock, ground_.metrics);
    if (!rescued) log_thread_error("rescue", rescued.error());
    if (rescued && *rescued > 0) wake_all_senders();
  }
}

void Runtime::compare_rounds() {
  std::vector<Comparer> comparers;
  for (const auto& [name, at] : settings_.compare) {
    const auto system = systems_.find(name);
    if (system == systems_.end()) continue;
    const Abilities abilities = system->second->abilities();
    if (!abilities.has_tickets || !abilities.can_be_read) continue;
    comparers.emplace_back(ComparerParts{name, at, mapping_.calendar, ground_.store, ground_.clock,
                                         ground_.metrics, engine_wake_});
  }
  while (pause(kComparePace)) {
    for (Comparer& comparer : comparers) {
      if (const auto asked = comparer.step(); !asked) log_thread_error("compare", asked.error());
    }
  }
}

// Until the look is complete; in a store that was not restored, once.
void Runtime::recovery_rounds() {
  do {
    const auto stage = recovery_.round();
    if (!stage) log_thread_error("recovery", stage.error());
    if (stage && *stage == store::RecoveryStage::none) return;
    wake_all_senders();
  } while (pause(milliseconds{1'000}));
}

void Runtime::housekeeping_rounds() {
  bool more = false;
  while (pause(more ? kHousekeepingSoon : kHousekeeping)) {
    const auto round = housekeeping_.round();
    if (!round) log_thread_error("housekeeping", round.error());
    more = round && *round;
    const auto ordered = release_limited_authors(ground_.store, systems_, ground_.clock);
    if (!ordered) log_thread_error("held_back", ordered.error());
  }
}

bool Runtime::caught_up(const SystemName& name) const {
  const auto poller = pollers_.find(name);
  return poller != pollers_.end() && poller->second->caught_up();
}

// False: the generation stops.
bool Runtime::pause(milliseconds time) {
  (void)pause_wake_.wait(0, time);
  return !pause_wake_.stopped();
}

}  // namespace saksbro::run
