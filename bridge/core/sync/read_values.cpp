#include "bridge/core/sync/read_values.h"

#include "bridge/core/model/ticket_words.h"
#include "bridge/core/sync/closed_lists.h"
#include "bridge/core/sync/numbers.h"

namespace saksbro::core {
namespace {

std::optional<std::string> read_value(const Unfolding& u, const Ticket& ticket,
                                      const ReadField& read) {
  std::string text;
  if (read.field == "title") {
    text = ticket.title;
  } else if (read.field == "text") {
    text = ticket.text;
  } else if (read.field == "author") {
    text = ticket.author.name;
  } else if (read.field == "created") {
    text = written(u.mapping().calendar, ticket.created, u.language_of(u.at()));
  } else if (const auto field = ticket.fields.find(read.field); field != ticket.fields.end()) {
    text = field->second;
  }
  if (text.empty()) return std::nullopt;
  return our_word(read, text);
}

}  // namespace

void keep_read_value(Unfolding& u, const Ticket& ticket, const ReadField& read) {
  const auto value = read_value(u, ticket, read);
  if (!value || u.value(read.value) == value) return;
  const auto shown = ticket.fields.find(read.field);
  const std::string& theirs = shown == ticket.fields.end() ? *value : shown->second;
  if (!takes_word(u, read, theirs, *value) || adopts_number(u, read.value, *value)) return;
  u.fact(ValueKept{read.value, *value});
}

// At a ticket's birth: everything that it shows.
void keep_read_values(Unfolding& u, const Ticket& ticket) {
  for (const ReadField& read : u.mapping().known_system(u.at()).reads)
    keep_read_value(u, ticket, read);
}

}  // namespace saksbro::core
