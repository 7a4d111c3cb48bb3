#include "bridge/core/sync/numbers.h"

#include <algorithm>

#include "bridge/contract/ascii.h"
#include "bridge/contract/own_words.h"
#include "bridge/core/model/shown_number.h"
#include "bridge/core/sync/adoption.h"
#include "bridge/core/sync/echo.h"
#include "bridge/core/sync/recovery.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

constexpr std::string_view kNumber = ".number";
constexpr std::size_t kNumberMost = 60;

bool is_part_of_a_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// How long the piece is that begins here; 0: none does.
std::size_t length_like(std::string_view text, std::string_view pattern) {
  std::size_t at = 0;
  for (const char wanted : pattern) {
    const std::size_t begin = at;
    if (wanted == '#') {
      while (at < text.size() && is_digit(text[at])) ++at;
    } else if (at < text.size() && text[at] == wanted) {
      ++at;
    }
    if (at == begin) return 0;
  }
  const bool goes_on = at < text.size() && is_part_of_a_word(text[at]);
  return goes_on ? 0 : at;
}

// The last words count: those that began the ticket may be ours.
std::string number_told_in(const NumberRule& rule, const Ticket& ticket) {
  const auto field = ticket.fields.find(rule.field);
  if (field != ticket.fields.end() && !field->second.empty()) return field->second;
  if (rule.like.empty()) return "";
  if (!ticket.comments.empty()) return like(own_words(ticket.comments.back().text), rule.like);
  const std::string found = like(ticket.title, rule.like);
  return found.empty() ? like(own_words(ticket.text), rule.like) : found;
}

// Of one line, and no longer than numbers are.
std::string one_number(const std::string& text) {
  const std::string line(trimmed(text.substr(0, text.find('\n'))));
  return line.size() > kNumberMost ? "" : line;
}

void adopt(DecisionBuilder& b, const SystemName& at, const std::string& number) {
  const auto ticket = b.state().tickets.find(at);
  if (ticket == b.state().tickets.end() || number.empty()) return;
  if (shown_number(b.mapping(), b.state(), at) == number) return;
  const TicketView view = ticket->second;
  b.because("Ticket {before} of {system} has the number {ticket} for those who work on it.",
            {{"before", view.number}, {"system", at}, {"ticket", number}});
  b.remember(NumberTold{at, number});
  b.fact(TicketRenumbered{at, view.key, view.number, number, view.url});
  if (!b.state().closed && !b.state().activity.empty()) b.ticket_registered(at);
}

}  // namespace

std::string like(std::string_view text, std::string_view pattern) {
  for (std::size_t at = 0; at < text.size() && !pattern.empty(); ++at) {
    if (at > 0 && is_part_of_a_word(text[at - 1])) continue;
    const std::size_t length = length_like(text.substr(at), pattern);
    if (length > 0) return std::string(text.substr(at, length));
  }
  return "";
}

// What we have opened or written ourselves says nothing of their number.
void take_number(DecisionBuilder& b, const Ticket& ticket) {
  const SystemMapping* system = b.mapping().system(b.at());
  if (system == nullptr || !system->number) return;
  const Comment* last = ticket.comments.empty() ? nullptr : &ticket.comments.back();
  if (last == nullptr && !borne_marker(b.mapping(), b.at(), ticket).empty()) return;
  if (last != nullptr && own_reference(b.state(), last->id, last->text)) return;
  const Person& by = last == nullptr ? ticket.author : last->author;
  if (!system->role_of(by, ticket.groups)) return;
  adopt(b, b.at(), one_number(number_told_in(*system->number, ticket)));
}

bool adopts_number(DecisionBuilder& b, const std::string& name, const std::string& value) {
  if (!name.ends_with(kNumber)) return false;
  const auto at = b.resolve(SystemName{name.substr(0, name.size() - kNumber.size())});
  if (!at) {
    b.because("No number is stored: the case does not name the party whose number it is ({value}).",
              {{"value", name}});
    return true;
  }
  const SystemMapping* system = b.mapping().system(*at);
  if (system == nullptr) return false;
  if (!system->number) {
    b.because("No number is stored: {system} assigns the numbers of its tickets itself.",
              {{"system", *at}});
  } else {
    adopt(b, *at, one_number(value));
  }
  return true;
}

void registered_at(DecisionBuilder& b, const SystemName& at) {
  const SystemMapping* system = b.mapping().system(at);
  // They had told it on the phone before the case was sent to them.
  const auto typed = written_by_people(b, at);
  if (system != nullptr && system->number && typed.size() == 1)
    return adopt(b, at, one_number(*typed.begin()));
  const bool waits = system != nullptr && system->number &&
                     shown_number(b.mapping(), b.state(), at).value_or("").empty();
  if (waits) {
    b.because("The ticket in {system} is sent; it is registered when its number there is known.",
              {{"system", at}}, system->number->where);
  } else {
    b.ticket_registered(at);
  }
}

}  // namespace saksbro::core
