#include "bridge/run/poll/poller.h"

#include <algorithm>

#include "bridge/codec/settle.h"
#include "bridge/run/observe/failpoint.h"
#include "bridge/run/observe/log.h"
#include "bridge/run/poll/epoch.h"

namespace saksbro::run {
namespace {

// A poll can wait for its turn: nobody else is held up by it.
constexpr std::chrono::milliseconds kPollBudgetWait{5'000};

Phrase hopeless_poll(const SystemName& name) {
  return {
      "the process died {count} times while it worked on a poll of this system; it is polled again "
      "after saksbro redrive --system {system}",
      {{"count", std::to_string(kCrashesMost)}, {"system", name}}};
}

}  // namespace

Result<Poller::Start> Poller::start() {
  auto tx = parts_.store.begin();
  if (!tx) return tl::unexpected(tx.error());
  const auto row = (*tx)->polls().of(parts_.name);
  if (!row) return tl::unexpected(row.error());
  const auto from = cursor(**tx);
  if (!from) return tl::unexpected(from.error());
  if (auto committed = (*tx)->commit(); !committed) return tl::unexpected(committed.error());
  return Start{*from, *row};
}

Result<Cursor> Poller::cursor(store::Transaction& tx) {
  auto known = tx.polls().cursor(parts_.name);
  if (!known) return tl::unexpected(known.error());
  if (*known) return **known;
  const auto epoch = epoch_of(tx, parts_.store, parts_.name);
  if (!epoch) return tl::unexpected(epoch.error());
  return Cursor{std::min(*epoch, parts_.first.value_or(*epoch)), ""};
}

// Only where the answer has a date: of what has none, the time of the exchange is given.
void Poller::show_skew(const Exchange& exchange) {
  const auto* answer = std::get_if<Answer>(&exchange.fate);
  if (answer == nullptr || !answer->headers.contains("date")) return;
  const auto ahead = codec::answered_at(exchange) - exchange.at;
  parts_.metrics.set(
      "saksbro_clock_skew_seconds", label("system", parts_.name.text()),
      static_cast<double>(std::chrono::duration_cast<std::chrono::seconds>(ahead).count()));
}

Poller::Answered Poller::converse(const Start& start) {
  const store::WorkItem item{store::Work::poll, start.row.id};
  std::vector<Exchange> transcript;
  for (int calls = 0; calls < kCallsMost; ++calls) {
    Result<PollStep> step = system_.poll(item, start.from, transcript);
    if (!step) step = RetryLater{step.error().phrase, std::nullopt, Scope::command};
    auto* call = std::get_if<Call>(&*step);
    if (const auto* later = std::get_if<RetryLater>(&*step))
      return {*later, codec::judge(*later, transcript)};
    if (call == nullptr) return {*std::move(step), {OutcomeClass::done, SystemHealth::well}};
    if (!parts_.traffic.spend(*call, kPollBudgetWait))
      return {RetryLater{"the rate limit for this system is used up", {}}, {}};
    Fate fate = parts_.client.send(*call);
    parts_.metrics.count("saksbro_calls_total", label("system", parts_.name.text()));
    transcript.push_back({std::move(*call), std::move(fate), parts_.clock.now()});
    show_skew(transcript.back());
    if (too_much(transcript))
      return {RetryLater{"the answers are larger than 24 MB together", {}, Scope::command}, {}};
  }
  return {RetryLater{Phrase("the poll did not end after {count} calls",
                            {{"count", std::to_string(kCallsMost)}}),
                     std::nullopt, Scope::command},
          {}};
}

Result<bool> Poller::poll_page() {
  const auto begun = start();
  if (!begun) return tl::unexpected(begun.error());
  if (begun->row.crashes >= kCrashesMost) return failed(hopeless_poll(parts_.name));
  const Permit permit = parts_.traffic.ask();
  if (permit == Permit::none) return false;
  const Answered answered = converse(*begun);
  const auto* page = std::get_if<Page>(&answered.step);
  parts_.traffic.ended(permit, answered.judged, std::get_if<RetryLater>(&answered.step));
  if (page == nullptr) {
    return failed(std::get<RetryLater>(answered.step).why);
  }
  failpoint("poll.page");
  auto kept = keep(*page);
  failpoint("poll.cursor");
  return kept;
}

// Deliveries and cursor in one transaction: a crash between them would lose a page.
Result<bool> Poller::keep(const Page& page) {
  auto tx = parts_.store.begin();
  if (!tx) return tl::unexpected(tx.error());
  const Instant now = parts_.clock.now();
  bool fresh = false;
  for (const Polled& found : page.found) {
    auto arrived = (*tx)->inbox().receive(
        {parts_.name, DeliveryId{"poll:" + found.id.text()}, DeliveryKind::poll, now, found.body});
    if (!arrived) return tl::unexpected(arrived.error());
    fresh = fresh || *arrived == store::Received::now;
  }
  if (auto set = (*tx)->polls().set_cursor(parts_.name, page.next); !set)
    return tl::unexpected(set.error());
  if (auto forgiven = (*tx)->polls().forgive(parts_.name); !forgiven)
    return tl::unexpected(forgiven.error());
  if (failing_) {
    // It answers again: what waits for it need not sit out its time.
    auto hastened = (*tx)->outbox().expedite(parts_.name, now);
    if (!hastened) return tl::unexpected(hastened.error());
  }
  failpoint("poll.kept");
  if (auto committed = (*tx)->commit(); !committed) return tl::unexpected(committed.error());
  if (failing_) log::info("system.answers_again", {{"system", parts_.name.text()}});
  failing_ = false;
  if (!page.more) caught_up_ = true;
  parts_.metrics.count("saksbro_polls_total", label("system", parts_.name.text()));
  parts_.metrics.set("saksbro_last_poll_timestamp_seconds", label("system", parts_.name.text()),
                     seconds_of(now));
  if (fresh) parts_.engine.notify();
  return page.more;
}

tl::unexpected<Error> Poller::failed(const Phrase& why) {
  failing_ = true;
  parts_.metrics.count("saksbro_poll_failures_total", label("system", parts_.name.text()));
  log::warn("poll.failed", {{"system", parts_.name.text()}, {"why", in_english(why)}});
  return fail(parts_.name.text() + ": poll", why);
}

}  // namespace saksbro::run
