#include "bridge/core/decide/given.h"

#include <algorithm>

#include "bridge/core/model/ticket_words.h"

namespace saksbro::core {
namespace {

bool field_shows(const DecisionBuilder& b, const TicketView& view, const ReadField& read,
                 const std::string& value) {
  const auto field = view.fields.find(read.field);
  return field != view.fields.end() && !field->second.empty() &&
         our_word(b.mapping(), b.state(), read, field->second) == value;
}

}  // namespace

std::string value_in(const Case& state, const std::string& name) {
  const auto found = state.values.find(name);
  return found == state.values.end() ? "" : found->second;
}

bool is_given_in_a_field(const DecisionBuilder& b, const std::string& value) {
  const std::string known = value_in(b.state(), value);
  if (known.empty()) return false;
  return std::any_of(b.state().tickets.begin(), b.state().tickets.end(), [&](const auto& ticket) {
    const SystemMapping* system = b.mapping().system(ticket.first);
    return system != nullptr &&
           std::any_of(system->reads.begin(), system->reads.end(), [&](const ReadField& read) {
             return read.value == value && field_shows(b, ticket.second, read, known);
           });
  });
}

}  // namespace saksbro::core
