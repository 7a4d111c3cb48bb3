#include "bridge/core/decide/see.h"

#include <algorithm>

#include "bridge/core/decide/changed_values.h"
#include "bridge/core/decide/deviations.h"
#include "bridge/core/decide/pending_answers.h"
#include "bridge/core/decide/signals.h"
#include "bridge/core/decide/steps.h"
#include "bridge/core/model/memory.h"
#include "bridge/core/sync/conflicts.h"
#include "bridge/core/sync/echo.h"
#include "bridge/core/sync/loops.h"
#include "bridge/core/sync/numbers.h"
#include "bridge/core/sync/overwritten.h"
#include "bridge/core/sync/read_values.h"
#include "bridge/core/sync/recovery.h"
#include "bridge/core/sync/unseen.h"

namespace saksbro::core {
namespace {

// What was refused elsewhere is told on the desk: a change there is the sign to try it again as
// well.
void redrive_after_change(Unfolding& u) {
  u.redrive(u.at());
  if (!u.mapping().known_system(u.at()).follows_status) return;
  for (const auto& [name, system] : u.mapping().systems) {
    if (u.has_ticket(name)) u.redrive(name);
  }
}

// The entry that carries a reference first is ours; whoever quotes it later is somebody else.
void remember_as(Unfolding& u, const std::optional<std::string>& reference, const std::string& id) {
  if (!reference) return;
  const auto known = u.state().values.find("echo/" + *reference);
  if (known == u.state().values.end()) {
    u.fact(ValueKept{"echo/" + *reference, id});
  } else if (!holds_entry(known->second, id)) {
    u.fact(ValueKept{"echo/" + *reference, known->second + " " + id});
  }
}

void remember_reference(Unfolding& u, const News& news) {
  if (news.kind == News::Kind::comment)
    remember_as(u, own_reference(u.state(), news.id, news.value), news.id);
}

// Its intent has told that it is ours.
void remember_echo(Unfolding& u, const News& news) {
  if (news.kind == News::Kind::comment)
    remember_as(u, signature_of(u.state(), news.value), news.id);
}

// A ticket that was moved is the same one: its number is another, and the one before still finds
// the case.
void renumber(Unfolding& u, const TicketView& known, const Ticket& ticket) {
  if (known.number.empty() || ticket.number.empty() || known.number == ticket.number) return;
  if (u.mapping().known_system(u.at()).number) return;  // its handle is no number: see numbers.h
  u.because("Ticket {before} of {system} is called {ticket} now: it was moved.",
            {{"before", known.number}, {"system", u.at()}, {"ticket", ticket.number}});
  u.fact(TicketRenumbered{u.at(), ticket.key, known.number, ticket.number, ticket.url});
}

// A person may write just the value that we were about to write, or had given up before it left.
// Only of fields: a status that is heard again could move the case, should an account of ours be
// new and not known yet.
bool by_somebody_else(const std::set<std::string>& our_accounts, const News& news) {
  return news.kind == News::Kind::field && !our_accounts.empty() && !news.by.id.empty() &&
         !our_accounts.contains(news.by.id);
}

// In the order in which they happened, for each may tell what the next one is.
std::vector<Heeded> heeded(Unfolding& u, const Ticket& ticket, std::vector<News> news) {
  const bool recovering = u.around().recovering;
  // All comments are read for it: most news do not ask who wrote them.
  const bool asked = recovering || std::any_of(news.begin(), news.end(), [](const News& one) {
                       return one.kind != News::Kind::comment && !one.by.id.empty();
                     });
  const auto our_accounts =
      asked ? own_accounts(u.mapping(), u.state(), u.at(), ticket) : std::set<std::string>{};
  std::vector<Heeded> all;
  for (News& one : news) {
    Heeded heeded{std::move(one), Heed::news, {}};
    const Intent* found = echoed(u.state(), u.at(), heeded.news);
    if (found != nullptr && !by_somebody_else(our_accounts, heeded.news)) {
      const Intent intent = *found;
      heeded.heed = Heed::echo;
      heeded.command = intent.command;
      remember_write(u, heeded.news, intent);
    } else if (our_accounts.contains(heeded.news.by.id) &&
               (recovering || heeded.news.kind != News::Kind::comment)) {
      heeded.heed = recovering ? Heed::lost : Heed::ours;
    } else if (cuts_loop(u, heeded.news)) {
      heeded.heed = Heed::parked;
    }
    all.push_back(std::move(heeded));
  }
  return all;
}

// A status that a person sets after a move holds over the one that the move brings: whether both
// are seen by one poll or by two must make no difference.
bool is_a_persons_status(const Heeded& one) {
  return one.heed == Heed::news && one.news.kind == News::Kind::status;
}

void recognise(Unfolding& u, const Heeded& echo) {
  u.because("Our own write came back ({command}): nothing to do.", {{"command", echo.command}}, {},
            Phrase::Kind::own_write);
  u.fact(EchoRecognised{echo.command, echo.news.id});
  remember_echo(u, echo.news);
}

// A status on the way to one that was refused: the intent is gone with the refusal, and it is still
// no person's move.
void pass_over(Unfolding& u, const Heeded& ours) {
  if (ours.heed == Heed::lost) {
    u.because("Written by us before the backup was restored: nothing to do.");
  } else {
    u.because("Our own account wrote it: nothing to do.");
  }
  remember_reference(u, ours.news);
}

void hear_one(Unfolding& u, const News& news, const Ticket& ticket,
              const std::set<std::string>& words) {
  if (u.state().closed && u.activity().transitions.empty()) {
    u.because("The case is closed: what happened on the ticket says nothing.");
  } else if (words.contains(news.id)) {
    u.because("A public comment is the words of the move that came with it.");
  } else {
    // Ours, if its command had ended before the ticket was looked at.
    remember_reference(u, news);
    hear_news(u, news, ticket);
  }
}

// The nightly comparison reads each open ticket, and mostly nothing of it is new: that is no fact.
// Only that a look came late enough to be sure of its stamp is (on_hint asks for it), once.
bool tells_more(TicketView known, const TicketView& view) {
  if (known.read_at < known.updated + kStampGrain) return true;
  known.read_at = view.read_at;
  return known != view;
}

void see_as_it_stands(Unfolding& u, const Ticket& ticket, const Person& author) {
  const TicketView known = u.state().tickets.at(u.at());
  auto news = news_of(known, ticket);
  for (News& one : news) {
    // Who wrote a mail that nobody vouches for has a name and no id.
    if (one.by.id.empty() && one.by.name.empty()) one.by = author;
  }
  renumber(u, known, ticket);
  const auto pending = pending_answers(u, news, ticket);
  std::erase_if(news, [&](const News& one) { return pending.contains(one.id); });
  TicketView view = view_of(ticket);
  for (const std::string& entry : pending) view.entries.erase(entry);
  if (const auto told = u.state().values.find(number_of(u.at())); told != u.state().values.end())
    view.number = told->second;
  if (tells_more(known, view)) u.fact(TicketSeen{u.at(), std::move(view)});
  take_number(u, ticket);
  hear_registered(u);
  const auto all = heeded(u, ticket, news);
  const Case before = u.state();
  take_edits(u, ticket, all);
  hear_registered(u);
  if (!u.state().closed) hear_changed_values(u, before, ticket, all);
  if (!u.state().closed) hear_what_waited(u, ticket);
  const auto words = u.state().closed ? std::set<std::string>{} : words_of_moves(u, news, ticket);
  bool changed_by_others = !pending.empty();
  for (auto one = all.begin(); one != all.end(); ++one) {
    if (one->heed == Heed::echo) recognise(u, *one);
    if (one->heed == Heed::lost || one->heed == Heed::ours) pass_over(u, *one);
    if (one->heed != Heed::news) continue;
    changed_by_others = true;
    u.hold_status(std::any_of(std::next(one), all.end(), is_a_persons_status));
    hear_one(u, one->news, ticket, words);
  }
  u.hold_status(false);
  u.tell_withheld();
  see_effects(u);
  end_deviation(u, ticket, all);
  if (changed_by_others) redrive_after_change(u);
  if (u.silent())
    u.because("Nothing to do: the ticket shows nothing new.", {}, {}, Phrase::Kind::nothing_new);
}

}  // namespace

void see(Unfolding& u, const Ticket& ticket, const Person& author) {
  const auto as_if = with_a_persons_status_last(u, ticket);
  if (!as_if) return see_as_it_stands(u, ticket, author);
  PuttingBack putting_back(u, as_if->status);
  see_as_it_stands(u, *as_if, author);
  putting_back.unless_decided();
}

void see_late(Unfolding& u, const Ticket& ticket) {
  u.because("It was held back, and is taken in now.");
  const auto& known = u.state().tickets.at(u.at()).entries;
  for (const News& one : news_of(view_of(Ticket{}), ticket)) {
    const bool pending = u.state().timers.contains(answer_timer(u.at()));
    if (one.kind == News::Kind::comment && !known.contains(one.id) && !pending)
      hear_one(u, one, ticket, {});
  }
}

}  // namespace saksbro::core
