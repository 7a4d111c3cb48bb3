#include "bridge/codec/rfc3339.h"
#include "bridge/contract/ascii.h"
#include "bridge/views/log_events.h"
#include "bridge/views/xml_text.h"

namespace saksbro::views {
namespace {

constexpr std::string_view kXesOpening = R"(<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
  <global scope="trace">
    <string key="concept:name" value=""/>
    <string key="process" value=""/>
  </global>
  <global scope="event">
    <string key="concept:name" value=""/>
    <date key="time:timestamp" value="1970-01-01T00:00:00.000Z"/>
    <string key="lifecycle:transition" value="complete"/>
    <string key="kind" value=""/>
  </global>
  <classifier name="Activity" scope="event" keys="concept:name"/>
  <classifier name="ActivityAndLifecycle" scope="event" keys="concept:name lifecycle:transition"/>
  <string key="concept:name" value="Saksbro"/>
  <string key="lifecycle:model" value="standard"/>
)";

std::string xes_attribute(int depth, const char* type, const std::string& key,
                          const std::string& value) {
  return std::string(static_cast<std::size_t>(depth) * 2, ' ') + "<" + type + " key=\"" +
         xml_text(key) + "\" value=\"" + xml_text(value) + "\"/>\n";
}

std::string optional_text(int depth, const char* key, const std::string& value) {
  return value.empty() ? "" : xes_attribute(depth, "string", key, value);
}

// A key is an XML name: "løsning er kjent" is none, "løsning_er_kjent" is.
std::string key_of(const std::string& value) {
  std::string key;
  for (const char c : value) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
    const bool inner = letter || is_digit(c) || c == '.' || c == '-';
    key += inner ? c : '_';
  }
  return "value_" + key;
}

class Xes : public CaseLog {
 public:
  Xes(const core::Mapping& mapping, const LogOptions& options)
      : mapping_(mapping), options_(options), open_(open_values_of(mapping)) {}

  std::string opening() override { return std::string(kXesOpening); }
  std::string closing() override { return "</log>\n"; }

  std::string of_case(const LoggedCase& one) override {
    std::string text = "  <trace>\n";
    text += xes_attribute(2, "string", "concept:name", one.state.number.text());
    text += xes_attribute(2, "string", "process", one.state.process.text());
    text += xes_attribute(2, "string", "status", one.state.status.text());
    text += xes_attribute(2, "boolean", "closed", one.state.closed ? "true" : "false");
    text += xes_attribute(2, "date", "opened", codec::write_rfc3339(one.state.opened_at));
    text += optional_text(2, "organisation", organisation_of(one.state, options_));
    for (const auto& [name, value] : attributes_of(one.state, open_))
      text += xes_attribute(2, "string", key_of(name), value);
    for (const LogEvent& event : events_of(one, mapping_, options_)) text += written(event);
    return text + "  </trace>\n";
  }

 private:
  static std::string written(const LogEvent& event) {
    std::string text = "    <event>\n";
    text += xes_attribute(3, "string", "concept:name", event.name);
    text += xes_attribute(3, "date", "time:timestamp", codec::write_rfc3339(event.at));
    text +=
        xes_attribute(3, "string", "lifecycle:transition", event.completes ? "complete" : "start");
    text += xes_attribute(3, "string", "kind", word_of(event.kind));
    text += optional_text(3, "org:role", event.role.text());
    text += optional_text(3, "activity", event.activity);
    text += optional_text(3, "system", event.system.text());
    text += optional_text(3, "ticket", event.ticket);
    text += optional_text(3, "organisation", event.organisation);
    return text + "    </event>\n";
  }

  const core::Mapping& mapping_;
  LogOptions options_;
  OpenValues open_;
};

}  // namespace

std::unique_ptr<CaseLog> xes_log(const core::Mapping& mapping, const LogOptions& options) {
  return std::make_unique<Xes>(mapping, options);
}

}  // namespace saksbro::views
