#include "bridge/core/sync/overwritten.h"

#include <algorithm>
#include <tuple>

#include "bridge/core/sync/echo.h"
#include "bridge/core/sync/recovery.h"

namespace saksbro::core {
namespace {

// The changes of status that are not known yet, oldest first.
std::vector<const Change*> new_statuses(const TicketView& known, const Ticket& ticket) {
  std::vector<const Change*> all;
  for (const Change& one : ticket.changes) {
    if (one.attribute == kStatusAttribute && !known.entries.contains(one.id)) all.push_back(&one);
  }
  std::stable_sort(all.begin(), all.end(), [](const Change* one, const Change* other) {
    return std::tie(one->at, one->order) < std::tie(other->at, other->order);
  });
  return all;
}

IdempotencyKey status_command(const Case& state, const SystemName& at) {
  for (const Intent& one : state.intents) {
    if (one.at == at && one.attribute == kStatusAttribute) return one.command;
  }
  return {};
}

// Whether it is a write of ours, as far as accounts or intents tell.
bool is_ours(const DecisionBuilder& b, const std::set<std::string>& accounts,
             const Change& change) {
  if (!accounts.empty()) return accounts.contains(change.author.id);
  TicketChange news;
  news.kind = TicketChange::Kind::status;
  news.value = change.to;
  return echoed(b.state(), b.at(), news) != nullptr;
}

// The last one of a person, when all that follow are ours and the first of those replaced it.
const Change* overwritten(const DecisionBuilder& b, const std::set<std::string>& accounts,
                          const std::vector<const Change*>& all) {
  auto ours = all.end();
  while (ours != all.begin() && is_ours(b, accounts, **std::prev(ours))) --ours;
  if (ours == all.begin() || ours == all.end()) return nullptr;
  const Change* persons = *std::prev(ours);
  return (*ours)->from == persons->to && (*ours)->author.id != persons->author.id ? persons
                                                                                  : nullptr;
}

}  // namespace

std::optional<Ticket> with_a_persons_status_last(const DecisionBuilder& b, const Ticket& ticket) {
  const SystemMapping& system = b.mapping().known_system(b.at());
  if (!system.follows_status || b.around().recovering) return std::nullopt;
  const auto all = new_statuses(b.state().tickets.at(b.at()), ticket);
  if (all.size() < 2) return std::nullopt;
  const Change* found = overwritten(b, own_accounts(b.mapping(), b.state(), b.at(), ticket), all);
  if (found == nullptr || !system.status_from(found->to)) return std::nullopt;
  Ticket as_if = ticket;
  const std::string id = found->id;
  auto& changes = as_if.changes;
  const auto moved =
      std::find_if(changes.begin(), changes.end(), [&](const Change& one) { return one.id == id; });
  moved->at = all.back()->at;
  moved->order = all.back()->order + 1;
  moved->from = all.back()->to;
  as_if.status = moved->to;
  std::rotate(moved, std::next(moved), changes.end());
  return as_if;
}

PuttingBack::PuttingBack(DecisionBuilder& b, const std::string& theirs)
    : builder_(b),
      status_(b.mapping().known_system(b.at()).status_from(theirs).value_or(Status{})),
      activity_(b.state().activity),
      written_(status_command(b.state(), b.at())) {
  b.because(
      "Status \"{word}\" was set by a person after Saksbro had read {system}, and Saksbro's write "
      "replaced it. The person's status counts as the last one.",
      {{"word", theirs}, {"system", b.at()}});
}

void PuttingBack::unless_decided() {
  DecisionBuilder& b = builder_;
  const bool decided = b.state().activity != activity_ ||
                       status_command(b.state(), b.at()) != written_ || b.is_gone(b.at());
  if (!decided) b.move(b.at(), status_, b.mapping().known_system(b.at()).where);
}

}  // namespace saksbro::core
