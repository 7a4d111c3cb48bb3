// A connector speaking to a real server, without the bridge around it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bridge/contract/connector.h"

namespace saksbro::e2e {

// Throws where the connector does not do what was asked, with its own words.
class Connected {
 public:
  Connected(const std::string& connector, Setting::Map settings);

  // How the command ended, as the ticket that it brought back.
  Ticket perform(const Action& action, int attempt = 1) const;
  [[nodiscard]] std::string rejected(const Action& action) const;  // why
  [[nodiscard]] std::string gone(const ReadTicket& action) const;  // why it is not there
  // What all pages of a poll from the beginning say.
  [[nodiscard]] std::vector<Observation> poll() const;
  // Bytes that commands may bring, and those that were fetched.
  BlobRef hold(const std::string& bytes) const;
  [[nodiscard]] std::string fetched(const FetchFile& action) const;
  // What a webhook says that is let in.
  [[nodiscard]] std::vector<Observation> arrived(const Arrival& arrival) const;

 private:
  [[nodiscard]] Outcome outcome(const Action& action, int attempt) const;
  [[nodiscard]] Exchange made(const Call& call) const;
  [[nodiscard]] std::string body_of(const Call& call) const;
  [[nodiscard]] std::vector<Observation> said(DeliveryKind kind, const std::string& body) const;

  std::unique_ptr<RemoteSystem> system_;
  mutable std::map<std::string, std::string> spool_;  // by hash
};

// One setting of a map.
[[nodiscard]] Setting::Entry set(
    const std::string& key, std::variant<Setting::Text, Secret, Setting::List, Setting::Map> value);

}  // namespace saksbro::e2e
