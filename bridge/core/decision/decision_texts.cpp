// The values of a case, and the texts that a decision fills with them.
#include <algorithm>

#include "bridge/core/decision/decision_builder.h"
#include "bridge/core/model/shown_number.h"
#include "bridge/core/model/to_come.h"
#include "bridge/core/model/word_titles.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

std::optional<std::string> ticket_value(const Mapping& mapping, const Case& state,
                                        const SystemName& system, std::string_view what) {
  const auto found = state.tickets.find(system);
  if (found == state.tickets.end()) return std::nullopt;
  if (what == "number") return shown_number(mapping, state, system);
  if (what == "ticket") return found->second.gone ? "" : found->second.key.text();
  if (what == "url") return found->second.url;
  return std::nullopt;
}

std::string list_of(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

// "receipts.informed": the organisations that have given that receipt; "receipts.missing": those
// that were told and have not informed their users yet.
std::string receipts(const Case& state, std::string_view which) {
  std::vector<std::string> names;
  for (const auto& [organisation, telling] : state.organisation_receipts) {
    const bool fits = which == "told"       ? telling.told_at.has_value()
                      : which == "seen"     ? telling.seen_at || telling.informed_at
                      : which == "informed" ? telling.informed_at.has_value()
                                            : !telling.informed_at;
    if (fits) names.push_back(organisation);
  }
  return list_of(names);
}

}  // namespace

// In the process's words. None: no ticket there, or a status that the system's table does not have.
std::optional<std::string> DecisionBuilder::status_of(const SystemName& system) const {
  const SystemMapping* words = mapping_.system(system);
  if (words == nullptr || !state_.tickets.contains(system)) return std::nullopt;
  const auto status = words->status_from(status_to_come(state_, system));
  return status ? std::optional(status->text()) : std::nullopt;
}

// What is no value of the case, but follows from its state.
std::optional<std::string> DecisionBuilder::computed(std::string_view name) const {
  if (name == "case.number") return state_.number.text();
  const std::size_t dot = name.find('.');
  if (dot == name.npos) return std::nullopt;
  const std::string_view what = name.substr(dot + 1);
  if (name.substr(0, dot) == "receipts") return receipts(state_, what);
  const auto system = resolve(SystemName{std::string(name.substr(0, dot))});
  if (!system) return std::nullopt;
  if (what == "status") return status_of(*system);
  return ticket_value(mapping_, state_, *system, what);
}

std::optional<std::string> DecisionBuilder::value(std::string_view name) const {
  if (auto follows = computed(name)) return follows;
  const auto found = state_.values.find(std::string(name));
  if (found == state_.values.end()) return std::nullopt;
  return found->second;
}

bool DecisionBuilder::holds(const Conditions& conditions) const {
  return std::all_of(conditions.begin(), conditions.end(), [&](const Condition& condition) {
    const auto known = value(condition.value);
    const bool is = condition.is ? known == condition.is : known && !known->empty();
    return is != condition.negated;
  });
}

// The one who follows a link speaks for the role that the process lets say that signal.
std::string DecisionBuilder::link(std::string_view signal, const Values& more) const {
  if (around_.links == nullptr) return {};
  LinkClaim claim{state_.number, Signal{std::string(signal)}, Role{}, ""};
  const auto look = [&](const std::vector<Transition>& transitions) {
    for (const Transition& one : transitions) {
      if (claim.role.empty() && one.on == claim.signal && !one.by.empty())
        claim.role = one.by.front();
    }
  };
  for (const auto& [id, activity] : process().activities) look(activity.transitions);
  look(process().anywhere);
  if (const auto whose = more.find("organisation.id"); whose != more.end())
    claim.organisation = whose->second;
  return around_.links->address(claim);
}

std::string DecisionBuilder::text(const Words& words, const SystemName& reader,
                                  const Values& more) const {
  const Language language = language_of(reader);
  return fill_lines(words.in(language), [&](std::string_view name) -> std::optional<std::string> {
    if (const auto extra = more.find(name); extra != more.end()) return extra->second;
    if (name.starts_with("link.")) return link(name.substr(5), more);
    if (name == "said by") return who_speaks(language);
    if (name.ends_with(".name")) {
      const auto system = resolve(SystemName{std::string(name.substr(0, name.size() - 5))});
      const SystemMapping* mapping = system ? mapping_.system(*system) : nullptr;
      if (mapping != nullptr) return mapping->title.in(language);
    }
    auto known = value(name);
    if (known && !state_.process.empty())
      known = title_of_word(process(), std::string(name), *known, language);
    const bool untold = known && known->empty() && name.ends_with(".number");
    return untold ? std::optional(mapping_.texts.no_number.in(language)) : std::move(known);
  });
}

void DecisionBuilder::speaks(const Person& by, const Role& role, const std::string& organisation) {
  speaker_ = {by, role, organisation};
}

std::string DecisionBuilder::who_speaks(Language language) const {
  std::string name = speaker_.by.name;
  for (const Organisation& one : mapping_.organisations) {
    if (name.empty() && one.id == speaker_.organisation) name = one.name;
  }
  for (const auto& [value_name, known] : process().values) {
    if (name.empty() && known.names == speaker_.role) name = value(value_name).value_or("");
  }
  const std::string title = title_of(speaker_.role, language);
  return name.empty() ? title : name + " (" + title + ")";
}

std::string DecisionBuilder::titled(const GivenTitle& given, const SystemName& reader) const {
  std::string title = title_or_first_words(given);
  return title.empty() ? text(mapping_.texts.untitled, reader, {{"reporter", given.reporter}})
                       : title;
}

}  // namespace saksbro::core
