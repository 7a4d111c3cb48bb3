// A person at work in Redmine: by its API, with that person's key.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tests/rig/person_file.h"
#include "tests/rig/rest.h"
#include "tests/rig/servers.h"

namespace saksbro::rig {

// Throws where Redmine does not do what was asked. The server must outlive this.
class RedmineUser {
 public:
  RedmineUser(const RealRedmine& server, const std::string& name,
              std::string project = "saksportal");

  // Registers a case; `fields` are custom fields by name. Its id.
  int open(const std::string& subject, const std::string& description,
           const std::map<std::string, std::string>& fields = {}) const;
  int open_below(int parent, const std::string& subject) const;  // a subtask
  void note(int id, const std::string& text, bool is_private = false) const;
  // A note with files.
  void attach(int id, const std::string& text, const std::vector<PersonFile>& files,
              bool is_private = false) const;
  [[nodiscard]] std::vector<PersonFile> files(int id) const;  // oldest first
  void delete_file(int id, const std::string& name) const;
  void set_status(int id, const std::string& name) const;
  void set_field(int id, const std::string& name, const nlohmann::json& value) const;

  // The issue itself, with "journals" and "allowed_statuses".
  [[nodiscard]] nlohmann::json issue(int id) const;
  [[nodiscard]] std::string status(int id) const;
  // The ids of the issues of the project, closed ones too, that have exactly this title, or of all;
  // lowest first.
  [[nodiscard]] std::vector<int> find(const std::string& subject = "") const;
  void close_version(const std::string& name) const;  // of the project

  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  void change(int id, nlohmann::json issue) const;

  const RealRedmine& server_;
  std::string name_;
  std::string project_;
  Rest rest_;
};

// The value of a custom field in an issue or ticket as it was read; null when it has none.
[[nodiscard]] nlohmann::json custom_field(const nlohmann::json& issue, std::string_view name);

// The texts of the notes of an issue, oldest first.
[[nodiscard]] std::vector<std::string> notes(const nlohmann::json& issue);

}  // namespace saksbro::rig
