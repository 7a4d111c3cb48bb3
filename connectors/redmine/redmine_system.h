// Redmine 5 and later by its REST API, as one configured system. README.md lists the traps that the
// code here is shaped by.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bridge/codec/webhook/signature.h"
#include "bridge/contract/connector.h"
#include "connectors/redmine/markup.h"

namespace saksbro::redmine {

struct RedmineSettings {
  SystemName name;
  std::string url;  // without trailing '/'
  Secret key;
  std::string project;                           // its identifier
  std::string tracker;                           // by name
  std::map<std::string, std::string> field_ids;  // of custom fields: name -> id
  std::string marker_field;                      // a key of field_ids
  std::map<std::string, std::string>
      status_names;  // id -> the mapping's name, whatever it is called
  std::chrono::milliseconds poll_every{std::chrono::seconds(10)};
  std::chrono::milliseconds overlap{std::chrono::minutes(10)};
  TextFormat text_format = TextFormat::textile;
  bool four_bytes = true;                    // its database takes code points above U+FFFF
  bool project_roles = false;                // ask for the roles of a ticket's people
  std::vector<std::string> groups;           // ask who of a ticket's people is in these, by name
  Secret groups_key;                         // an administrator's, for that alone
  bool versions = false;                     // ask which versions of the project are closed
  std::optional<codec::WebhookGuard> guard;  // none: nothing is authentic
};

// What every issue has beside its custom fields: "project", "priority".
[[nodiscard]] std::vector<std::string> attribute_names();

class RedmineSystem final : public RemoteSystem {
 public:
  explicit RedmineSystem(RedmineSettings settings) : settings_(std::move(settings)) {}

  [[nodiscard]] Abilities abilities() const override;
  [[nodiscard]] Accepted<DeliveryId> accept(const Arrival& arrival) const override;
  [[nodiscard]] Result<std::vector<Observation>> normalise(const Delivery& delivery) const override;
  [[nodiscard]] PollStep poll(const Cursor& cursor, Transcript so_far) const override;
  [[nodiscard]] Step perform(const Command& command, Transcript so_far) const override;

 private:
  RedmineSettings settings_;
};

}  // namespace saksbro::redmine
