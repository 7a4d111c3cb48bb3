// What a system's `read:` table takes over from its tickets (signals.h).
#include "bridge/core/closed_lists.h"
#include "bridge/core/numbers.h"
#include "bridge/core/signals.h"
#include "bridge/core/text.h"

namespace saksbro::core {
namespace {

// The fields in which a mail shows its lines "Name: value" (connectors/mail/lines.h).
constexpr std::string_view kLine = "line.";

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

std::string our_word(const ReadField& read, const std::string& theirs) {
  const auto word = read.words.find(theirs);
  if (word != read.words.end()) return word->second;
  if (!read.field.starts_with(kLine)) return theirs;
  // Typed by hand in a mail: "a - Kritisk", or our own word for it.
  const std::string low = lower(trimmed(theirs));
  for (const auto& [their_word, ours] : read.words) {
    if (lower(their_word) == low || lower(ours) == low) return ours;
  }
  return theirs;
}

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
