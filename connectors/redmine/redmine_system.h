// Redmine 5 and later by its REST API, as one configured system. README.md lists the traps that the
// code here is shaped by.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "connectors/redmine/markup.h"
#include "connectors/tracker/system.h"

namespace saksbro::redmine {

struct RedmineSettings : tracker::Settings {
  Secret key;
  std::string project;  // its identifier
  std::string tracker;  // by name
  std::map<std::string, std::string>
      field_ids;  // of custom fields: name -> id; marker_field is one
  std::map<std::string, std::string>
      status_names;  // id -> the mapping's name, whatever it is called
  TextFormat text_format = TextFormat::textile;
  bool four_bytes = true;           // its database takes code points above U+FFFF
  bool project_roles = false;       // ask for the roles of a ticket's people
  std::vector<std::string> groups;  // ask who of a ticket's people is in these, by name
  Secret groups_key;                // an administrator's, for that alone
  bool versions = false;            // ask which versions of the project are closed
};

// What every issue has beside its custom fields: "project", "priority".
[[nodiscard]] std::vector<std::string> attribute_names();

class RedmineSystem final : public tracker::System<RedmineSettings> {
 public:
  using System::System;

  [[nodiscard]] Abilities abilities() const override;
  [[nodiscard]] Result<std::vector<Observation>> normalise(const Delivery& delivery) const override;
  [[nodiscard]] PollStep poll(const Cursor& cursor, Transcript so_far) const override;
  [[nodiscard]] Step perform(const Command& command, Transcript so_far) const override;
};

}  // namespace saksbro::redmine
