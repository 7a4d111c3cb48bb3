#include "bridge/run/dispatcher.h"

#include <random>
#include <vector>

#include "bridge/codec/settle.h"
#include "bridge/records/answer_record.h"
#include "bridge/run/adoption.h"
#include "bridge/run/failpoint.h"
#include "bridge/run/log.h"

namespace saksbro::run {
namespace {

// No verb of a connector needs more; a conversation that goes on for ever is a fault of ours.
constexpr int kCallsMost = 24;
// A system that refuses everything is asked once a minute (FAULTS section 5).
constexpr std::chrono::minutes kPause{1};

double chance() {
  thread_local std::mt19937_64 numbers{std::random_device{}()};
  return std::uniform_real_distribution<double>{0.0, 1.0}(numbers);
}

Delivery answer_to(const store::OutboxRow& row, const records::AnswerRecord& answer, Instant now) {
  const Command& command = row.issued.command;
  return {command.to,
          DeliveryId{"answer:" + std::to_string(row.id) + "." + std::to_string(command.attempt)},
          DeliveryKind::answer, now, records::write(answer)};
}

std::string text_of(const Outcome& outcome) {
  if (std::holds_alternative<Delivered>(outcome)) return "delivered";
  return std::holds_alternative<RetryLater>(outcome) ? "later" : "rejected";
}

std::string why_of(const Outcome& outcome) {
  if (const auto* later = std::get_if<RetryLater>(&outcome)) return later->why;
  if (const auto* rejected = std::get_if<Rejected>(&outcome)) return rejected->why;
  return "";
}

}  // namespace

Dispatcher::Dispatcher(DispatcherParts parts) : parts_(std::move(parts)) {
  parts_.metrics.set("saksbro_breaker_open", label("system", parts_.name.text()), 0);
}

Result<bool> Dispatcher::send_next() {
  if (auto recorded = record_ended(); !recorded) return tl::unexpected(recorded.error());
  const Instant now = parts_.clock.now();
  if (now.time_since_epoch().count() < paused_until_.load()) return false;
  auto row = claim(now);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return false;
  failpoint("out.claimed");
  Outcome outcome = carry_out(**row);
  failpoint("out.answered");
  ended({std::move(**row), std::move(outcome)});
  if (auto recorded = record_ended(); !recorded) return tl::unexpected(recorded.error());
  return true;
}

Result<std::optional<store::OutboxRow>> Dispatcher::claim(Instant now) {
  auto tx = parts_.store.begin();
  if (!tx) return tl::unexpected(tx.error());
  auto rows = (*tx)->claim(parts_.name, now, 1);
  if (!rows) return tl::unexpected(rows.error());
  // Also when it gave none: it may have postponed or buried some.
  if (auto committed = (*tx)->commit(); !committed) return tl::unexpected(committed.error());
  if (rows->empty()) return std::nullopt;
  return std::move(rows->front());
}

// All connectors look for creates and references by themselves from the second attempt on; what a
// comment says, only we can compare.
Outcome Dispatcher::carry_out(const store::OutboxRow& row) {
  const Command& command = row.issued.command;
  const auto* comment = std::get_if<AddComment>(&command.action);
  return row.recovered && comment != nullptr ? comment_unless_said(command, *comment)
                                             : converse(command);
}

Outcome Dispatcher::comment_unless_said(const Command& command, const AddComment& comment) {
  Command look = command;
  look.action = ReadTicket{comment.ticket};
  Outcome seen = converse(look);
  const auto* read = std::get_if<Delivered>(&seen);
  if (read == nullptr) return seen;
  const auto ticket = ticket_in(command, *read);
  if (!ticket) return converse(command);
  auto left = left_to_say(comment, *ticket);
  if (!left) {
    log::info("comment.adopted", {{"system", parts_.name.text()}, {"key", command.key.text()}});
    return seen;
  }
  Command changed = command;
  changed.action = *std::move(left);
  return converse(changed);
}

std::optional<Ticket> Dispatcher::ticket_in(const Command& command, const Delivered& read) const {
  const auto seen =
      parts_.system.normalise({command.to, DeliveryId{command.key.text()}, DeliveryKind::answer,
                               parts_.clock.now(), read.snapshot});
  if (!seen) return std::nullopt;
  for (const Observation& one : *seen) {
    if (const auto* state = std::get_if<TicketState>(&one)) return state->ticket;
  }
  return std::nullopt;
}

Outcome Dispatcher::converse(const Command& command) {
  std::vector<Exchange> transcript;
  for (int calls = 0; calls < kCallsMost; ++calls) {
    Step step = parts_.system.perform(command, transcript);
    if (auto* outcome = std::get_if<Outcome>(&step)) return std::move(*outcome);
    Call call = std::get<Call>(std::move(step));
    const bool write = call.repeat == Repeat::never;
    if (write) failpoint("out.sending");
    Fate fate = parts_.client.send(call);
    if (write) failpoint("out.sent");
    parts_.metrics.count("saksbro_calls_total", label("system", parts_.name.text()));
    transcript.push_back({std::move(call), std::move(fate), parts_.clock.now()});
  }
  return RetryLater{"the conversation did not end after " + std::to_string(kCallsMost) + " calls",
                    std::nullopt, Scope::command};
}

// What does not need the store is done here, once.
void Dispatcher::ended(Ended one) {
  const Command& command = one.row.issued.command;
  parts_.metrics.count("saksbro_attempts_total", label("system", parts_.name.text()) + "," +
                                                     label("outcome", text_of(one.outcome)));
  log::info("command.attempted", {{"system", parts_.name.text()},
                                  {"case", one.row.case_number.text()},
                                  {"verb", verb(command.action)},
                                  {"key", command.key.text()},
                                  {"attempt", std::to_string(command.attempt)},
                                  {"outcome", text_of(one.outcome)},
                                  {"why", why_of(one.outcome)}});
  const auto* later = std::get_if<RetryLater>(&one.outcome);
  if (later == nullptr) unpause();
  if (later != nullptr && later->scope == Scope::system) pause(later->why);
  const std::lock_guard lock(ended_mutex_);
  ended_.push_back(std::move(one));
}

// A row whose outcome is not recorded stays claimed, and its lane stands still: so this comes
// before all else.
Result<void> Dispatcher::record_ended() {
  const std::lock_guard lock(ended_mutex_);
  while (!ended_.empty()) {
    if (auto recorded = record(ended_.front()); !recorded) return recorded;
    ended_.pop_front();
    failpoint("out.committed");
    parts_.engine.notify();
  }
  return {};
}

Result<void> Dispatcher::record(const Ended& one) {
  auto tx = parts_.store.begin();
  if (!tx) return tl::unexpected(tx.error());
  Result<void> recorded;
  if (const auto* done = std::get_if<Delivered>(&one.outcome)) {
    recorded = record_done(**tx, one.row, *done);
  } else if (const auto* later = std::get_if<RetryLater>(&one.outcome)) {
    recorded = record_later(**tx, one.row, *later);
  } else {
    recorded = record_dead(**tx, one.row, std::get<Rejected>(one.outcome).why);
  }
  if (!recorded) return recorded;
  failpoint("out.recorded");
  return (*tx)->commit();
}

Result<void> Dispatcher::record_done(store::Transaction& tx, const store::OutboxRow& row,
                                     const Delivered& done) {
  const Instant now = parts_.clock.now();
  const auto ours = tx.done(row, now);
  if (!ours) return tl::unexpected(ours.error());
  if (!*ours) return {};  // somebody else has the row now, and will tell
  const Command& command = row.issued.command;
  const records::AnswerRecord answer{
      {command.key, verb(command.action), done.key, true, ""}, done.snapshot, row.case_number};
  const auto arrived = tx.receive(answer_to(row, answer, now));
  return arrived ? Result<void>{} : tl::unexpected(arrived.error());
}

Result<void> Dispatcher::record_later(store::Transaction& tx, const store::OutboxRow& row,
                                      const RetryLater& later) {
  const Instant now = parts_.clock.now();
  const auto next = core::after_failure(parts_.retry, row.issued.command.attempt, row.created_at,
                                        later, now, chance());
  if (const auto* gave_up = std::get_if<core::GiveUp>(&next))
    return record_dead(tx, row, gave_up->why);
  const auto ours =
      tx.later(row, later.why, now, std::get<core::RetryAt>(next).at, later.not_before);
  return ours ? Result<void>{} : tl::unexpected(ours.error());
}

Result<void> Dispatcher::record_dead(store::Transaction& tx, const store::OutboxRow& row,
                                     const std::string& why) {
  const Instant now = parts_.clock.now();
  const auto ours = tx.dead(row, why, now);
  if (!ours) return tl::unexpected(ours.error());
  if (!*ours) return {};
  const Command& command = row.issued.command;
  const records::AnswerRecord answer{
      {command.key, verb(command.action), ticket_of(command.action), false, why},
      "",
      row.case_number};
  const auto arrived = tx.receive(answer_to(row, answer, now));
  return arrived ? Result<void>{} : tl::unexpected(arrived.error());
}

void Dispatcher::pause(const std::string& why) {
  paused_until_ = (parts_.clock.now() + kPause).time_since_epoch().count();
  parts_.metrics.set("saksbro_breaker_open", label("system", parts_.name.text()), 1);
  log::error("system.paused", {{"system", parts_.name.text()}, {"why", why}, {"probe_in_s", "60"}});
}

void Dispatcher::unpause() {
  if (paused_until_.exchange(0) == 0) return;
  parts_.metrics.set("saksbro_breaker_open", label("system", parts_.name.text()), 0);
  log::info("system.resumed", {{"system", parts_.name.text()}});
}

}  // namespace saksbro::run
