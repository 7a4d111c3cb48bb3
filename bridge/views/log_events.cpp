#include "bridge/views/log_events.h"

#include <algorithm>
#include <optional>

namespace saksbro::views {
namespace {

using Kind = LogEvent::Kind;

class Events {
 public:
  Events(const LoggedCase& one, const core::Mapping& mapping, const LogOptions& options)
      : case_(one), mapping_(mapping), options_(options) {
    for (const core::Process& process : mapping.processes)
      if (process.id == one.state.process) process_ = &process;
  }

  std::vector<LogEvent> all() {
    for (const LoggedFact& fact : case_.facts) {
      now_ = &fact;
      std::visit([this](const auto& what) { happened(what); }, fact.fact);
    }
    return std::move(events_);
  }

 private:
  LogEvent& add(Kind kind, std::string name) {
    LogEvent event;
    event.id = case_.state.number.text() + "/" + std::to_string(now_->number);
    event.name = std::move(name);
    event.kind = kind;
    event.at = now_->at;
    event.activity = activity_.text();
    events_.push_back(std::move(event));
    return events_.back();
  }

  [[nodiscard]] const core::Activity* known(const core::ActivityId& id) const {
    if (process_ == nullptr) return nullptr;  // of a mapping that is gone
    const auto found = process_->activities.find(id);
    return found == process_->activities.end() ? nullptr : &found->second;
  }

  LogEvent& add_activity(const core::ActivityId& id) {
    const core::Activity* activity = known(id);
    std::string name = id.text();
    if (activity != nullptr) name += " " + activity->title.in(options_.look.language);
    LogEvent& event = add(Kind::activity, std::move(name));
    if (activity != nullptr) event.role = role_among(activity->by);
    return event;
  }

  // Of several, the one that sits in the system which the case has chosen.
  [[nodiscard]] core::Role role_among(const std::vector<core::Role>& roles) const {
    for (const core::Role& role : roles) {
      for (const auto& [party, chosen] : chosen_) {
        const core::SystemMapping* system = mapping_.system(SystemName{chosen});
        if (system != nullptr && system->has_role(role)) return role;
      }
    }
    return roles.empty() ? core::Role{} : roles.front();
  }

  void complete_activity() {
    if (activity_.empty()) return;
    add_activity(activity_).id += " complete";
    activity_ = {};
  }

  void happened(const core::ActivityEntered& fact) {
    complete_activity();
    activity_ = fact.activity;
    add_activity(fact.activity).completes = false;
  }
  void happened(const core::CaseOpened&) { add(Kind::life, "case opened"); }
  void happened(const core::CaseClosed&) {
    complete_activity();
    add(Kind::life, "case closed");
  }
  void happened(const core::StatusChanged& fact) { add(Kind::status, fact.status.text()); }
  void happened(const core::SignalHeard& fact) {
    LogEvent& event = add(Kind::signal, fact.signal.text());
    event.role = fact.role;
    at_ticket(event, fact.at);
  }
  void happened(const core::TicketLinked& fact) {
    at_ticket(add(Kind::ticket, "ticket linked"), fact.at);
  }
  void happened(const core::TicketLost& fact) {
    at_ticket(add(Kind::ticket, "ticket lost"), fact.at);
  }
  void happened(const core::DeviationNoted& fact) {
    const bool named = !fact.signal.empty();  // what else is said of it is free text
    LogEvent& event = add(Kind::deviation, named ? "deviation " + fact.signal.text() : "deviation");
    event.role = fact.role;
    at_ticket(event, fact.at);
  }
  void happened(const core::OrganisationTold& fact) {
    add_telling("organisation told", fact.organisation);
  }
  void happened(const core::ReceiptGiven& fact) {
    add_telling(std::string("receipt ") + word_of(fact.receipt), fact.organisation);
  }
  void happened(const core::DeadlinePassed& fact) {
    add(Kind::deadline, "deadline passed").activity = fact.activity.text();
  }
  void happened(const core::CaseReopened&) { add(Kind::life, "case reopened"); }
  void happened(const core::ValueKept& fact) {
    if (process_ != nullptr && process_->parties.contains(SystemName{fact.name}))
      chosen_[fact.name] = fact.value;
  }
  // All others are the bridge's own book-keeping, or texts.
  void happened(const auto&) {}

  void add_telling(std::string name, const std::string& organisation) {
    LogEvent& event = add(Kind::telling, std::move(name));
    if (!options_.organisation.empty()) event.organisation = organisation;
  }

  static const char* word_of(core::Receipt receipt) {
    switch (receipt) {
      case core::Receipt::told:
        return "told";
      case core::Receipt::seen:
        return "seen";
      case core::Receipt::informed:
        return "informed";
    }
    return "";
  }

  void at_ticket(LogEvent& event, const SystemName& at) const {
    event.system = at;
    const auto found = case_.state.tickets.find(at);
    if (found != case_.state.tickets.end())
      event.ticket = at.text() + "/" + found->second.key.text();
  }

  const LoggedCase& case_;
  const core::Mapping& mapping_;
  const LogOptions& options_;
  const core::Process* process_ = nullptr;
  const LoggedFact* now_ = nullptr;
  core::ActivityId activity_;
  std::map<std::string, std::string> chosen_;  // party -> system
  std::vector<LogEvent> events_;
};

}  // namespace

const char* word_of(Kind kind) {
  switch (kind) {
    case Kind::activity:
      return "activity";
    case Kind::signal:
      return "signal";
    case Kind::status:
      return "status";
    case Kind::ticket:
      return "ticket";
    case Kind::deviation:
      return "deviation";
    case Kind::deadline:
      return "deadline";
    case Kind::telling:
      return "telling";
    case Kind::life:
      return "case";
  }
  return "case";
}

std::vector<LogEvent> events_of(const LoggedCase& one, const core::Mapping& mapping,
                                const LogOptions& options) {
  return Events(one, mapping, options).all();
}

OpenValues open_values_of(const core::Mapping& mapping) {
  OpenValues open;
  for (const core::Process& process : mapping.processes) {
    for (const auto& [name, value] : process.values) {
      std::vector<std::string>& words = open[name];
      words.insert(words.end(), value.words.begin(), value.words.end());
    }
  }
  std::erase_if(open, [](const auto& one) { return one.second.empty(); });
  return open;
}

std::map<std::string, std::string> attributes_of(const core::Case& state, const OpenValues& open) {
  std::map<std::string, std::string> attributes;
  for (const auto& [name, words] : open) {
    const auto value = state.values.find(name);
    if (value != state.values.end() &&
        std::find(words.begin(), words.end(), value->second) != words.end())
      attributes[name] = value->second;
  }
  return attributes;
}

std::string organisation_of(const core::Case& state, const LogOptions& options) {
  const auto value = state.values.find(options.organisation);
  return options.organisation.empty() || value == state.values.end() ? "" : value->second;
}

}  // namespace saksbro::views
