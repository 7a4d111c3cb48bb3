#include "bridge/views/log_events.h"

#include <algorithm>
#include <optional>

namespace saksbro::views {
namespace {

using Kind = LogEvent::Kind;

class Events {
 public:
  Events(const LoggedCase& one, const core::Mapping& mapping, const Look& look)
      : case_(one), look_(look) {
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
    if (activity != nullptr) name += " " + activity->title.in(look_.language);
    LogEvent& event = add(Kind::activity, std::move(name));
    if (activity != nullptr) event.role = activity->by;
    return event;
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
    at_ticket(add(Kind::deviation, "deviation"), fact.at);
  }
  // All others are the bridge's own book-keeping, or texts.
  void happened(const auto&) {}

  void at_ticket(LogEvent& event, const SystemName& at) const {
    event.system = at;
    const auto found = case_.state.tickets.find(at);
    if (found != case_.state.tickets.end())
      event.ticket = at.text() + "/" + found->second.key.text();
  }

  const LoggedCase& case_;
  const Look& look_;
  const core::Process* process_ = nullptr;
  const LoggedFact* now_ = nullptr;
  core::ActivityId activity_;
  std::vector<LogEvent> events_;
};

void add_fixed_words(const core::Process& process, OpenValues& open) {
  for (const auto& [id, activity] : process.activities) {
    for (const core::Transition& transition : activity.transitions) {
      for (const auto& [value, word] : transition.keep)
        if (word != "text") open[value].push_back(word);
    }
  }
}

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
    case Kind::life:
      return "case";
  }
  return "case";
}

std::vector<LogEvent> events_of(const LoggedCase& one, const core::Mapping& mapping,
                                const Look& look) {
  return Events(one, mapping, look).all();
}

OpenValues open_values_of(const core::Mapping& mapping) {
  OpenValues open;
  for (const core::Process& process : mapping.processes) add_fixed_words(process, open);
  for (const auto& [name, system] : mapping.systems) {
    for (const core::ReadField& read : system.reads)
      for (const auto& [theirs, ours] : read.words) open[read.value].push_back(ours);
  }
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
