#include "bridge/core/sync/read_values.h"

#include "bridge/core/model/ticket_words.h"
#include "bridge/core/sync/closed_lists.h"
#include "bridge/core/sync/numbers.h"

namespace saksbro::core {
namespace {

std::optional<std::string> read_value(const DecisionBuilder& b, const Ticket& ticket,
                                      const ReadField& read) {
  std::string text;
  if (read.field == "title") {
    text = ticket.title;
  } else if (read.field == "text") {
    text = ticket.text;
  } else if (read.field == "author") {
    text = ticket.author.name;
  } else if (read.field == "created") {
    text = written(b.mapping().calendar, ticket.created, b.language_of(b.at()));
  } else if (const auto field = ticket.fields.find(read.field); field != ticket.fields.end()) {
    text = field->second;
  }
  if (text.empty()) return std::nullopt;
  return our_word(b.mapping(), b.state(), read, text);
}

}  // namespace

void keep_read_value(DecisionBuilder& b, const Ticket& ticket, const ReadField& read) {
  const auto value = read_value(b, ticket, read);
  if (!value || b.value(read.value) == value) return;
  const auto shown = ticket.fields.find(read.field);
  const std::string& theirs = shown == ticket.fields.end() ? *value : shown->second;
  if (!takes_word(b, read, theirs, *value) || adopts_number(b, read.value, *value)) return;
  b.fact(ValueKept{read.value, *value});
}

// At a ticket's birth: everything that it shows.
void keep_read_values(DecisionBuilder& b, const Ticket& ticket) {
  for (const ReadField& read : b.mapping().known_system(b.at()).reads)
    keep_read_value(b, ticket, read);
}

}  // namespace saksbro::core
