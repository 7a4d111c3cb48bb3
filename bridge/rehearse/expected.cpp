#include <algorithm>
#include <functional>

#include "bridge/core/text/text.h"
#include "bridge/rehearse/run_scenario.h"

namespace saksbro::rehearse {
namespace {

using Kind = Expected::Kind;
using Seen = std::optional<std::string>;

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string quoted(const std::string& text) {
  return "\"" + std::string(core::trimmed(text)) + "\"";
}

Seen unless(bool fits, std::string seen) {
  if (fits) return std::nullopt;
  return seen;
}

std::string listed(const std::vector<std::string>& all) {
  std::string list;
  for (const std::string& one : all) list += (list.empty() ? "" : "; ") + one;
  return list.empty() ? "none" : list;
}

template <class T>
std::vector<std::pair<SystemName, T>> sent_since(const Rehearsal& rehearsal, const Since& since) {
  std::vector<std::pair<SystemName, T>> all;
  for (std::size_t i = since.sent; i < rehearsal.sent().size(); ++i) {
    const Command& command = rehearsal.sent()[i].issued.command;
    if (const auto* one = std::get_if<T>(&command.action)) all.emplace_back(command.to, *one);
  }
  return all;
}

Seen compare_status(const Expected& e, const Rehearsal& rehearsal) {
  const core::Status status{e.what.front()};
  if (e.at.empty() && rehearsal.state()->status != status) return rehearsal.state()->status.text();
  for (const auto& [name, ticket] : rehearsal.tickets()) {
    const core::SystemMapping& system = rehearsal.mapping().known_system(name);
    if (e.at.empty() ? !system.follows_status : name != e.at) continue;
    if (system.status_from(ticket.status) != status)
      return name.text() + " shows " + quoted(ticket.status);
  }
  return unless(e.at.empty() || rehearsal.tickets().contains(e.at), "no ticket there");
}

Seen compare_passed(const Expected& e, const Rehearsal& rehearsal, const Since& since) {
  std::vector<std::string> passed;
  auto next = e.what.begin();
  for (std::size_t i = since.happened; i < rehearsal.happened().size(); ++i) {
    const auto* fact = std::get_if<core::ActivityEntered>(&rehearsal.happened()[i].fact);
    if (fact == nullptr) continue;
    passed.push_back(fact->activity.text());
    if (next != e.what.end() && *next == passed.back()) ++next;
  }
  return unless(next == e.what.end(), listed(passed));
}

Seen compare_ticket(const Expected& e, const Rehearsal& rehearsal) {
  const auto found = rehearsal.tickets().find(SystemName{e.what.front()});
  if (e.kind == Kind::no_ticket) return unless(found == rehearsal.tickets().end(), "there is one");
  if (found == rehearsal.tickets().end()) return "no ticket there";
  const Ticket& ticket = found->second;
  if (ticket.author != bridge_user()) return "the ticket of " + ticket.author.name;
  return unless(contains(ticket.title, e.title) && contains(ticket.text, e.says),
                quoted(ticket.title) + ": " + quoted(ticket.text));
}

Seen compare_note(const Expected& e, const Rehearsal& rehearsal) {
  const auto found = rehearsal.tickets().find(SystemName{e.what.front()});
  if (found == rehearsal.tickets().end()) return "no ticket there";
  for (const Comment& one : found->second.comments) {
    if (one.author != bridge_user() || !core::trimmed(one.text).ends_with("/note]")) continue;
    return unless(contains(one.text, e.says), quoted(one.text));
  }
  return "no case note there";
}

Seen compare_said(const Expected& e, const Rehearsal& rehearsal, const Since& since) {
  std::vector<std::string> said;
  int fit = 0;
  for (const auto& [to, one] : sent_since<AddComment>(rehearsal, since)) {
    if (to.text() != e.what.front()) continue;
    const bool fits = contains(one.text, e.says) && (!e.to || *e.to == one.visibility);
    fit += fits ? 1 : 0;
    said.push_back((one.visibility == Visibility::internal ? "internal " : "to everyone ") +
                   quoted(one.text));
  }
  if (e.kind == Kind::nothing_said) return unless(said.empty(), listed(said));
  return unless(e.times ? fit == *e.times : fit > 0, listed(said));
}

Seen compare_notices(const Expected& e, const Rehearsal& rehearsal, const Since& since) {
  std::vector<std::string> sent;
  int fit = 0;
  for (const auto& [through, one] : sent_since<SendNotice>(rehearsal, since)) {
    const bool to_them = e.what.front() == "anybody" || one.to == e.what.front();
    const bool fits = to_them && contains(one.title, e.title) && contains(one.text, e.says);
    fit += fits ? 1 : 0;
    sent.push_back(one.to + " " + quoted(one.title) + ": " + quoted(one.text));
  }
  if (e.kind == Kind::no_notice) return unless(fit == 0, listed(sent));
  return unless(e.times ? fit == *e.times : fit > 0, listed(sent));
}

Seen compare_alerts(const Expected& e, const Rehearsal& rehearsal, const Since& since) {
  std::vector<std::string> sent;
  int fit = 0;
  for (const auto& [through, one] : sent_since<RaiseAlert>(rehearsal, since)) {
    const bool to_them = e.what.front() == "anybody" || through.text() == e.what.front();
    const bool fits = to_them && contains(one.title, e.title) && contains(one.text, e.says);
    fit += fits ? 1 : 0;
    sent.push_back(through.text() + " " + quoted(one.title) + ": " + quoted(one.text));
  }
  if (e.kind == Kind::no_alert) return unless(fit == 0, listed(sent));
  return unless(e.times ? fit == *e.times : fit > 0, listed(sent));
}

std::string receipts_of(const core::Case& state, const std::string& organisation) {
  const auto found = state.organisation_receipts.find(organisation);
  if (found == state.organisation_receipts.end()) return organisation + " has been told nothing";
  const core::OrganisationReceipt& telling = found->second;
  return organisation + (telling.told_at ? " has been told" : " is being told") +
         (telling.seen_at ? ", has seen it" : "") +
         (telling.informed_at ? ", has informed its end users" : "");
}

Seen compare_receipts(const Expected& e, const Rehearsal& rehearsal) {
  const core::Case& state = *rehearsal.state();
  for (const std::string& organisation : e.what) {
    const auto found = state.organisation_receipts.find(organisation);
    const bool known = found != state.organisation_receipts.end();
    const bool told = known && found->second.told_at;
    const bool seen = known && found->second.seen_at;
    const bool informed = known && found->second.informed_at;
    const bool fits = e.kind == Kind::told       ? told
                      : e.kind == Kind::not_told ? !told
                      : e.kind == Kind::seen     ? seen
                      : e.kind == Kind::informed ? informed
                                                 : !informed;
    if (!fits) return receipts_of(state, organisation);
  }
  return std::nullopt;
}

Seen compare_deviations(const Expected& e, const Rehearsal& rehearsal, const Since& since) {
  std::vector<std::string> noted;
  bool fits = false;
  for (std::size_t i = since.happened; i < rehearsal.happened().size(); ++i) {
    const auto* fact = std::get_if<core::DeviationNoted>(&rehearsal.happened()[i].fact);
    if (fact == nullptr) continue;
    noted.push_back(quoted(in_english(fact->what)));
    fits = fits || (!e.what.empty() && contains(in_english(fact->what), e.what.front()));
  }
  return unless(e.what.empty() ? noted.empty() : fits, listed(noted));
}

Seen compare_value(const Expected& e, const Rehearsal& rehearsal) {
  const std::string is = rehearsal.value(e.what.front()).value_or("");
  return unless(is == e.is, quoted(is));
}

Seen compare_field(const Expected& e, const Rehearsal& rehearsal) {
  const auto ticket = rehearsal.tickets().find(e.at);
  if (ticket == rehearsal.tickets().end()) return "no ticket there";
  const auto field = ticket->second.fields.find(e.what.front());
  const std::string is = field == ticket->second.fields.end() ? "" : field->second;
  return unless(is == e.is, quoted(is));
}

Seen compare_waiting(const Expected& e, const Rehearsal& rehearsal) {
  const auto& waiting = rehearsal.state()->waiting;
  const std::string need = waiting ? waiting->need : "";
  return unless(need == (e.what.empty() ? "" : e.what.front()), need.empty() ? "nothing" : need);
}

Seen compare_files(const Expected& e, const Rehearsal& rehearsal) {
  const auto ticket = rehearsal.tickets().find(e.at);
  if (ticket == rehearsal.tickets().end()) return "no ticket there";
  std::vector<std::string> names;
  for (const Attachment& one : ticket->second.attachments) names.push_back(one.name);
  const auto count = std::count(names.begin(), names.end(), e.what.front());
  return unless(e.kind == Kind::file ? count == 1 : count == 0, listed(names));
}

Seen compare(const Expected& e, const Rehearsal& rehearsal, const Since& since) {
  switch (e.kind) {
    case Kind::activity:
      return unless(rehearsal.state()->activity.text() == e.what.front(),
                    rehearsal.state()->activity.text());
    case Kind::status:
      return compare_status(e, rehearsal);
    case Kind::passed:
      return compare_passed(e, rehearsal, since);
    case Kind::ticket:
    case Kind::no_ticket:
      return compare_ticket(e, rehearsal);
    case Kind::note:
      return compare_note(e, rehearsal);
    case Kind::said:
    case Kind::nothing_said:
      return compare_said(e, rehearsal, since);
    case Kind::notice:
    case Kind::no_notice:
      return compare_notices(e, rehearsal, since);
    case Kind::alert:
    case Kind::no_alert:
      return compare_alerts(e, rehearsal, since);
    case Kind::told:
    case Kind::not_told:
    case Kind::seen:
    case Kind::informed:
    case Kind::not_informed:
      return compare_receipts(e, rehearsal);
    case Kind::deviation:
      return compare_deviations(e, rehearsal, since);
    case Kind::value:
      return compare_value(e, rehearsal);
    case Kind::field:
      return compare_field(e, rehearsal);
    case Kind::waits_for:
      return compare_waiting(e, rehearsal);
    case Kind::file:
    case Kind::no_file:
      return compare_files(e, rehearsal);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> seen_instead(const Expected& e, const Rehearsal& rehearsal,
                                        const Since& since) {
  if (!rehearsal.state()) return "there is no case";
  if (e.what.size() < 2 || e.kind == Kind::passed) return compare(e, rehearsal, since);
  for (const std::string& name : e.what) {  // each of them
    Expected one = e;
    one.what = {name};
    if (auto seen = compare(one, rehearsal, since)) return name + ": " + *seen;
  }
  return std::nullopt;
}

}  // namespace saksbro::rehearse
