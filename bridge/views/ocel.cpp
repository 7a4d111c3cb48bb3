#include <set>

#include "bridge/codec/json.h"
#include "bridge/codec/rfc3339.h"
#include "bridge/codec/visible.h"
#include "bridge/views/log_events.h"

namespace saksbro::views {
namespace {

using codec::Json;

Json named(const std::string& name, const std::string& value) {
  return {{"name", name}, {"value", value}};
}

Json related(const std::string& object, const char* qualifier) {
  return {{"objectId", object}, {"qualifier", qualifier}};
}

Json type(const std::string& name, const std::set<std::string>& attributes) {
  Json list = Json::array();
  for (const std::string& one : attributes) list.push_back({{"name", one}, {"type", "string"}});
  return {{"name", name}, {"attributes", std::move(list)}};
}

std::string organisation_id(const std::string& name) { return "organisation/" + name; }

// "activity start", "signal løst": an event's name alone could be both a signal's and a status's.
std::string type_of(const LogEvent& event) {
  switch (event.kind) {
    case LogEvent::Kind::activity:
      return event.name + (event.completes ? " (complete)" : " (start)");
    case LogEvent::Kind::signal:
      return "signal " + event.name;
    case LogEvent::Kind::status:
      return "status " + event.name;
    case LogEvent::Kind::ticket:
    case LogEvent::Kind::deviation:
    case LogEvent::Kind::deadline:
    case LogEvent::Kind::telling:
    case LogEvent::Kind::life:
      break;
  }
  return event.name;
}

// It may be looked at in a terminal.
std::string json_text(const codec::Json& json) {
  return codec::visible_json(codec::write_json(json));
}

// Events are written at once. Objects and types come behind all events: objects are kept as text
// until then, a kilobyte or so a case.
class Ocel : public CaseLog {
 public:
  Ocel(const core::Mapping& mapping, const LogOptions& options)
      : mapping_(mapping), options_(options), open_(open_values_of(mapping)) {}

  std::string opening() override { return "{\"events\":["; }

  std::string of_case(const LoggedCase& one) override {
    std::string text;
    const std::string organisation = organisation_of(one.state, options_);
    for (const LogEvent& event : events_of(one, mapping_, options_)) {
      text += (any_event_ ? ",\n" : "\n") + json_text(written(event, one, organisation));
      any_event_ = true;
    }
    add_objects(one, organisation);
    return text;
  }

  std::string closing() override {
    for (const std::string& one : organisations_)
      add_object({{"id", organisation_id(one)},
                  {"type", "organisation"},
                  {"attributes", Json::array()},
                  {"relationships", Json::array()}});
    Json events = Json::array();
    for (const std::string& name : event_types_)
      events.push_back(type(name, {"activity", "kind", "role", "system"}));
    std::set<std::string> values{"process", "status"};
    for (const auto& [name, words] : open_) values.insert(name);
    const Json objects{type("case", values), type("organisation", {}),
                       type("ticket", {"number", "system"})};
    return "],\n\"objects\":[" + objects_ + "],\n\"eventTypes\":" + json_text(events) +
           ",\n\"objectTypes\":" + json_text(objects) + "}\n";
  }

 private:
  Json written(const LogEvent& event, const LoggedCase& one, const std::string& organisation) {
    const std::string name = type_of(event);
    event_types_.insert(name);
    Json attributes = Json::array({named("kind", word_of(event.kind))});
    if (!event.activity.empty()) attributes.push_back(named("activity", event.activity));
    if (!event.role.empty()) attributes.push_back(named("role", event.role.text()));
    if (!event.system.empty()) attributes.push_back(named("system", event.system.text()));
    Json relationships = Json::array({related(one.state.number.text(), "case")});
    if (!event.ticket.empty()) relationships.push_back(related(event.ticket, "ticket"));
    const std::string& about = event.organisation.empty() ? organisation : event.organisation;
    if (!about.empty()) {
      relationships.push_back(related(organisation_id(about), "organisation"));
      organisations_.insert(about);
    }
    return {{"id", event.id},
            {"type", name},
            {"time", codec::write_rfc3339(event.at)},
            {"attributes", std::move(attributes)},
            {"relationships", std::move(relationships)}};
  }

  void add_object(const Json& object) {
    objects_ += (objects_.empty() ? "\n" : ",\n") + json_text(object);
  }

  static Json valued(const std::string& name, const std::string& value, Instant at) {
    return {{"name", name}, {"value", value}, {"time", codec::write_rfc3339(at)}};
  }

  void add_objects(const LoggedCase& one, const std::string& organisation) {
    const core::Case& state = one.state;
    Json attributes = Json::array({valued("process", state.process.text(), state.opened_at)});
    for (const LoggedFact& fact : one.facts) {
      if (const auto* changed = std::get_if<core::StatusChanged>(&fact.fact))
        attributes.push_back(valued("status", changed->status.text(), fact.at));
    }
    for (const auto& [name, value] : attributes_of(state, open_))
      attributes.push_back(valued(name, value, state.opened_at));
    Json relationships = Json::array();
    for (const auto& [system, view] : state.tickets) {
      const std::string id = system.text() + "/" + view.key.text();
      relationships.push_back(related(id, "ticket"));
      if (tickets_.insert(id).second) add_ticket(id, system, view, state.opened_at);
    }
    if (!organisation.empty()) {
      relationships.push_back(related(organisation_id(organisation), "belongs to"));
      organisations_.insert(organisation);
    }
    add_object({{"id", state.number.text()},
                {"type", "case"},
                {"attributes", std::move(attributes)},
                {"relationships", std::move(relationships)}});
  }

  void add_ticket(const std::string& id, const SystemName& system, const core::TicketView& view,
                  Instant at) {
    add_object({{"id", id},
                {"type", "ticket"},
                {"attributes", Json::array({valued("system", system.text(), at),
                                            valued("number", view.number, at)})},
                {"relationships", Json::array()}});
  }

  const core::Mapping& mapping_;
  LogOptions options_;
  OpenValues open_;
  bool any_event_ = false;
  std::set<std::string> event_types_;
  std::set<std::string> organisations_;
  std::set<std::string> tickets_;
  std::string objects_;
};

}  // namespace

std::unique_ptr<CaseLog> ocel_log(const core::Mapping& mapping, const LogOptions& options) {
  return std::make_unique<Ocel>(mapping, options);
}

}  // namespace saksbro::views
