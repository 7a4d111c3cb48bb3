// A municipality whose desk is a project of Jira Service Management (Cloud), whose operator has a
// Jira of its own (Data Center), and whose 3rd line works in GitLab: simulators, each held against
// its vendor's specification. Saksbro runs between them with the mappings that we ship.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/rig/alert_sink.h"
#include "tests/rig/folder.h"
#include "tests/rig/mail_server.h"
#include "tests/rig/rest.h"
#include "tests/rig/saksbro.h"
#include "tests/rig/simulator.h"

namespace saksbro::e2e {

class JiraGitlabWorld {
 public:
  // `poll`: of the desk, the operator and 3rd line.
  explicit JiraGitlabWorld(const std::string& poll = "500ms");

  // petter, a customer of the portal, is 1st line. The issue's key.
  [[nodiscard]] std::string register_issue(const std::string& title, const std::string& text) const;
  // kari is 2nd line: her status, and words that no customer reads.
  void desk_status(const std::string& issue, const std::string& status) const;
  void desk_note(const std::string& issue, const std::string& text) const;
  void customer_says(const std::string& issue, const std::string& text) const;
  void customer_attaches(const std::string& issue, const std::string& name,
                         const std::string& text) const;
  // The fields as kari sees them; the comments that she sees, as text; and the comments that petter
  // sees.
  [[nodiscard]] nlohmann::json desk_issue(const std::string& issue) const;
  [[nodiscard]] std::vector<std::string> desk_files(
      const std::string& issue) const;  // "name: text"
  [[nodiscard]] std::vector<std::string> desk_comments(const std::string& issue) const;
  [[nodiscard]] std::vector<std::string> customers_comments(const std::string& issue) const;

  // ola works in 3rd line; `what` is below his issues: "", "/1", "/1/notes".
  [[nodiscard]] nlohmann::json ola_sees(const std::string& what) const;
  void ola_says(int issue, const std::string& text) const;
  void ola_sets(int issue, const nlohmann::json& what) const;
  // What a text has to say to show the file.
  [[nodiscard]] std::string ola_uploads(const std::string& name, const std::string& text) const;
  [[nodiscard]] std::string ola_opens(const std::string& text) const;  // the first file in it

  // Somebody works in the operator's Jira, with all rights (/_sim/issues).
  nlohmann::json at_operator(const std::string& what, const nlohmann::json& how) const;
  [[nodiscard]] nlohmann::json operators_issue(const std::string& issue) const;

  // Until nothing waits in the inbox and the outbox.
  void settled() const;
  // No request or answer broke a specification, and no simulator failed.
  void expect_kept_contracts() const;

  rig::Folder seeds{"jira-seed"};
  std::string seed;  // with the fields of our mappings
  rig::Simulator desk;
  rig::Simulator the_operator;
  rig::Simulator third_line;
  rig::RealMail mail;
  rig::AlertSink alerts;
  std::unique_ptr<rig::Saksbro> saksbro;
};

[[nodiscard]] bool some_have(const std::vector<std::string>& texts, const std::string& part);

}  // namespace saksbro::e2e
