#include "bridge/run/dispatch/dispatcher.h"

#include <algorithm>
#include <random>

#include "bridge/core/text/redaction.h"
#include "bridge/records/answer_record.h"
#include "bridge/run/dispatch/adoption.h"
#include "bridge/run/observe/failpoint.h"
#include "bridge/run/observe/log.h"
#include "bridge/store/sqlite/lane.h"

namespace saksbro::run {
namespace {

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

std::string outcome_text(const Outcome& outcome) {
  if (std::holds_alternative<Delivered>(outcome)) return "delivered";
  return std::holds_alternative<RetryLater>(outcome) ? "later" : "rejected";
}

// For the log. A tracker's words, or the name of a file, may hold a personal number.
std::string why_of(const Outcome& outcome) {
  if (const auto* later = std::get_if<RetryLater>(&outcome))
    return core::redact(in_english(later->why)).text;
  if (const auto* rejected = std::get_if<Rejected>(&outcome))
    return core::redact(in_english(rejected->why)).text;
  return "";
}

Phrase hopeless() {
  return {
      "Saksbro failed {count} times while it processed this; put aside so that other work "
      "continues",
      {{"count", std::to_string(kCrashesMost)}}};
}

}  // namespace

Result<bool> Dispatcher::send_next() {
  if (auto recorded = record_ended(); !recorded) return tl::unexpected(recorded.error());
  if (parts_.traffic.parked()) return false;
  Place place(files_under_way_, parts_.files_at_once);
  return send_one(place);
}

Result<bool> Dispatcher::send_one(Place& place) {
  const Permit permit = parts_.traffic.ask();
  if (permit == Permit::none) return false;
  auto row = claim(parts_.clock.now(), place.is_ours() ? store::Load::any : store::Load::light);
  if (!row || !*row) {
    parts_.traffic.give_back(permit);
    if (!row) return tl::unexpected(row.error());
    return false;
  }
  if (!store::is_heavy(**row)) place.give_back();
  failpoint("out.intent_committed");
  if (auto settled = settled_already(**row)) {
    parts_.traffic.give_back(permit);
    tell(*settled, OutcomeClass::later);
    keep(*std::move(settled));
  } else if (auto done = carry_out(std::move(**row), permit); !done) {
    return tl::unexpected(done.error());
  }
  if (auto recorded = record_ended(); !recorded) return tl::unexpected(recorded.error());
  return true;
}

// Mostly nothing is due, and to find that out nobody need wait for the store.
Result<bool> Dispatcher::has_due(Instant now, store::Load load) {
  auto reader = parts_.store.reader();
  if (!reader) return tl::unexpected(reader.error());
  return (*reader)->outbox().has_due(parts_.name, now, load);
}

Result<std::optional<store::OutboxRow>> Dispatcher::claim(Instant now, store::Load load) {
  const auto due = has_due(now, load);
  if (!due) return tl::unexpected(due.error());
  if (!*due) return std::nullopt;
  auto tx = parts_.store.begin();
  if (!tx) return tl::unexpected(tx.error());
  auto rows = (*tx)->outbox().claim(parts_.name, now, 1, together_, load);
  if (!rows) return tl::unexpected(rows.error());
  if (!rows->empty()) failpoint("out.claimed");
  // Also when it gave none: it may have postponed or buried some.
  if (auto committed = (*tx)->commit(); !committed) return tl::unexpected(committed.error());
  if (rows->empty()) return std::nullopt;
  return std::move(rows->front());
}

std::optional<Dispatcher::Ended> Dispatcher::settled_already(const store::OutboxRow& row) {
  const Instant now = parts_.clock.now();
  if (!row.found.empty()) return Ended{row, Delivered{row.found, ""}};
  if (row.crashes >= kCrashesMost) return Ended{row, Rejected{hopeless()}};
  if (!store::is_write(row.issued.command.action)) return std::nullopt;
  const auto wait = parts_.traffic.spend_ticket(row.case_number.text() + "|" +
                                                ticket_of(row.issued.command.action).text());
  if (wait.count() == 0) return std::nullopt;
  Ended one{row, RetryLater{"the per-ticket write limit is used up", std::nullopt, Scope::command}};
  not_counted(one, now + wait);
  return one;
}

Result<void> Dispatcher::carry_out(store::OutboxRow row, Permit permit) {
  Conversed conversed = hold(row);
  failpoint("out.answered");
  parts_.traffic.ended(permit, conversed.judged, std::get_if<RetryLater>(&conversed.outcome));
  if (conversed.lost) {
    log::warn("command.lost",
              {{"system", parts_.name.text()}, {"key", row.issued.command.key.text()}});
    return {};
  }
  const OutcomeClass outcome = conversed.judged.outcome;
  Ended one = judged(std::move(row), std::move(conversed));
  tell(one, outcome);
  keep(std::move(one));
  return {};
}

Conversed Dispatcher::converse(const store::OutboxRow& row) {
  return Conversation({system_, parts_.store, parts_.client, parts_.clock, parts_.metrics,
                       parts_.traffic, parts_.doubt, parts_.spool, parts_.check, parts_.mapping},
                      row)
      .hold();
}

// All connectors look for creates and references by themselves where something may be there
// already; what a comment says, only we can compare.
Conversed Dispatcher::hold(const store::OutboxRow& row) {
  const auto* comment = std::get_if<AddComment>(&row.issued.command.action);
  return row.recovered && comment != nullptr ? comment_unless_said(row, *comment) : converse(row);
}

Conversed Dispatcher::comment_unless_said(const store::OutboxRow& row, const AddComment& comment) {
  const Command& command = row.issued.command;
  store::OutboxRow look = row;
  look.issued.command.action = ReadTicket{comment.ticket};
  Conversed seen = converse(look);
  const auto* read = std::get_if<Delivered>(&seen.outcome);
  if (read == nullptr) return seen;
  const auto ticket = ticket_in(row, *read);
  if (!ticket) return converse(row);
  auto left = left_to_say(comment, *ticket);
  if (!left) {
    log::info("comment.adopted", {{"system", parts_.name.text()}, {"key", command.key.text()}});
    return seen;
  }
  store::OutboxRow changed = row;
  changed.issued.command.action = *std::move(left);
  return converse(changed);
}

std::optional<Ticket> Dispatcher::ticket_in(const store::OutboxRow& row,
                                            const Delivered& read) const {
  const Command& command = row.issued.command;
  const auto seen = system_.normalise({store::Work::command, row.id},
                                      {command.to, DeliveryId{command.key.text()},
                                       DeliveryKind::answer, parts_.clock.now(), read.snapshot});
  if (!seen) return std::nullopt;
  for (const Observation& one : *seen) {
    if (const auto* state = std::get_if<TicketState>(&one)) return state->ticket;
  }
  return std::nullopt;
}

// What the conversation means for the row, beside its outcome.
Dispatcher::Ended Dispatcher::judged(store::OutboxRow row, Conversed conversed) {
  const codec::Judgement& judged = conversed.judged;
  const Instant now = parts_.clock.now();
  if (judged.wrote) row.in_doubt_at = now;
  if (conversed.crashed) ++row.crashes;
  Ended one{std::move(row), std::move(conversed.outcome)};
  one.held_back = conversed.held_back;
  const auto* later = std::get_if<RetryLater>(&one.outcome);
  if (later == nullptr) return one;
  if (one.row.crashes >= kCrashesMost) {
    one.outcome = Rejected{hopeless()};
    return one;
  }
  one.throttled = judged.throttled ? core::Throttled::yes : core::Throttled::no;
  const auto closed_for = parts_.traffic.closed_for();
  if (conversed.next) {
    not_counted(one, *conversed.next);
  } else if (judged.system == SystemHealth::ill && closed_for) {
    // The system is out, which is not the command's doing: it asks again with the next probe.
    not_counted(one, std::max(now + *closed_for, later->not_before.value_or(now)));
  }
  return one;
}

void Dispatcher::not_counted(Ended& one, Instant next_at) {
  one.next_at = next_at;
  one.row.issued.command.attempt -= 1;
}

// What does not need the store is done here, once.
void Dispatcher::tell(const Ended& one, OutcomeClass outcome) {
  const Command& command = one.row.issued.command;
  parts_.metrics.count("saksbro_attempts_total", label("system", parts_.name.text()) + "," +
                                                     label("outcome", outcome_text(one.outcome)));
  const bool later = std::holds_alternative<RetryLater>(one.outcome);
  log::info("command.attempted", {{"system", parts_.name.text()},
                                  {"case", one.row.case_number.text()},
                                  {"verb", verb(command.action)},
                                  {"key", command.key.text()},
                                  {"attempt", command.attempt},
                                  {"outcome", later ? word(outcome) : outcome_text(one.outcome)},
                                  {"merged", one.row.merged.size()},
                                  {"why", why_of(one.outcome)}});
}

void Dispatcher::keep(Ended one) {
  const std::lock_guard lock(ended_mutex_);
  ended_.push_back(std::move(one));
}

// A row whose outcome is not recorded stays claimed, and its lane stands still: so this comes
// before all else.
Result<void> Dispatcher::record_ended() {
  const std::lock_guard lock(ended_mutex_);
  while (!ended_.empty()) {
    if (auto recorded = record(ended_.front()); !recorded) return recorded;
    let_files_go(ended_.front());
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
  } else if (one.held_back) {
    recorded = record_held_back(**tx, one);
  } else if (std::holds_alternative<RetryLater>(one.outcome)) {
    recorded = record_later(**tx, one);
  } else {
    recorded = record_dead(**tx, one.row, std::get<Rejected>(one.outcome).why);
  }
  if (!recorded) return recorded;
  failpoint("out.recorded");
  return (*tx)->commit();
}

Result<void> Dispatcher::record_done(store::Transaction& tx, const store::OutboxRow& row,
                                     const Delivered& done) {
  const auto ours = tx.outbox().done(row, parts_.clock.now());
  if (!ours) return tl::unexpected(ours.error());
  if (!*ours) {
    came_late(row);
    return {};
  }
  if (auto told = answer(tx, row, done); !told) return told;
  for (const store::OutboxRow& other : row.merged) {
    if (auto told = answer(tx, other, {done.key, ""}); !told) return told;
  }
  return {};
}

Result<void> Dispatcher::answer(store::Transaction& tx, const store::OutboxRow& row,
                                const Delivered& done) {
  const Command& command = row.issued.command;
  const records::AnswerRecord answer{
      {command.key, verb(command.action), done.key, true, "", false, done.file, done.looks_like},
      done.snapshot,
      row.case_number};
  const auto arrived = tx.inbox().receive(answer_to(row, answer, parts_.clock.now()));
  return arrived ? Result<void>{} : tl::unexpected(arrived.error());
}

Result<void> Dispatcher::record_later(store::Transaction& tx, const Ended& one) {
  const auto& later = std::get<RetryLater>(one.outcome);
  const Instant now = parts_.clock.now();
  Instant next_at = one.next_at.value_or(now);
  // The week of a command does not run while its system is out.
  if (!one.next_at) {
    const auto next = core::after_failure(
        parts_.retry, {one.row.issued.command.attempt, one.row.created_at, later, one.throttled},
        now, chance());
    if (const auto* gave_up = std::get_if<core::GiveUp>(&next))
      return record_dead(tx, one.row, gave_up->why);
    next_at = std::get<core::RetryAt>(next).at;
  }
  const auto ours = tx.outbox().later(one.row, later.why, now, next_at, later.not_before);
  if (!ours) return tl::unexpected(ours.error());
  if (!*ours) came_late(one.row);
  return {};
}

// It will not be sent any more, whatever is decided in its place.
Result<void> Dispatcher::record_held_back(store::Transaction& tx, const Ended& one) {
  const Instant now = parts_.clock.now();
  const Command& command = one.row.issued.command;
  const auto withdrawn =
      tx.outbox().withdraw(one.row.case_number, command.to, one.row.issued.slot, now);
  if (!withdrawn) return tl::unexpected(withdrawn.error());
  const auto ours = tx.outbox().later(one.row, std::get<RetryLater>(one.outcome).why, now, now, {});
  if (!ours) return tl::unexpected(ours.error());
  if (!*ours) {
    came_late(one.row);
    return {};
  }
  core::CommandResult held{command.key, verb(command.action), ticket_of(command.action), false,
                           Phrase()};
  held.decide_again = true;
  const auto arrived =
      tx.inbox().receive(answer_to(one.row, {std::move(held), "", one.row.case_number}, now));
  return arrived ? Result<void>{} : tl::unexpected(arrived.error());
}

// What has been sent is of no more use here.
void Dispatcher::let_files_go(const Ended& one) const {
  const auto* comment = std::get_if<AddComment>(&one.row.issued.command.action);
  if (parts_.spool == nullptr || comment == nullptr ||
      !std::holds_alternative<Delivered>(one.outcome))
    return;
  for (const OutgoingFile& file : comment->files) parts_.spool->done_with(file.blob);
}

// Its claim ran out meanwhile: somebody else has the row now, and will tell.
void Dispatcher::came_late(const store::OutboxRow& row) {
  parts_.metrics.count("saksbro_late_outcomes_total", label("system", parts_.name.text()));
  log::warn("command.outcome_refused", {{"system", parts_.name.text()},
                                        {"case", row.case_number.text()},
                                        {"key", row.issued.command.key.text()}});
}

Result<void> Dispatcher::record_dead(store::Transaction& tx, const store::OutboxRow& row,
                                     const Phrase& why) {
  const Instant now = parts_.clock.now();
  const auto ours = tx.outbox().dead(row, why, now);
  if (!ours) return tl::unexpected(ours.error());
  if (!*ours) {
    if (row.merged.empty()) came_late(row);  // else each is tried alone now
    return {};
  }
  const Command& command = row.issued.command;
  const records::AnswerRecord answer{
      {command.key, verb(command.action), ticket_of(command.action), false, why},
      "",
      row.case_number};
  const auto arrived = tx.inbox().receive(answer_to(row, answer, now));
  return arrived ? Result<void>{} : tl::unexpected(arrived.error());
}

}  // namespace saksbro::run
