// Request Tracker 5 by its REST2 interface, as one configured system: one queue of it. README.md
// lists the traps that the code here is shaped by.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "bridge/codec/webhook/signature.h"
#include "bridge/contract/connector.h"

namespace saksbro::rt {

struct RtSettings {
  SystemName name;
  std::string url;  // without trailing '/' and without /REST/2.0
  Secret token;
  std::string queue;                // its name
  std::string marker_field;         // a custom field, by name
  std::string note_field;           // the custom field that holds the case note; "" for none
  std::vector<std::string> groups;  // of people, that are asked for with each ticket
  std::chrono::milliseconds poll_every{std::chrono::seconds(30)};
  std::chrono::milliseconds overlap{std::chrono::minutes(10)};
  std::optional<codec::WebhookGuard> guard;  // none: RT is polled only
};

class RtSystem final : public RemoteSystem {
 public:
  explicit RtSystem(RtSettings settings) : settings_(std::move(settings)) {}

  [[nodiscard]] Abilities abilities() const override;
  [[nodiscard]] Accepted<DeliveryId> accept(const Arrival& arrival) const override;
  [[nodiscard]] Result<std::vector<Observation>> normalise(const Delivery& delivery) const override;
  [[nodiscard]] PollStep poll(const Cursor& cursor, Transcript so_far) const override;
  [[nodiscard]] Step perform(const Command& command, Transcript so_far) const override;

 private:
  RtSettings settings_;
};

// RT takes "leveranse" and "Leveranse" for the same queue; so do we (ASCII only, as a word may be
// written in a configuration).
[[nodiscard]] bool same_queue(std::string_view one, std::string_view other);

}  // namespace saksbro::rt
