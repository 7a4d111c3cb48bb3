#include "bridge/core/sync/adoption.h"

#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

// "#16" and "16" are called by their key. A text with blanks in it is a remark, and no number.
std::optional<RemoteKey> key_of(std::string_view number) {
  if (number.starts_with('#')) number.remove_prefix(1);
  if (number.empty() || number.find_first_of(" \t\r\n,;/?#") != number.npos) return std::nullopt;
  return RemoteKey{std::string(number)};
}

std::string list_of_numbers(const std::set<std::string>& numbers) {
  std::string list;
  for (const std::string& number : numbers) list += (list.empty() ? "" : ", ") + number;
  return list;
}

void tell_not_adopted(DecisionBuilder& b, const SystemName& to,
                      const std::set<std::string>& numbers, std::string_view where) {
  b.because("Not adopted: \"{value}\" is no ticket in {system} that the case can have.",
            {{"value", list_of_numbers(numbers)}, {"system", to}});
  const auto desk = b.desk();
  if (!desk) return;
  const std::string& title = b.mapping().known_system(to).title.in(b.language_of(*desk));
  b.say(
      *desk,
      b.text(b.mapping().texts.not_adopted, *desk,
             {{"number", list_of_numbers(numbers)}, {"system", title.empty() ? to.text() : title}}),
      Visibility::internal, where);
}

}  // namespace

std::set<std::string> written_by_people(const DecisionBuilder& b, const SystemName& to) {
  std::set<std::string> numbers;
  for (const auto& [name, view] : b.state().tickets) {
    const SystemMapping* system = b.mapping().system(name);
    if (system == nullptr || view.gone || name == to) continue;
    for (const WrittenField& written : system->writes) {
      if (!written.value.ends_with(".number") || written.value == "case.number") continue;
      const SystemName whose{written.value.substr(0, written.value.size() - 7)};
      const auto shown = view.fields.find(written.field);
      if (b.resolve(whose) != to || shown == view.fields.end()) continue;
      const std::string number(trimmed(shown->second));
      const auto& sent = memory_of(b.state().memory, name).sent;
      const auto ours = sent.find(written.field);
      const bool by_us = ours != sent.end() && ours->second == shown->second;
      if (!number.empty() && !by_us) numbers.insert(number);
    }
  }
  return numbers;
}

bool adopts(DecisionBuilder& b, const SystemName& to, std::string_view where) {
  if (memory_of(b.state().memory, to).adoption) return false;
  // A party with mail only gives its tickets no key that could be looked up (numbers.h).
  if (b.mapping().known_system(to).number) return false;
  const auto numbers = written_by_people(b, to);
  if (numbers.empty()) return false;
  const auto key = numbers.size() == 1 ? key_of(*numbers.begin()) : std::nullopt;
  if (!key) {
    tell_not_adopted(b, to, numbers, where);
    return false;
  }
  b.because(
      "No ticket is opened in {system} until {ticket} has been read: a person has written that it "
      "belongs to the case.",
      {{"system", to}, {"ticket", *numbers.begin()}});
  b.fact(TicketOpening{to, b.marker_for(to)});
  b.remember(AdoptionTried{to, {b.look(to, *key, where), false}});
  return true;
}

bool is_adopting(const Case& state, const SystemName& at) {
  const auto& adoption = memory_of(state.memory, at).adoption;
  return adoption && !adoption->over && !state.tickets.contains(at);
}

bool end_adoption(DecisionBuilder& b, const CommandResult& settled) {
  if (!is_adopting(b.state(), b.at()) || b.mapping().system(b.at()) == nullptr) return false;
  const Adoption adoption = *memory_of(b.state().memory, b.at()).adoption;
  if (adoption.look != settled.command) return false;
  b.remember(AdoptionTried{b.at(), {adoption.look, true}});
  tell_not_adopted(b, b.at(), written_by_people(b, b.at()), b.activity().where);
  return true;
}

}  // namespace saksbro::core
