// A project in GitLab by its REST API (v4), as one configured system. README.md lists the traps
// that the code here is shaped by.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "connectors/tracker/system.h"

namespace saksbro::gitlab {

// GitLab has two states of its own; all else is a label.
struct StatusWord {
  std::string name;  // the mapping's
  bool closed = false;
  std::string label;  // empty: none
};

enum class FieldKind { scope, labels, milestone, weight, due_date, assignee };

struct Field {
  FieldKind kind = FieldKind::labels;
  std::string scope{};  // "severity::", of FieldKind::scope
};

enum class Versions { none, milestones, releases };

struct GitlabSettings : tracker::Settings {
  Secret token;
  std::string project;                   // its number: a path can be renamed
  std::vector<std::string> issue_types;  // those that start a case; the first one is opened
  std::vector<StatusWord> statuses;
  std::map<std::string, Field> fields;
  bool access_levels = false;       // ask for those of a ticket's people
  std::vector<std::string> groups;  // ask who of a ticket's people is in these, by path
  Versions versions = Versions::none;
};

// What every issue has: "milestone", "type".
[[nodiscard]] std::vector<std::string> attribute_names();

class GitlabSystem final : public tracker::System<GitlabSettings> {
 public:
  using System::System;

  [[nodiscard]] Abilities abilities() const override;
  [[nodiscard]] Accepted<DeliveryId> accept(const Arrival& arrival) const override;
  [[nodiscard]] Result<std::vector<Observation>> normalise(const Delivery& delivery) const override;
  [[nodiscard]] PollStep poll(const Cursor& cursor, Transcript so_far) const override;
  [[nodiscard]] Step perform(const Command& command, Transcript so_far) const override;
};

}  // namespace saksbro::gitlab
