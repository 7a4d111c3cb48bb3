// A person at work in Request Tracker: by its REST2 API, with that person's token.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/rig/person_file.h"
#include "tests/rig/rest.h"
#include "tests/rig/servers.h"

namespace saksbro::rig {

struct RtEntry {
  std::string type;  // "Create", "Correspond", "Comment", "Status" ...
  std::string creator;
  std::string content;  // of the first three
};

// Throws where RT does not do what was asked.
class RtUser {
 public:
  RtUser(const RealRt& server, const std::string& name);

  int open(const std::string& queue, const std::string& subject, const std::string& content,
           const std::map<std::string, std::string>& fields = {}) const;
  void reply(int id, const std::string& text) const;    // to the customer
  void comment(int id, const std::string& text) const;  // internal
  // A reply, or a comment, with files.
  void attach(int id, const std::string& text, const std::vector<PersonFile>& files,
              bool internal = false) const;
  [[nodiscard]] std::vector<PersonFile> files(int id) const;  // oldest first
  // A whole mail from this person's program to the queue's address, which opens a ticket.
  void mail(const std::string& queue, const std::string& message) const;
  void set_status(int id, const std::string& status) const;
  void set_field(int id, const std::string& name, const std::string& value) const;

  [[nodiscard]] nlohmann::json ticket(int id) const;  // see custom_field() in redmine_user.h
  [[nodiscard]] std::string status(int id) const;
  [[nodiscard]] std::vector<RtEntry> history(int id) const;
  // The ids of the tickets that an RT query finds, lowest first.
  [[nodiscard]] std::vector<int> find(const std::string& query) const;

  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  [[nodiscard]] nlohmann::json all(const std::string& path) const;

  std::string name_;
  std::string url_;
  Rest rest_;
};

}  // namespace saksbro::rig
