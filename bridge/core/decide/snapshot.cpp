#include "bridge/core/decide/snapshot.h"

#include <algorithm>

#include "bridge/core/decide/changed_values.h"
#include "bridge/core/decide/deviations.h"
#include "bridge/core/decide/files.h"
#include "bridge/core/decide/pending_answers.h"
#include "bridge/core/decide/signals.h"
#include "bridge/core/decide/steps.h"
#include "bridge/core/sync/conflicts.h"
#include "bridge/core/sync/echo.h"
#include "bridge/core/sync/loops.h"
#include "bridge/core/sync/numbers.h"
#include "bridge/core/sync/overwritten.h"
#include "bridge/core/sync/recovery.h"
#include "bridge/core/sync/unseen.h"

namespace saksbro::core {
namespace {

// What was refused elsewhere is told on the desk: a change there is the sign to try it again as
// well.
void redrive_after_change(DecisionBuilder& b) {
  b.redrive(b.at());
  if (!b.mapping().known_system(b.at()).follows_status) return;
  for (const auto& [name, system] : b.mapping().systems) {
    if (b.has_ticket(name)) b.redrive(name);
  }
}

// The entry that carries a reference first is ours; whoever quotes it later is somebody else.
void remember_as(DecisionBuilder& b, const std::optional<std::string>& reference,
                 const std::string& id) {
  if (!reference) return;
  if (!carries(b.state(), *reference, id)) b.remember(EchoKept{*reference, id});
}

void remember_reference(DecisionBuilder& b, const TicketChange& news) {
  if (news.kind == TicketChange::Kind::comment)
    remember_as(b, own_reference(b.state(), news.id, news.value), news.id);
}

// Its intent has told that it is ours.
void remember_echo(DecisionBuilder& b, const TicketChange& news) {
  if (news.kind == TicketChange::Kind::comment)
    remember_as(b, signature_of(b.state(), news.value), news.id);
}

// A ticket that was moved is the same one: its number is another, and the one before still finds
// the case.
void renumber(DecisionBuilder& b, const TicketView& known, const Ticket& ticket) {
  if (known.number.empty() || ticket.number.empty() || known.number == ticket.number) return;
  if (b.mapping().known_system(b.at()).number) return;  // its handle is no number: see numbers.h
  b.because("Ticket {before} of {system} has the number {ticket} now: it was moved.",
            {{"before", known.number}, {"system", b.at()}, {"ticket", ticket.number}});
  b.fact(TicketRenumbered{b.at(), ticket.key, known.number, ticket.number, ticket.url});
}

// Whoever set the status on the way went on to where our write leads.
bool goes_on_to_the_end(const std::vector<TicketChange>& news, const TicketChange& one,
                        const Intent& intent) {
  return std::any_of(news.begin(), news.end(), [&](const TicketChange& later) {
    return later.kind == TicketChange::Kind::status && later.by.id == one.by.id &&
           later.value == intent.values.back();
  });
}

// A person may write just the value that we were about to write, or had given up before it left,
// and click a status that our write passes through on its way. A status that is heard again could
// move the case, should an account of ours be new and not known yet: so one at which our write
// ends is ours whoever set it, and so are those on the way of an account that goes on to the end.
bool by_somebody_else(const std::set<std::string>& our_accounts, const TicketChange& one,
                      const Intent& intent, const std::vector<TicketChange>& news) {
  if (our_accounts.empty() || one.by.id.empty() || our_accounts.contains(one.by.id)) return false;
  if (one.kind == TicketChange::Kind::field) return true;
  return one.kind == TicketChange::Kind::status && one.value != intent.values.back() &&
         !goes_on_to_the_end(news, one, intent);
}

// In the order in which they happened, for each may tell what the next one is.
std::vector<AttributedChange> heeded(DecisionBuilder& b, const Ticket& ticket,
                                     const std::vector<TicketChange>& news) {
  const bool recovering = b.around().recovering;
  // All comments are read for it: most news do not ask who wrote them.
  const bool asked =
      recovering || std::any_of(news.begin(), news.end(), [](const TicketChange& one) {
        return one.kind != TicketChange::Kind::comment && !one.by.id.empty();
      });
  const auto our_accounts =
      asked ? own_accounts(b.mapping(), b.state(), b.at(), ticket) : std::set<std::string>{};
  std::vector<AttributedChange> all;
  for (const TicketChange& one : news) {
    AttributedChange heeded{one, Attribution::others, {}};
    const Intent* found = echoed(b.state(), b.at(), heeded.change);
    if (found != nullptr && !by_somebody_else(our_accounts, heeded.change, *found, news)) {
      const Intent intent = *found;
      heeded.attribution = Attribution::echo;
      heeded.command = intent.command;
      remember_write(b, heeded.change, intent);
    } else if (our_accounts.contains(heeded.change.by.id) &&
               (recovering || heeded.change.kind != TicketChange::Kind::comment)) {
      heeded.attribution = recovering ? Attribution::lost : Attribution::ours;
    } else if (cuts_loop(b, heeded.change)) {
      heeded.attribution = Attribution::parked;
    }
    all.push_back(std::move(heeded));
  }
  return all;
}

// A status that a person sets after a move holds over the one that the move brings: whether both
// are seen by one poll or by two must make no difference.
bool is_a_persons_status(const AttributedChange& one) {
  return one.attribution == Attribution::others && one.change.kind == TicketChange::Kind::status;
}

void recognise(DecisionBuilder& b, const AttributedChange& echo) {
  b.because("This is Saksbro's own write ({command}): nothing to do.", {{"command", echo.command}},
            {}, Phrase::Kind::own_write);
  b.fact(EchoRecognised{echo.command, echo.change.id});
  remember_echo(b, echo.change);
}

// A status on the way to one that was refused: the intent is gone with the refusal, and it is still
// no person's move.
void pass_over(DecisionBuilder& b, const AttributedChange& ours) {
  if (ours.attribution == Attribution::lost) {
    b.because("Saksbro wrote this before the backup was restored: nothing to do.");
  } else {
    b.because("Saksbro's own account wrote it: nothing to do.");
  }
  remember_reference(b, ours.change);
}

void hear_one(DecisionBuilder& b, const TicketChange& news, const Ticket& ticket,
              const std::set<std::string>& words) {
  if (b.state().closed && b.activity().transitions.empty()) {
    b.because("The case is closed: the change is ignored.");
  } else if (words.contains(news.id)) {
    b.because("A public comment is the text of the move that came with it.");
  } else {
    // Ours, if its command had ended before the ticket was looked at.
    remember_reference(b, news);
    hear_news(b, news, ticket);
  }
}

// The nightly comparison reads each open ticket, and mostly nothing of it is new: that is no fact.
// Only that a look came late enough to be sure of its stamp is (on_hint asks for it), once.
bool tells_more(TicketView known, const TicketView& view) {
  if (known.read_at < known.updated + kStampGrain) return true;
  known.read_at = view.read_at;
  return known != view;
}

void apply_as_it_stands(DecisionBuilder& b, const Ticket& ticket, const Person& author) {
  const TicketView known = b.state().tickets.at(b.at());
  auto news = changes_of(known, ticket);
  for (TicketChange& one : news) {
    // Who wrote a mail that nobody vouches for has a name and no id.
    if (one.by.id.empty() && one.by.name.empty()) one.by = author;
  }
  renumber(b, known, ticket);
  const auto pending = pending_answers(b, news, ticket);
  std::erase_if(news, [&](const TicketChange& one) { return pending.contains(one.id); });
  TicketView view = view_of(ticket);
  // A mail has no status, and tells of itself alone: the files of those before are there still.
  if (ticket.status.empty()) view.files.insert(known.files.begin(), known.files.end());
  for (const std::string& entry : pending) view.entries.erase(entry);
  const std::string& told = memory_of(b.state().memory, b.at()).number;
  if (!told.empty()) view.number = told;
  take_up_file_rules(b);
  if (tells_more(known, view)) b.fact(TicketSeen{b.at(), std::move(view)});
  take_number(b, ticket);
  hear_registered(b);
  const auto all = heeded(b, ticket, news);
  leave_own_files(b, ticket);
  const Case before = b.state();
  take_edits(b, ticket, all);
  hear_registered(b);
  if (!b.state().closed) hear_changed_values(b, before, ticket, all);
  if (!b.state().closed) hear_what_waited(b, ticket);
  const auto words = b.state().closed ? std::set<std::string>{} : words_of_moves(b, news, ticket);
  bool changed_by_others = !pending.empty();
  for (auto one = all.begin(); one != all.end(); ++one) {
    if (one->attribution == Attribution::echo) recognise(b, *one);
    if (one->attribution == Attribution::lost || one->attribution == Attribution::ours)
      pass_over(b, *one);
    if (one->attribution != Attribution::others) continue;
    changed_by_others = true;
    b.hold_status(std::any_of(std::next(one), all.end(), is_a_persons_status));
    hear_one(b, one->change, ticket, words);
  }
  b.hold_status(false);
  b.tell_withheld();
  see_effects(b);
  end_deviation(b, ticket, all);
  if (changed_by_others) redrive_after_change(b);
  if (b.silent())
    b.because("Nothing to do: the ticket shows nothing new.", {}, {}, Phrase::Kind::nothing_new);
}

}  // namespace

void apply_snapshot(DecisionBuilder& b, const Ticket& ticket, const Person& author) {
  const auto as_if = with_a_persons_status_last(b, ticket);
  if (!as_if) return apply_as_it_stands(b, ticket, author);
  PuttingBack putting_back(b, as_if->status);
  apply_as_it_stands(b, *as_if, author);
  putting_back.unless_decided();
}

void apply_late_snapshot(DecisionBuilder& b, const Ticket& ticket) {
  b.because("The ticket was held back, and is accepted now.");
  const auto& known = b.state().tickets.at(b.at()).entries;
  for (const TicketChange& one : changes_of(view_of(Ticket{}), ticket)) {
    const bool pending = b.state().timers.contains(answer_timer(b.at()));
    if (one.kind == TicketChange::Kind::comment && !known.contains(one.id) && !pending)
      hear_one(b, one, ticket, {});
  }
}

}  // namespace saksbro::core
