#include "bridge/core/sync/copies.h"

#include <vector>

#include "bridge/core/model/audience.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

std::vector<std::string> identity_fields(const SystemMapping& system) {
  std::vector<std::string> names{system.marker_field};
  for (const WrittenField& written : system.writes) {
    if (written.value == "case.number") names.push_back(written.field);
  }
  return names;
}

// Those that must be emptied before the ticket can be a case of its own.
std::string filled_in(const SystemMapping& system, const Ticket& ticket) {
  std::string names;
  for (const std::string& name : identity_fields(system)) {
    const auto field = ticket.fields.find(name);
    if (field == ticket.fields.end() || field->second.empty()) continue;
    names += (names.empty() ? "«" : ", «") + name + "»";
  }
  return names;
}

}  // namespace

Decision on_copy(const Mapping& mapping, const SystemName& at, const Ticket& ticket,
                 const std::string& original, const std::string& number) {
  const SystemMapping& system = mapping.known_system(at);
  const std::string whose = number.empty() ? original : original + " (" + number + ")";
  Decision decision;
  decision.because.push_back(
      {"Ignored: ticket {ticket} looks like a copy of the ticket of case {case}. Saksbro asks "
       "about it there once.",
       {{"ticket", ticket.number}, {"case", whose}}});
  // The same key at each look at the ticket: said once, whatever happens to it.
  const std::string key = at.text() + "/copy/" + ticket.key.text();
  const std::string reference = "[saksbro/copy/" + ticket.key.text() + "]";
  const std::string text = fill(mapping.texts.copy.in(system.language),
                                [&](std::string_view name) -> std::optional<std::string> {
                                  if (name == "original") return whose;
                                  if (name == "fields") return filled_in(system, ticket);
                                  return std::nullopt;
                                });
  AddComment ask{ticket.key, std::string(trimmed(text)) + "\n\n" + reference, reference,
                 answered_for(system, Visibility::everyone)};
  decision.commands.push_back({Command{IdempotencyKey{key}, at, std::move(ask), 1},
                               "",
                               {"a copy is asked about in {system}", {{"system", at}}},
                               system.where});
  return decision;
}

}  // namespace saksbro::core
