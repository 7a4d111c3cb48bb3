#include "bridge/core/sync/adoption.h"

#include "bridge/core/model/memory.h"
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

void tell_not_adopted(Unfolding& u, const SystemName& to, const std::set<std::string>& numbers,
                      std::string_view where) {
  u.because("Not adopted: \"{value}\" is no ticket in {system} that the case can have.",
            {{"value", list_of_numbers(numbers)}, {"system", to}});
  const auto desk = u.desk();
  if (!desk) return;
  const std::string& title = u.mapping().known_system(to).title.in(u.language_of(*desk));
  u.say(
      *desk,
      u.text(u.mapping().texts.not_adopted, *desk,
             {{"number", list_of_numbers(numbers)}, {"system", title.empty() ? to.text() : title}}),
      Visibility::internal, where);
}

}  // namespace

std::set<std::string> written_by_people(const Unfolding& u, const SystemName& to) {
  std::set<std::string> numbers;
  for (const auto& [name, view] : u.state().tickets) {
    const SystemMapping* system = u.mapping().system(name);
    if (system == nullptr || view.gone || name == to) continue;
    for (const WrittenField& written : system->writes) {
      if (!written.value.ends_with(".number") || written.value == "case.number") continue;
      const SystemName whose{written.value.substr(0, written.value.size() - 7)};
      const auto shown = view.fields.find(written.field);
      if (u.resolve(whose) != to || shown == view.fields.end()) continue;
      const std::string number(trimmed(shown->second));
      const auto ours = u.state().values.find(sent_to(name, written.field));
      const bool by_us = ours != u.state().values.end() && ours->second == shown->second;
      if (!number.empty() && !by_us) numbers.insert(number);
    }
  }
  return numbers;
}

bool adopts(Unfolding& u, const SystemName& to, std::string_view where) {
  if (u.state().values.contains(adopting(to))) return false;
  // A party with mail only gives its tickets no key that could be looked up (numbers.h).
  if (u.mapping().known_system(to).number) return false;
  const auto numbers = written_by_people(u, to);
  if (numbers.empty()) return false;
  const auto key = numbers.size() == 1 ? key_of(*numbers.begin()) : std::nullopt;
  if (!key) {
    tell_not_adopted(u, to, numbers, where);
    return false;
  }
  u.because(
      "No ticket is opened in {system} before {ticket} has been looked at: people say that it is "
      "the "
      "case's.",
      {{"system", to}, {"ticket", *numbers.begin()}});
  u.fact(TicketOpening{to, u.marker_for(to)});
  u.fact(ValueKept{adopting(to), u.look(to, *key, where).text()});
  return true;
}

bool is_adopting(const Case& state, const SystemName& at) {
  const auto look = state.values.find(adopting(at));
  return look != state.values.end() && !look->second.empty() && !state.tickets.contains(at);
}

bool end_adoption(Unfolding& u, const Settled& settled) {
  if (!is_adopting(u.state(), u.at()) || u.mapping().system(u.at()) == nullptr) return false;
  if (u.state().values.at(adopting(u.at())) != settled.command.text()) return false;
  u.fact(ValueKept{adopting(u.at()), ""});
  tell_not_adopted(u, u.at(), written_by_people(u, u.at()), u.activity().where);
  return true;
}

}  // namespace saksbro::core
