// A project in Jira (Cloud, or Data Center) by its REST API, as one configured system. README.md
// lists the traps that the code here is shaped by.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "connectors/tracker/system.h"

namespace saksbro::jira {

enum class Edition {
  cloud,       // REST v3, texts in ADF
  data_center  // REST v2, texts in wiki markup
};

// How a value stands in Jira's JSON.
enum class FieldKind {
  text,       // "x"
  paragraph,  // a document on Cloud, "x" on Data Center
  number,     // 7
  moment,     // "2026-11-23", or with a time
  named,      // {"name": "x"}
  names,      // [{"name": "x"}]
  option,     // {"value": "x"}
  options,    // [{"value": "x"}]
  labels,     // ["x"]
  user,       // {"accountId": "x"}; {"name": "x"} on Data Center
  users,
  cascading  // {"value": "x", "child": {"value": "y"}}, told as "x / y"
};

struct Field {
  std::string id;  // "customfield_10020", "priority"
  FieldKind kind = FieldKind::text;
};

using FieldTexts = std::map<std::string, std::string>;  // by name

// Who reads an internal comment.
struct Audience {
  enum class Kind {
    none,          // nobody said: such a comment is refused
    service_desk,  // agents, by the property of Jira Service Management
    role,
    group
  };
  Kind kind = Kind::none;
  std::string name{};
};

struct JiraSettings : tracker::Settings {
  Edition edition = Edition::cloud;
  std::string api_url;  // what is called; `url` is what people open
  std::string user;     // of an API token; empty: the token is a bearer's
  Secret token;
  std::string project;                   // its key
  std::vector<std::string> issue_types;  // those that start a case; the first one is opened
  std::map<std::string, Field> fields;   // by the mapping's name
  std::map<std::string, std::string> status_names;  // id -> the mapping's name
  std::map<std::string, FieldTexts> screens;  // status -> what the screen on the way there asks for
  Audience internal;
  std::vector<std::string> project_roles;  // ask who of a ticket's people has these
  std::vector<std::string> groups;         // ask who of a ticket's people is in these
  bool versions = false;                   // ask which versions of the project are released
};

// The marker is a label of its own, "saksbro:MARKER", and no field of `fields`.
inline constexpr const char* kMarkerLabel = "label";

// What every issue has: "assignee", "priority".
[[nodiscard]] std::vector<std::string> attribute_names();

class JiraSystem final : public tracker::System<JiraSettings> {
 public:
  using System::System;

  [[nodiscard]] Abilities abilities() const override;
  [[nodiscard]] Accepted<DeliveryId> accept(const Arrival& arrival) const override;
  [[nodiscard]] Result<std::vector<Observation>> normalise(const Delivery& delivery) const override;
  [[nodiscard]] PollStep poll(const Cursor& cursor, Transcript so_far) const override;
  [[nodiscard]] Step perform(const Command& command, Transcript so_far) const override;
};

}  // namespace saksbro::jira
