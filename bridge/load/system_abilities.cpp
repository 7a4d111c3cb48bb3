#include "bridge/load/system_abilities.h"

#include <algorithm>

#include "bridge/load/field_names.h"

namespace saksbro::load {
namespace {

// Finds a action by which a process opens tickets in one system.
class Opening {
 public:
  Opening(const core::Mapping& mapping, const SystemName& at) : mapping_(mapping), at_(at) {}

  // Where the first one stands; empty: no process opens a ticket there.
  std::string find() {
    for (const core::Process& process : mapping_.processes) {
      for (const core::ActivityId& id : process.order) visit(process, process.activities.at(id));
      each(process, process.anywhere);
    }
    return where_;
  }

 private:
  void visit(const core::Process& process, const core::Activity& activity) {
    look(process, activity.actions);
    each(process, activity.transitions);
    for (const core::TimedMove& one : activity.timed) look(process, one.move.actions);
  }

  void each(const core::Process& process, const std::vector<core::Transition>& transitions) {
    for (const core::Transition& one : transitions) look(process, one.actions);
  }

  void look(const core::Process& process, const std::vector<core::ProcessAction>& actions) {
    for (const core::ProcessAction& action : actions) {
      if (where_.empty() && opens_here(process, action.kind)) where_ = action.where;
    }
  }

  [[nodiscard]] bool opens_here(const core::Process& process,
                                const core::ProcessActionKind& kind) const {
    if (const auto* news = std::get_if<core::Broadcast>(&kind))
      return !news->by_notice && is_told_here();
    const auto* open = std::get_if<core::OpenTicket>(&kind);
    if (open == nullptr) return false;
    const auto party = process.parties.find(open->at);
    if (party == process.parties.end()) return open->at == at_;
    const auto& systems = party->second.systems;
    return std::find(systems.begin(), systems.end(), at_) != systems.end();
  }

  // An organisation has tickets of its own here.
  [[nodiscard]] bool is_told_here() const {
    const auto& all = mapping_.organisations;
    return std::any_of(all.begin(), all.end(), [&](const core::Organisation& one) {
      return one.system == at_ && one.channel == core::Organisation::Channel::ticket;
    });
  }

  const core::Mapping& mapping_;
  const SystemName& at_;
  std::string where_;
};

// A create is made once because its ticket is found again by its marker. Where no process opens a
// ticket, nothing needs one.
Errors check_opening(const core::Mapping& mapping, const core::SystemMapping& words,
                     const SystemConfiguration& system, const Abilities& abilities) {
  if (abilities.missing_to_open.empty() && !words.marker_field.empty()) return {};
  const std::string opened = Opening(mapping, system.name).find();
  if (opened.empty()) return {};
  const std::string what = abilities.missing_to_open.empty()
                               ? "\"marker\" of " + words.where
                               : "\"" + abilities.missing_to_open + "\"";
  return {{system.settings.where, system.settings.path + ": " + what +
                                      " is missing: a process opens tickets here (" + opened +
                                      "), and Saksbro finds them again by it"}};
}

}  // namespace

Errors check_abilities(const core::Mapping& mapping, const SystemConfiguration& system,
                       const Abilities& abilities) {
  const core::SystemMapping* words = mapping.system(system.name);
  if (words == nullptr) return {};
  Errors errors = check_opening(mapping, *words, system, abilities);
  if (abilities.fields) {
    const Errors unknown = check_field_names(*words, *abilities.fields);
    errors.insert(errors.end(), unknown.begin(), unknown.end());
  }
  return errors;
}

}  // namespace saksbro::load
