// A tracker as a RemoteSystem, as far as trackers are alike. What is left to the connector:
// normalise(), poll(), and perform(), which is three lines:
//
//   Conversation conversation(settings_, so_far);
//   return tracker::dispatch(kVerbs, conversation, fit(command.action), command.attempt);
#pragma once

#include <utility>

#include "bridge/contract/connector.h"
#include "connectors/tracker/settings.h"

namespace saksbro::tracker {

template <class ItsSettings>  // derived from Settings
class System : public RemoteSystem {
 public:
  explicit System(ItsSettings settings) : settings_(std::move(settings)) {}

  [[nodiscard]] Abilities abilities() const override {
    Abilities abilities;
    if (settings_.guard) abilities.webhook_path = settings_.guard->path;
    abilities.poll = settings_.poll_every;
    if (settings_.marker_field.empty()) abilities.missing_to_open = "marker_field";
    return abilities;
  }

  // By the configured scheme. Where the tracker gives its webhooks no id, the same body is the same
  // delivery: a connector whose bodies can be equal for two events must sign an id.
  [[nodiscard]] Accepted<DeliveryId> accept(const Arrival& arrival) const override {
    return codec::accept_signed(settings_.guard, settings_.name, arrival);
  }

 protected:
  const ItsSettings settings_;
};

}  // namespace saksbro::tracker
